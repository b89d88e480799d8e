import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Zone } from '../../player/common/zone.ts';
import { calendarOf } from '../../player/desk/windows/calendar.ts';
import type { Item, Windows } from '../../player/desk/windows/windows_api.ts';

const tokyo = new Zone('Asia/Tokyo');
const now = Date.parse('2021-12-23T09:00:00+09:00'); // Thursday

const item = (id: string, opens_at: string | null, closes_at: string | null, more: Partial<Item> = {}): Item => ({
  kind: 'video',
  id,
  title: id,
  series: null,
  session: null,
  video: null,
  state: 'open',
  effective_window: { opens_at, closes_at },
  now: { window: null, published: true },
  ...more,
});

const calendar = (items: readonly Item[], sessions: Windows['sessions'] = []) =>
  calendarOf({ series: [], sessions, items, now: '' }, tokyo, now, 2);

test('what closes with a day is of that day, and what does so together is told together', () => {
  const closes = '2021-12-28T15:00:00Z';
  const [, second] = calendar([item('a', null, closes), item('b', null, closes), item('c', null, '2021-12-28T08:00:00Z')]);
  assert.deepEqual(
    second?.entries.map(({ what, day, time, things }) => [what, day.day, time, things.map(({ title }) => title)]),
    [
      ['closes', 28, '17:00', ['c']],
      ['closes', 28, '', ['a', 'b']],
    ],
  );
});

test('weeks go from Monday to Sunday; what is over and what is later is left out', () => {
  const weeks = calendar([
    item('over', '2021-12-20T00:00:00Z', null),
    item('sunday', '2021-12-25T15:00:00Z', null),
    item('monday', '2021-12-26T15:00:00Z', null),
    item('later', '2022-01-02T15:00:00Z', null),
  ]);
  assert.deepEqual(weeks.map(({ first, last }) => [first.day, last.day]), [[20, 26], [27, 2]]);
  assert.deepEqual(weeks.map(({ entries }) => entries.flatMap(({ things }) => things.map(({ title }) => title))), [['sunday'], ['monday']]);
});

test('sessions stand among them but for cancelled ones; drafts and materials say what they are', () => {
  const session = { series: null, title: '会合', status: 'scheduled' } as const;
  const [first] = calendar(
    [item('d', '2021-12-23T15:00:00Z', null, { state: 'draft' }), item('m', '2021-12-23T15:00:00Z', null, { kind: 'material', video: 'v' })],
    [
      { ...session, id: 's', day: '2021-12-24' },
      { ...session, id: 'x', day: '2021-12-24', status: 'cancelled' },
      { ...session, id: 'y', day: null },
    ],
  );
  assert.deepEqual(
    first?.entries.map(({ what, things }) => [what, things]),
    [
      ['opens', [
        { title: 'd', href: '/desk/videos/d', draft: true },
        { title: 'm', href: '/desk/videos/v', draft: false },
      ]],
      ['session', [{ title: '会合', href: '/sessions/s', draft: false }]],
    ],
  );
});
