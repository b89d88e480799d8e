import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cueTimeOf, cueTimeText } from '../../player/desk/captions/cue_time.ts';
import { cuesOf, draftAfter, draftOf } from '../../player/desk/captions/draft.ts';

test('times of cues are written, and read as people write them', () => {
  assert.deepEqual([0, 1.0005, 59.9996, 83.45, 360_001].map(cueTimeText), [
    '0:00:00.000', '0:00:01.001', '0:01:00.000', '0:01:23.450', '100:00:01.000',
  ]);
  const read: Readonly<Record<string, number | undefined>> = {
    '0:01:23.450': 83.45, '1:23,45': 83.45, ' 1:23 ': 83, '1:2.5': 62.5, '１：２３．４': 83.4, '100:00:01': 360_001,
    '': undefined, '83': undefined, '1:60': undefined, '0:0x': undefined, '-1:00': undefined, '1:23.': undefined, '1:23.4567': undefined,
  };
  for (const [field, seconds] of Object.entries(read)) assert.equal(cueTimeOf(field), seconds, field);
});

test('a cue goes through the fields as it is, and a new one comes behind it', () => {
  const cue = { start_s: 3599.999, end_s: 3600.5, text: '適応\n緩和' };
  const draft = draftOf(cue);
  assert.deepEqual(cuesOf([draft]), [cue]);
  assert.deepEqual(cuesOf([draft, { ...draftAfter(draft), text: '次' }])?.[1], { start_s: 3600.5, end_s: 3602.5, text: '次' });
  assert.notEqual(draftAfter(draft).row, draft.row);
  assert.equal(cuesOf([draft, { ...draft, end: '1:0x' }]), undefined);
  assert.deepEqual(cuesOf([draftAfter(undefined)]), [{ start_s: 0, end_s: 2, text: '' }]);
});
