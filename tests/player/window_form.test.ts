import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Zone } from '../../player/common/zone.ts';
import { formOf, mistakeIn, weekdayIn, windowOf, type WindowForm } from '../../player/desk/window_form.ts';

const tokyo = new Zone('Asia/Tokyo');
const lectures = { opens_at: '2021-06-28T15:00:00Z', closes_at: '2021-12-28T15:00:00Z' };

test('a window of whole days is shown as days, both included, and goes back as days', () => {
  const form = formOf(lectures, tokyo);
  assert.deepEqual(form, {
    mode: 'days',
    opens: { day: '2021-06-29', time: '' },
    closes: { day: '2021-12-28', time: '' },
  });
  assert.deepEqual(windowOf(form, tokyo), { opens_at: '2021-06-29', closes_at: '2021-12-28' });
});

test('a window to the minute goes back to the same instants', () => {
  const handout = { opens_at: null, closes_at: '2021-06-28T08:00:00.000Z' };
  const form = formOf(handout, tokyo);
  assert.equal(form.mode, 'minutes');
  assert.deepEqual(form.closes, { day: '2021-06-28', time: '17:00' });
  assert.deepEqual(windowOf(form, tokyo), handout);
});

test('no window of its own is the series', () => {
  assert.equal(windowOf(formOf(null, tokyo), tokyo), null);
});

test('an end before its start is told, and the same day is a day', () => {
  const days = (first: string, last: string): WindowForm => ({
    mode: 'days',
    opens: { day: first, time: '' },
    closes: { day: last, time: '' },
  });
  assert.equal(mistakeIn(days('2021-06-29', '2021-06-28'), tokyo), 'ends_before_start');
  assert.equal(mistakeIn(days('2021-06-29', '2021-06-29'), tokyo), undefined);
  assert.equal(mistakeIn(days('2021-06-29', ''), tokyo), undefined);
  const minute: WindowForm = {
    mode: 'minutes',
    opens: { day: '2021-06-29', time: '10:00' },
    closes: { day: '2021-06-29', time: '10:00' },
  };
  assert.equal(mistakeIn(minute, tokyo), 'ends_before_start');
  assert.equal(mistakeIn({ ...minute, closes: { day: '', time: '10:00' } }, tokyo), 'time_without_day');
});

test('the weekday is the calendar’s', () => {
  assert.equal(weekdayIn({ day: '2021-06-29', time: '' }), 2);
  assert.equal(weekdayIn({ day: '', time: '' }), undefined);
});
