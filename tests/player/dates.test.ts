import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromInWords, instantInWords, untilInWords } from '../../player/common/dates.ts';
import { Zone } from '../../player/common/zone.ts';
import { openPage } from './page_data.ts';

openPage();
const tokyo = new Zone('Asia/Tokyo');
const now = Date.parse('2021-10-25T09:00:00+09:00');

test('a zone tells and finds instants', () => {
  const instant = Date.parse('2021-12-28T17:05:00+09:00');
  const local = { year: 2021, month: 12, day: 28, hour: 17, minute: 5, second: 0 };
  assert.deepEqual(tokyo.toLocal(instant), local);
  assert.equal(tokyo.toInstant(local), instant);
});

test('a zone finds instants around a change of its offset', () => {
  const berlin = new Zone('Europe/Berlin');
  const midnight = (month: number, day: number) =>
    new Date(berlin.toInstant({ year: 2021, month, day, hour: 0, minute: 0, second: 0 })).toISOString();
  assert.equal(midnight(3, 28), '2021-03-27T23:00:00.000Z');
  assert.equal(midnight(3, 29), '2021-03-28T22:00:00.000Z');
  assert.equal(midnight(10, 31), '2021-10-30T22:00:00.000Z');
});

test('an end at midnight is told by the day before it', () => {
  assert.equal(untilInWords('2021-12-28T15:00:00Z', tokyo, now), '12月28日(火)まで');
  assert.equal(untilInWords('2021-12-28T08:00:00Z', tokyo, now), '12月28日(火)17:00まで');
  assert.equal(untilInWords('2022-01-07T15:00:00Z', tokyo, now), '2022年1月7日(金)まで');
});

test('a start is told by its day, or to the minute', () => {
  assert.equal(fromInWords('2021-06-28T15:00:00Z', tokyo, now), '6月29日(火)から');
  assert.equal(fromInWords('2021-06-29T04:30:00Z', tokyo, now), '6月29日(火)13:30から');
  assert.equal(instantInWords('2021-06-28T23:05:00Z', tokyo, now), '6月29日(火)08:05');
});
