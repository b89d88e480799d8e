// A meeting day: who waits, watches, goes back and stays sees the stream become its archive on one page, without a reload.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort } from '../support/node/program.mjs';
import { assertKeptToItself, assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays, videoFacts } from './support/player.mjs';
import { Publisher } from './support/publisher.mjs';
import { startSite, viewer } from './support/site.mjs';

const entry = 'live-ada2';
const address = `/videos/${entry}`;

let site;
let browser;
let media;
let clip;
let rtmp;

before(async () => {
  rtmp = await freePort();
  [site, browser, media] = await Promise.all([
    // The reception opens at 13:00.
    startSite({ clock: '2021-10-27T12:59:30+09:00', options: ['--rtmp', `127.0.0.1:${rtmp}`] }),
    startBrowser(),
    mediaFolder(),
  ]);
  clip = await makeRecording(media.folder, { seconds: 60, size: '640x360', bitrate: '400k' });
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const publish = async () => new Publisher(clip, `rtmp://127.0.0.1:${rtmp}/live/${(await site.command('live', 'key', entry)).trim()}`);
const desk = (what, value) => site.ask('POST', `/api/desk/videos/${entry}/live/${what}`, {
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value ?? {}),
});
const line = (page, words) => page.locator('#live-line', { hasText: words }).waitFor({ timeout: 60_000 });

test('from the countdown to the archive on one page', { timeout: 300_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, address);
  await page.evaluate(() => (window.isTheSamePage = true));
  await line(page, '配信前');
  assert.match(await page.textContent('.stage-notice'), /10月27日\(水\)13:00に開場します.*開場まで 0:\d\d/s);
  await assertReadsWell(page, 'live-before');

  await line(page, 'まもなく開始');
  assert.match(await page.textContent('.stage-notice'), /13:30に始まる予定です.*開始まで (29|30):\d\d/s);
  await assertReadsWell(page, 'live-waiting');

  let publisher = await publish();
  await line(page, '配信中');
  // It begins by itself.
  await assertPlays(page);
  const edge = page.locator('.control-edge');
  await edge.getByText('ライブ').waitFor();
  await assertReadsWell(page, 'live-on');

  await desk('mark', { title: '開会のあいさつ' });
  await page.locator('#chapters a', { hasText: '開会のあいさつ' }).waitFor({ timeout: 20_000 });
  await desk('break', { on: true });
  await line(page, '休憩中');
  await page.locator('.stage-banner', { hasText: 'ただいま休憩中です' }).waitFor();
  await assertReadsWell(page, 'live-break');
  await desk('break', { on: false });
  await line(page, '配信中');

  // The sound alone, and the picture again.
  const choose = async (name) => {
    await page.locator('.player').focus();
    await page.getByRole('button', { name: '設定' }).click();
    await page.getByRole('group', { name: '画質' }).getByRole('radio', { name }).check();
    await page.keyboard.press('Escape');
  };
  await choose('音声のみ');
  await page.getByText('音声のみ再生しています').waitFor();
  await page.waitForFunction(() => document.querySelector('video').videoHeight === 0);
  await assertReadsWell(page, 'live-sound-only');
  await choose('自動');
  await assertPlays(page);

  // Back to the beginning, faster, and to the latest again.
  await page.waitForFunction(() => document.querySelector('video').duration > 22, undefined, { timeout: 60_000 });
  await page.locator('.player').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('>');
  await edge.getByText(/最新から.*遅れ/).waitFor();
  await assertReadsWell(page, 'live-behind');
  assert.ok((await videoFacts(page)).time < 12, 'it went back');
  await page.getByRole('button', { name: '最新に戻る' }).click();
  await edge.getByText('ライブ').waitFor();
  const { time, duration } = await videoFacts(page);
  assert.ok(duration - time < 18, `${duration - time} s behind the end of what is listed`);
  assert.equal(await page.evaluate(() => document.querySelector('video').playbackRate), 1);

  await publisher.cut();
  await line(page, '一時中断');
  await assertReadsWell(page, 'live-interrupted');
  publisher = await publish();
  await line(page, '配信中');
  const before = (await videoFacts(page)).duration;
  await page.waitForFunction((was) => document.querySelector('video').duration > was + 6, before, { timeout: 60_000 });
  await assertPlays(page);

  await desk('end');
  await line(page, '配信は終了しました');
  await edge.waitFor({ state: 'hidden' });
  await page.keyboard.press('Home');
  await assertPlays(page);
  await assertReadsWell(page, 'live-ended');
  assert.equal(await page.locator('#chapters a').count(), 1);
  assert.ok(await page.evaluate(() => window.isTheSamePage), 'without a reload');
  assertKeptToItself(page);
  await context.close();
  await publisher.cut();
});
