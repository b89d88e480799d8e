// Glass to glass: how old what Chromium shows is, by a clock in the picture; how soon it begins; whether it stands still.
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { launchChromium } from '../../support/node/chromium.mjs';
import { ageInPage } from './clock_picture.mjs';
import { account, entry, startMeeting } from './meeting.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    latency: { type: 'string', default: 'low,usual' },
    build: { type: 'string', default: 'build/release' },
  },
});
const TARGET_DURATION_S = 4;
const goals = {
  low: { age: 3, words: 'low latency' },
  usual: { age: 3 * TARGET_DURATION_S, words: 'usual' },
};
const JOIN_S = 2;
const SETTLE_S = 8;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

/** Watches for so long, and gives what was seen. */
async function watch(browser, meeting, latency, seconds) {
  const context = await browser.newContext();
  await context.addCookies([{ name: meeting.cookie.split('=')[0], value: meeting.cookie.split('=')[1], url: meeting.address }]);
  await context.addInitScript((wish) => localStorage.setItem('kiroku.latency', wish), latency);
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(`${meeting.address}/videos/${entry}`);
  await page.waitForFunction(() => document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames > 0, undefined, { polling: 20, timeout: 60_000 });
  const join = (performance.now() - began) / 1000;
  await page.evaluate((reader) => {
    const ageOf = (0, eval)(reader);
    const video = document.querySelector('video');
    window.seen = { ages: [], stalls: 0, still: 0 };
    video.addEventListener('waiting', () => (window.seen.stalls += 1));
    let [time, when] = [video.currentTime, performance.now()];
    setInterval(() => {
      const age = ageOf(video);
      if (age !== undefined) window.seen.ages.push(age / 1000);
      const now = performance.now();
      if (video.currentTime === time && !video.paused) window.seen.still += (now - when) / 1000;
      [time, when] = [video.currentTime, now];
    }, 250);
  }, ageInPage).catch((error) => {
    throw new Error(`reading the clock in the page: ${error.message}`);
  });
  await delay(SETTLE_S * 1000);
  await page.evaluate(() => Object.assign(window.seen, { ages: [], stalls: 0, still: 0 }));
  await delay(seconds * 1000);
  const seen = await page.evaluate(() => window.seen);
  await context.close();
  return { join, ...seen };
}

const meeting = await startMeeting(path.resolve(options.build));
let missed = false;
try {
  const browser = await launchChromium();
  try {
    await watch(browser, meeting, 'usual', 1); // what browsers keep is kept
    for (const latency of options.latency.split(',')) {
      const goal = goals[latency];
      const { join, ages, stalls, still } = await watch(browser, meeting, latency, Number(options.seconds));
      const middle = median(ages);
      missed ||= !(middle < goal.age) || join > JOIN_S || stalls > 0;
      console.log(`${goal.words}: glass to glass ${middle.toFixed(2)} s median, ${at(ages, 0.99).toFixed(2)} s p99 (goal under ${goal.age}); ` +
        `join ${join.toFixed(2)} s (goal under ${JOIN_S}); ${stalls} stalls, ${still.toFixed(1)} s still in ${options.seconds} s; ${ages.length} readings`);
    }
  } finally {
    await browser.close();
  }
} finally {
  await meeting.stop();
}
process.exit(missed ? 1 : 0);
