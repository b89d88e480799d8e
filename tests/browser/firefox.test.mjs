// Watching in Firefox: a recording and a stream.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFirefox } from '../support/node/firefox.mjs';
import { freePort } from '../support/node/program.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { Publisher } from './support/publisher.mjs';
import { startSite, viewer } from './support/site.mjs';

const entry = 'live-ada2';

let site;
let firefox;
let media;
let rtmp;

before(async () => {
  rtmp = await freePort();
  [site, firefox, media] = await Promise.all([
    startSite({ clock: '2021-10-27T13:10:00+09:00', options: ['--rtmp', `127.0.0.1:${rtmp}`] }),
    startFirefox(),
    mediaFolder(),
  ]);
});
after(() => Promise.all([site?.stop(), firefox?.stop(), media?.remove()]));

const facts = () =>
  firefox.evaluate(() => {
    const video = document.querySelector('video');
    return { time: video.currentTime, duration: video.duration, ended: video.ended, frames: video.getVideoPlaybackQuality().totalVideoFrames, height: video.videoHeight, error: video.error?.message ?? null };
  });

async function assertPlays() {
  await firefox.waitFor('playing', () => (document.querySelector('video')?.currentTime ?? 0) > 0.2);
  const before = await facts();
  await firefox.waitFor('going on', `() => document.querySelector('video').currentTime > ${before.time + 1.5}`);
  const after = await facts();
  assert.ok(after.frames > before.frames && after.height > 0, JSON.stringify([before, after]));
  assert.equal(after.error, null);
}

test('a recording plays in Firefox, from anywhere, to its end', { timeout: 240_000 }, async () => {
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 40, size: '854x480', bitrate: '500k' }));
  await firefox.goTo(`${site.address}/sign-in?next=/videos/lec-01`);
  await firefox.evaluate((name, password) => {
    const form = [...document.forms].find((each) => each.elements.namedItem('password'));
    form.elements.namedItem('name').value = name;
    form.elements.namedItem('password').value = password;
    form.requestSubmit();
  }, viewer.name, viewer.password);
  await firefox.waitFor('the watch page', () => document.querySelector('.control-start')?.hidden === false);
  await firefox.evaluate(() => document.querySelector('.control-start').click());
  await assertPlays();
  await firefox.evaluate(() => {
    const bar = document.querySelector('.seek input');
    bar.value = '36';
    bar.dispatchEvent(new Event('input', { bubbles: true }));
    bar.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await firefox.waitFor('the place', () => document.querySelector('video').currentTime > 36.5);
  await firefox.waitFor('the end', () => document.querySelector('video').ended);
});

test('a stream plays in Firefox while it comes', { timeout: 240_000 }, async () => {
  const clip = await makeRecording(media.folder, { name: 'clip.mp4', seconds: 60, size: '640x360', bitrate: '400k' });
  const key = (await site.command('live', 'key', entry)).trim();
  const publisher = new Publisher(clip, `rtmp://127.0.0.1:${rtmp}/live/${key}`);
  try {
    await firefox.goTo(`${site.address}/videos/${entry}`);
    await assertPlays();
    // What is played lies near the end of what is listed.
    const { behind } = await firefox.evaluate(() => {
      const video = document.querySelector('video');
      return { behind: video.duration - video.currentTime };
    });
    assert.ok(behind < 18, `${behind} s behind`);
  } finally {
    await publisher.cut();
  }
});
