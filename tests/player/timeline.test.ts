import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Timeline } from '../../player/watch/timeline.ts';

/** Two pieces of 10 s and 20 s in what plays: 2 s before the first, 5 s between them, some behind. */
const lecture = new Timeline([[2, 10], [17, 20]]);

test('all that plays is the video where nothing is left out', () => {
  const whole = new Timeline(null);
  assert.equal(whole.inMedia(12.5), 12.5);
  assert.equal(whole.inVideo(12.5), 12.5);
  assert.equal(whole.duration(60), 60);
  assert.equal(whole.skip(12), undefined);
  assert.equal(whole.isOver(1e6), false);
  assert.deepEqual(whole.shown([3, 4]), [[3, 4]]);
});

test('seconds of pieces are counted without what lies between them', () => {
  for (const [video, media] of [[0, 2], [9.5, 11.5], [10, 17], [29, 36]] as const) {
    assert.equal(lecture.inMedia(video), media);
    assert.equal(lecture.inVideo(media), video);
  }
  assert.equal(lecture.inMedia(1000), 37);
  assert.equal(lecture.inVideo(0), 0);
  assert.equal(lecture.inVideo(14), 10);
  assert.equal(lecture.inVideo(100), 30);
  assert.equal(lecture.duration(42), 30);
  assert.deepEqual(lecture.shown([5, 20]), [[3, 10], [10, 13]]);
  assert.deepEqual(lecture.shown([12, 16]), []);
});

test('what is not shown is passed over, and the end is the end', () => {
  assert.equal(lecture.skip(0), 2);
  assert.equal(lecture.skip(2), undefined);
  assert.equal(lecture.skip(11), undefined);
  assert.equal(lecture.skip(12), 17);
  assert.equal(lecture.skip(16), 17);
  assert.equal(lecture.skip(40), undefined);
  assert.equal(lecture.isOver(36.9), false);
  assert.equal(lecture.isOver(37), true);
});

test('a piece of what still grows has no end yet', () => {
  const growing = new Timeline([[4, null]]);
  assert.equal(growing.inVideo(104), 100);
  assert.equal(growing.duration(64), 60);
  assert.equal(growing.duration(Number.NaN), 0);
  assert.equal(growing.isOver(104), false);
});
