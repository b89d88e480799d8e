// What the video element says of itself.
import assert from 'node:assert/strict';

/** Facts of the page's video, or nothing while there is none. */
export const videoFacts = (page) =>
  page.evaluate(() => {
    const video = document.querySelector('video');
    return video && {
      time: video.currentTime,
      duration: video.duration,
      paused: video.paused,
      ended: video.ended,
      height: video.videoHeight,
      frames: video.getVideoPlaybackQuality().totalVideoFrames,
      soundBytes: video.webkitAudioDecodedByteCount,
    };
  });

/** The video goes on by itself: time passes, pictures and sound are decoded. */
export async function assertPlays(page) {
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2, undefined, { timeout: 60_000 });
  const before = await videoFacts(page);
  await page.waitForFunction((time) => document.querySelector('video').currentTime > time + 1.5, before.time, { timeout: 30_000 });
  const after = await videoFacts(page);
  assert.ok(after.frames > before.frames, `pictures decoded: ${before.frames}, then ${after.frames}`);
  assert.ok(after.soundBytes > 0, 'sound decoded');
}
