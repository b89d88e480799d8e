import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unfinishedFor } from '../../player/desk/upload.ts';
import { sizeInWords } from '../../player/common/size.ts';
import { durationInWords, remainingInWords, windowInWords } from '../../player/desk/words.ts';
import { Zone } from '../../player/common/zone.ts';
import { openPage } from './page_data.ts';

openPage();

test('a file goes on with what the server has of it, and no other', () => {
  const unfinished = [
    { id: 'a', offset: 5, length: 10, file_name: '録画.mp4' },
    { id: 'b', offset: 5, length: 11, file_name: '録画.mp4' },
  ];
  assert.equal(unfinishedFor({ name: '録画.mp4', size: 11 }, unfinished)?.id, 'b');
  assert.equal(unfinishedFor({ name: '録画.mp4', size: 12 }, unfinished), undefined);
});

test('sizes, times and windows are told for people', () => {
  assert.deepEqual([0, 999, 1_400_000, 1_449_000_000].map(sizeInWords), ['0 B', '999 B', '1.4 MB', '1.4 GB']);
  assert.equal(remainingInWords(null), '');
  assert.equal(remainingInWords(2), '5秒');
  assert.equal(remainingInWords(61), '2分');
  assert.equal(remainingInWords(3700), '1時間2分');
  assert.equal(durationInWords(9300), '2時間35分');
  const window = { opens_at: '2021-06-28T15:00:00Z', closes_at: '2021-12-28T15:00:00Z' };
  const told = windowInWords(window, new Zone('Asia/Tokyo'), Date.parse('2021-10-25T00:00:00Z'));
  assert.equal(told, '6月29日(火)から 12月28日(火)まで');
});
