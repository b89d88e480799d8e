import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeOf, mistakeInForm, unchanged, withPreset, withSpan, type ChangeForm } from '../../player/desk/windows/change_form.ts';
import { endsInWords } from '../../player/desk/windows/end_words.ts';
import { openPage } from './page_data.ts';

openPage();

test('usual changes become what the API is told', () => {
  assert.deepEqual(changeOf(withPreset(unchanged, 'two_weeks_after')), { window: { closes: { session_days: 14, time: null } } });
  assert.deepEqual(changeOf(withPreset(unchanged, 'day_before')), { window: { closes: { session_days: -1, time: '17:00' } } });
  assert.deepEqual(changeOf(withPreset(unchanged, 'day_after_for_two_weeks')), {
    window: { opens: { session_days: 1, time: null }, closes: { session_days: 14, time: null } },
  });
  assert.deepEqual(changeOf(withPreset(unchanged, 'fiscal_year')), { window: { closes: { fiscal_year_end: true } } });
});

test('publication, the series’ window and no limit are told, and what is kept is not', () => {
  assert.deepEqual(changeOf({ ...unchanged, published: 'no' }), { published: false });
  assert.deepEqual(changeOf({ ...unchanged, window: 'series', published: 'yes' }), { window: null, published: true });
  const open: ChangeForm = { ...unchanged, window: 'ends', closes: { ...unchanged.closes, way: 'none' } };
  assert.deepEqual(changeOf(open), { window: { closes: null } });
});

test('what was read from a text goes into the ends that it names, and leaves the other', () => {
  const until = withSpan(unchanged, { opens: null, closes: { day: '2021-12-28', time: '17:00' }, day: null });
  assert.deepEqual(changeOf(until), { window: { closes: { day: '2021-12-28', time: '17:00' } } });
  const both = withSpan(until, { opens: { day: '2021-06-29', time: null }, closes: null, day: null });
  assert.deepEqual(changeOf(both), {
    window: { opens: { day: '2021-06-29', time: null }, closes: { day: '2021-12-28', time: '17:00' } },
  });
});

test('a form that says nothing, or not enough, is a mistake', () => {
  const ends = (opens: Partial<ChangeForm['opens']>, closes: Partial<ChangeForm['closes']>): ChangeForm => ({
    ...unchanged,
    window: 'ends',
    opens: { ...unchanged.opens, ...opens },
    closes: { ...unchanged.closes, ...closes },
  });
  assert.equal(mistakeInForm(unchanged), 'nothing');
  assert.equal(mistakeInForm(ends({}, {})), 'nothing');
  assert.equal(mistakeInForm({ ...ends({}, {}), published: 'yes' }), undefined);
  assert.equal(mistakeInForm(ends({ way: 'day' }, {})), 'no_day');
  assert.equal(mistakeInForm(ends({}, { way: 'session', days: '2.5' })), 'no_days');
  assert.equal(mistakeInForm(ends({}, { way: 'session', days: '0' })), undefined);
  const [first, last] = [{ way: 'day', day: '2021-06-29' }, { way: 'day', day: '2021-06-28' }] as const;
  assert.equal(mistakeInForm(ends(first, last)), 'ends_before_start');
  assert.equal(mistakeInForm(ends(first, first)), undefined);
  assert.equal(mistakeInForm(ends({ ...first, time: '10:00' }, { ...first, time: '10:00' })), 'ends_before_start');
});

test('what counts from a session is told as it was set', () => {
  assert.equal(endsInWords({ closes: { session_days: 14, time: null } }), '会合の14日後まで');
  assert.equal(endsInWords({ opens: { session_days: 0 }, closes: { session_days: 14 } }), '会合の日から、会合の14日後まで');
  assert.equal(endsInWords({ closes: { session_days: -1, time: '17:00' } }), '会合の1日前の17:00まで');
  assert.equal(endsInWords({ opens: { day: '2021-10-20' }, closes: null }), '');
});
