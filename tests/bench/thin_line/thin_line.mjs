// Watching over a bad line: when it begins, whether it stands still, and what it takes.
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runProgram } from '../../support/node/program.mjs';
import { startThinLine } from '../../support/node/thin_line.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    kbps: { type: 'string', default: '400' },
    latency: { type: 'string', default: '600' },
    build: { type: 'string', default: 'build/release' },
  },
});
process.env.KIROKU_BUILD = path.resolve(options.build);
const { startBrowser, signIn } = await import('../../browser/support/browser.mjs');
const { mediaFolder } = await import('../../browser/support/media.mjs');
const { startSite, viewer } = await import('../../browser/support/site.mjs');

const seconds = Number(options.seconds);
const MOST_TO_BEGIN_S = 10;
const SLIDES_KBPS = 100;
const SLIDES_SHARE = 0.3;
/** Below this what fills the buffer is most of what is carried. */
const SLIDES_LEAST_S = 120;
const SLIDES = '音声とスライド';
const LIGHT = '軽い';
const FILLING_S = 30;

/** A lecture: slides with text that change every 40 s, a speaker who moves in the corner, and a voice-like sound. */
async function makeLecture(folder, length) {
  const file = path.join(folder, 'lecture.mp4');
  const slides = `color=c=white:s=1280x720:r=25:d=${length},drawgrid=w=160:h=90:t=2:c=0x336699,drawtext=text='%{expr_int_format\\:trunc(t/40)\\:d\\:2}':fontsize=200:x=300:y=250`;
  const graph = `${slides}[slide];testsrc2=s=320x180:r=25:d=${length}[speaker];[slide][speaker]overlay=940:520,trim=duration=${length}`;
  const made = await runProgram('ffmpeg', ['-v', 'error', '-filter_complex', graph,
    '-f', 'lavfi', '-i', `anoisesrc=d=${length}:c=pink:r=48000:a=0.3,tremolo=f=3:d=0.9,lowpass=f=3000`,
    '-t', String(length), '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', file], { timeout: 900_000 });
  if (made.code !== 0) throw new Error(made.errors);
  return file;
}

/** Storage that throws, as where it is forbidden. */
const forbidStorage = () => {
  Object.defineProperty(window, 'localStorage', {
    get() {
      throw new DOMException('forbidden', 'SecurityError');
    },
  });
};

/** Counts how often and how long the video stood still once it had begun. */
const watchForStalls = () => {
  window.stalls = { count: 0, still: 0 };
  let last;
  setInterval(() => {
    const video = document.querySelector('video');
    if (!video || video.paused || !window.begun) return;
    const now = performance.now();
    if (last && video.currentTime - last.at < 0.05 && now - last.now > 400) {
      if (!last.still) window.stalls.count += 1;
      window.stalls.still += (now - last.now) / 1000;
      last = { at: video.currentTime, now, still: true };
      return;
    }
    if (!last || video.currentTime - last.at >= 0.05) last = { at: video.currentTime, now, still: false };
  }, 100);
};

/** Opens the lecture and presses the first button, as a person does who has nothing set; the choice of quality comes after. */
async function watch(browser, line, quality, length) {
  const context = await browser.context();
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.addInitScript(forbidStorage);
  await page.addInitScript(watchForStalls);
  await signIn(page, { address: line.address }, viewer, '/');
  const carriedBefore = line.carried();
  const opened = performance.now();
  await page.goto(`${line.address}/videos/lec-01`, { waitUntil: 'commit' });
  await page.locator('.control-start').click();
  const ready = performance.now();
  await page.waitForFunction(() => document.querySelector('video')?.currentTime > 0.1 && (window.begun = true));
  const began = performance.now();
  await page.locator('.player').hover();
  await page.getByRole('button', { name: '設定' }).click();
  await page.evaluate(() => (window.begun = false));
  const changed = quality === SLIDES ? page.waitForRequest(/\/stills\/main\.m3u8$/) : undefined;
  await page.getByRole('radio', { name: quality }).check();
  await changed;
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('video').readyState >= 3 && (window.begun = true));
  const before = line.carried();
  await delay(Math.min(FILLING_S, length / 2) * 1000);
  const filled = line.carried();
  await delay((length - Math.min(FILLING_S, length / 2)) * 1000);
  const { stalls, time } = await page.evaluate(() => ({ stalls: window.stalls, time: document.querySelector('video').currentTime }));
  const after = line.carried();
  await context.close();
  const kbps = (bytes, s) => (bytes * 8) / s / 1000;
  return {
    page: (ready - opened) / 1000,
    begin: (began - opened) / 1000,
    stalls,
    time,
    length,
    begun: (before - carriedBefore) / 1000,
    rate: kbps(after - before, length),
    steady: kbps(after - filled, length - Math.min(FILLING_S, length / 2)),
  };
}

const site = await startSite();
const media = await mediaFolder();
const browser = await startBrowser();
let line;
try {
  await site.giveRecording('lec-01', await makeLecture(media.folder, Math.max(seconds, SLIDES_LEAST_S) + 90));
  line = await startThinLine(site.address, { kbps: Number(options.kbps), latency: Number(options.latency) });
  const told = (name, { page, begin, stalls, time, length, begun, rate, steady }) =>
    console.log(`${name}: the button is there ${page.toFixed(1)} s after opening the page, and it plays after ${begin.toFixed(1)} s, ${begun.toFixed(0)} kB; ${stalls.count} stalls, ${stalls.still.toFixed(1)} s still; at ${time.toFixed(0)} s after ${length} s; ${rate.toFixed(0)} kbit/s, ${steady.toFixed(0)} once the buffer is full`);
  const plain = await watch(browser, line, LIGHT, seconds);
  told('light', plain);
  const slides = await watch(browser, line, SLIDES, Math.max(SLIDES_LEAST_S, Math.round(seconds * SLIDES_SHARE)));
  told('sound and slides', slides);
  const isGood = [plain, slides].every(({ begin, stalls }) => begin < MOST_TO_BEGIN_S && stalls.count === 0) && slides.rate < SLIDES_KBPS && slides.steady < SLIDES_KBPS;
  process.exitCode = isGood ? 0 : 1;
} finally {
  await browser.stop();
  await line?.stop();
  await media.remove();
  await site.stop();
}
