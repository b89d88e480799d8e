// What helps with watching: keys, captions, the transcript, a link to a second, speed that stays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays, videoFacts } from './support/player.mjs';
import { startSite, viewer } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 180, size: '426x240', bitrate: '150k' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

async function openLecture(context, query = '') {
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  await page.goto(`${site.address}/videos/lec-01${query}`);
  await page.locator('.control-start').waitFor();
  return page;
}
const start = (page) => page.locator('.control-start').click();
const time = async (page) => (await videoFacts(page)).time;

/** Waits until the video stands at a second, to a third. */
const standsAt = (page, second) =>
  page.waitForFunction((wanted) => Math.abs(document.querySelector('video').currentTime - wanted) < 0.35, second);

test('the sheet of keys opens by its key and its button, and gives the focus back', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  await page.locator('.player').focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'キーボードの操作' });
  await sheet.waitFor();
  await takePictures(page, 'watch-keys');
  await assertAccessible(page, 'the sheet of keys');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.player')));
  await page.getByRole('button', { name: 'キーボードの操作' }).click();
  await sheet.getByRole('button', { name: '閉じる' }).click();
  await sheet.waitFor({ state: 'hidden' });
  assertKeptToItself(page);
  await context.close();
});

test('captions come with silence, and stay as they were chosen', async () => {
  const context = await browser.context();
  const page = await openLecture(context, '?t=1');
  await start(page);
  await assertPlays(page);
  const shown = page.locator('.captions .cue');
  assert.equal(await shown.filter({ visible: true }).count(), 0);
  await page.locator('.player').focus();
  await page.keyboard.press('m');
  await shown.first().waitFor();
  assert.match(await shown.first().textContent(), /この講演では|二〇五〇年/);
  await page.keyboard.press('m');
  await shown.first().waitFor({ state: 'hidden' });
  await page.keyboard.press('c');
  await shown.first().waitFor();
  const plain = await shown.first().evaluate((cue) => parseFloat(getComputedStyle(cue).fontSize));
  await page.getByRole('button', { name: '設定' }).click();
  await page.getByRole('group', { name: '字幕の大きさ' }).getByRole('radio', { name: '特大' }).check();
  await page.getByRole('group', { name: '字幕の背景' }).getByRole('radio', { name: 'なし' }).check();
  await assertAccessible(page, 'the settings of captions');
  await takePictures(page, 'watch-captions');
  assert.ok((await shown.first().evaluate((cue) => parseFloat(getComputedStyle(cue).fontSize))) > plain * 1.3);
  // Chosen once: the next page has them from its beginning, and as fast.
  await page.getByRole('radio', { name: '1.25倍' }).check();
  await page.goto(`${site.address}/videos/lec-01?t=8`);
  await start(page);
  await shown.first().waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('video').playbackRate), 1.25);
  assert.equal(await page.locator('.player').getAttribute('data-caption-size'), 'largest');
  assertKeptToItself(page);
  await context.close();
});

test('the transcript follows the picture, seeks, and is searched', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  await start(page);
  await assertPlays(page);
  await page.getByText('ここに表示する').click();
  const list = page.getByRole('list', { name: '文字起こし' });
  await list.getByText('この講演では').waitFor();
  const current = list.locator('a[aria-current]');
  // The cues' own times, as the demo's file has them.
  for (const [second, words] of [[46, 'ある市では'], [30, '家庭、事業所'], [22, 'まず、自分の地域']]) {
    await page.locator('.player').focus();
    await page.evaluate((wanted) => {
      document.querySelector('video').currentTime = wanted;
    }, second);
    await page.waitForFunction((wanted) => document.querySelector('.transcript-list a[aria-current]')?.textContent.includes(wanted), words);
    const lag = await page.evaluate(() => document.querySelector('video').currentTime);
    assert.ok(lag < second + 3, `the transcript was ${lag - second} s behind`);
  }
  await takePictures(page, 'watch-transcript');
  await assertAccessible(page, 'the transcript');
  await list.getByText('国や都だけでなく').click();
  await page.waitForFunction(() => {
    const { currentTime } = document.querySelector('video');
    return currentTime >= 12.7 && currentTime < 20;
  });
  await current.getByText('国や都だけでなく').waitFor();
  await page.getByRole('searchbox', { name: '文字起こしの中を探す' }).fill('照明');
  await page.getByText(/^\d+か所$/).waitFor();
  assert.equal(await list.locator('li:visible').count(), 1);
  assertKeptToItself(page);
  // To be read and printed: without scripts, for who may watch.
  const plain = await browser.context({ javaScriptEnabled: false });
  const refused = await (await plain.newPage()).goto(`${site.address}/videos/lec-01/transcript`);
  assert.equal(refused.status(), 401);
  await page.getByRole('link', { name: '読む・印刷するページ' }).click();
  await page.getByRole('heading', { name: '文字起こし' }).waitFor();
  assert.match(await page.textContent('.transcript-page'), /二〇五〇年に/);
  await assertAccessible(page, 'the page of the transcript');
  await takePictures(page, 'transcript');
  await plain.close();
  await context.close();
});

test('a link to the second that plays is copied, or marked where the browser forbids it', async () => {
  const context = await browser.context({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await openLecture(context, '?t=1m15s');
  await start(page);
  await page.waitForFunction(() => document.querySelector('video').currentTime > 75);
  await page.locator('.player').focus();
  await page.keyboard.press('k');
  await page.getByRole('button', { name: /からのリンクをコピー/ }).click();
  await page.getByText(/リンクをコピーしました/).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /\/videos\/lec-01\?t=7[5-9]$/);
  await page.goto(link);
  await page.locator('.control-start').waitFor();
  await standsAt(page, Number(new URL(link).searchParams.get('t')));
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'));
  });
  await page.getByRole('button', { name: /からのリンクをコピー/ }).click();
  await page.getByText(/リンクを選びました/).waitFor();
  assert.match(await page.getByRole('textbox', { name: 'このページのアドレス' }).inputValue(), /\?t=\d+$/);
  await assertAccessible(page, 'the link to be copied by hand');
  assertKeptToItself(page);
  await context.close();
});

test('who will not come to the end before the window closes is told', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  // Closes two minutes from now, by the server's clock: less than the video lasts.
  const { now } = await site.json('GET', '/api/videos/lec-01').catch(() => site.json('GET', '/api/me'));
  const closes = new Date(Date.parse(now) + 120_000).toISOString();
  await site.json('PATCH', '/api/desk/videos/lec-01', { window: { opens_at: '2021-06-28T15:00:00Z', closes_at: closes } });
  await signIn(page, site, viewer, '/videos/lec-01');
  await page.locator('.control-start').waitFor();
  await start(page);
  await page.getByText(/公開終了まであと[01]分です/).waitFor();
  await page.locator('.player').focus();
  await page.keyboard.press('8');
  await page.locator('#closing').waitFor({ state: 'hidden' });
  // Sought before anything has come, it is there once it has.
  await page.waitForFunction(() => document.querySelector('video').currentTime > 100);
  await context.close();
});
