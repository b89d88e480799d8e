import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chapterAt } from '../../player/watch/chapters.ts';
import { withGrantOf } from '../../player/watch/grant.ts';
import { qualitiesOf } from '../../player/watch/qualities.ts';
import { tilesOf } from '../../player/watch/thumbnails.ts';
import { clockTime } from '../../player/common/clock_time.ts';
import { spokenTime, startSecond } from '../../player/watch/time_text.ts';
import { isMultivariant, mapOf, presentedIn, segmentAt } from '../../player/watch/early/playlists.ts';
import { slideAt } from '../../player/watch/slides/slide_list.ts';
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

test('what a player asks for first is the lightest variant, its sound, and the segment of the second', () => {
  const base = new URL('http://localhost:8062/play/G/lec-01/main.m3u8');
  const main = [
    '#EXTM3U',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="other",NAME="a",URI="other.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a64",NAME="日本語",DEFAULT=YES,URI="a64.m3u8"',
    '#EXT-X-STREAM-INF:BANDWIDTH=900000,AVERAGE-BANDWIDTH=100000,AUDIO="a64"',
    'v720.m3u8',
    '#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=190000,BANDWIDTH=200000,AUDIO="a64"',
    'v360.m3u8',
    '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1000,URI="v360i.m3u8"',
    '',
  ].join('\n');
  assert.ok(isMultivariant(main));
  assert.deepEqual(presentedIn(main, base).map(({ pathname }) => pathname), ['/play/G/lec-01/v360.m3u8', '/play/G/lec-01/a64.m3u8']);
  const index = '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MAP:URI="v360/init.mp4"\n#EXTINF:6.000,\nv360/0.m4s\n#EXTINF:4.5,\n#EXT-X-BITRATE:9\nv360/1.m4s\n#EXT-X-ENDLIST\n';
  assert.ok(!isMultivariant(index));
  assert.equal(mapOf(index, base)?.pathname, '/play/G/lec-01/v360/init.mp4');
  const names = [0, 5.9, 6, 10.4, 10.5].map((second) => segmentAt(index, base, second)?.pathname.split('/').at(-1));
  assert.deepEqual(names, ['0.m4s', '0.m4s', '1.m4s', '1.m4s', undefined]);
  assert.equal(mapOf('#EXTM3U\n', base), undefined);
  assert.deepEqual(presentedIn('#EXTM3U\n', base), []);
});

test('the slide is the one that stands, and the first before all of them', () => {
  const slides = [2, 20, 40].map((begin) => ({ begin, end: begin + 1, file: '' }));
  assert.deepEqual([0, 2, 19.8, 19.95, 39, 500].map((second) => slideAt(slides, second)), [0, 0, 0, 1, 1, 2]);
  assert.equal(slideAt([], 3), -1);
});
