import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chapterAt } from '../../player/watch/chapters.ts';
import { withGrantOf } from '../../player/watch/grant.ts';
import { qualitiesOf } from '../../player/watch/qualities.ts';
import { tilesOf } from '../../player/watch/thumbnails.ts';
import { clockTime } from '../../player/common/clock_time.ts';
import { spokenTime, startSecond } from '../../player/watch/time_text.ts';
import { openPage } from './page_data.ts';

openPage();

test('a new grant takes the old one’s place and leaves the rest of an address', () => {
  const granted = '/play/NEW/lec-01/main.m3u8';
  assert.equal(
    withGrantOf('http://localhost:8062/play/OLD/lec-01/v720/17.m4s', granted),
    'http://localhost:8062/play/NEW/lec-01/v720/17.m4s',
  );
  assert.equal(withGrantOf('/assets/x.js', granted), '/assets/x.js');
});

test('qualities are named by what they cost, whatever their order', () => {
  const encodings = [200, 1200, 500, 3000].map((bitrate, index) => ({ height: (index + 1) * 100, bitrate }));
  assert.deepEqual(qualitiesOf(encodings), [
    { name: 'high', height: 400 },
    { name: 'standard', height: 300 },
    { name: 'light', height: 100 },
  ]);
  assert.deepEqual(qualitiesOf(encodings.slice(0, 1)), [{ name: 'high', height: 100 }]);
  assert.deepEqual(qualitiesOf([]), []);
});

test('the chapter is the last that has begun', () => {
  const chapters = [0, 45, 105].map((at_s) => ({ at_s, title: '' }));
  assert.deepEqual([0, 44, 44.9, 45, 104, 2000].map((second) => chapterAt(chapters, second)), [0, 0, 1, 1, 1, 2]);
  assert.equal(chapterAt([{ at_s: 10, title: '' }], 3), -1);
  assert.equal(chapterAt([], 3), -1);
});

test('the small pictures of a video are read from their list', () => {
  const vtt = [
    'WEBVTT', '', '00:59:55.000 --> 01:00:00.000', 'thumbnails-7.jpg#xywh=1440,810,160,90',
    '', '01:00:00.000 --> 01:00:03.250', 'thumbnails-8.jpg#xywh=0,0,160,90', '',
  ].join('\n');
  assert.deepEqual(tilesOf(vtt), [
    { begin: 3595, end: 3600, file: 'thumbnails-7.jpg', x: 1440, y: 810, width: 160, height: 90 },
    { begin: 3600, end: 3603.25, file: 'thumbnails-8.jpg', x: 0, y: 0, width: 160, height: 90 },
  ]);
  assert.deepEqual(tilesOf('WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n../x.jpg#xywh=0,0,1,1\n'), []);
  assert.deepEqual(tilesOf(''), []);
});

test('a place in a video is read from an address and told', () => {
  const cases: [string, number | undefined][] = [
    ['?t=754', 754],
    ['?t=12m34s', 754],
    ['?t=1h2m3s', 3723],
    ['?t=abc', undefined],
    ['?t=-5', undefined],
    ['', undefined],
  ];
  for (const [query, second] of cases) assert.equal(startSecond(query), second, query);
  assert.equal(clockTime(754.9), '12:34');
  assert.equal(clockTime(3723), '1:02:03');
  assert.equal(clockTime(Number.NaN), '0:00');
  assert.equal(spokenTime(3723), '1時間2分3秒');
});
