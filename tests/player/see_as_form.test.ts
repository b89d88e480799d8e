import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Zone } from '../../player/common/zone.ts';
import { formOfQuery, queryOf } from '../../player/desk/see_as/see_as_form.ts';

const tokyo = new Zone('Asia/Tokyo');
const now = Date.parse('2021-10-25T09:00:00+09:00');

test('an address that says nothing is somebody who is not signed in, now', () => {
  const form = formOfQuery('', tokyo, now);
  assert.deepEqual(form, { viewer: 'anonymous', municipality: '', department: '', day: '2021-10-25', time: '09:00' });
  assert.equal(queryOf(form, tokyo), 'viewer=anonymous&at=2021-10-25T00%3A00%3A00.000Z');
});

test('a form comes back from the address that it makes', () => {
  const form = { viewer: 'staff', municipality: '131016', department: '環境課', day: '2021-12-28', time: '23:59' } as const;
  const query = queryOf(form, tokyo) ?? '';
  assert.equal(new URLSearchParams(query).get('at'), '2021-12-28T14:59:00.000Z');
  assert.deepEqual(formOfQuery(`?${query}`, tokyo, now), form);
});

test('nothing is asked while nobody, or no instant, is said', () => {
  const form = formOfQuery('?viewer=staff', tokyo, now);
  assert.equal(queryOf(form, tokyo), undefined);
  assert.equal(queryOf({ ...form, viewer: 'adviser', day: '' }, tokyo), undefined);
  assert.equal(queryOf({ ...form, viewer: 'adviser', time: '' }, tokyo), undefined);
  assert.equal(formOfQuery('?viewer=secretariat&at=yesterday', tokyo, now).viewer, 'anonymous');
});
