// A clerk runs a stream from the desk: its key, its course, its end, and what its recording shows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort } from '../support/node/program.mjs';
import { assertKeptToItself, assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { Publisher } from './support/publisher.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

const entry = 'live-ada2';

let site;
let browser;
let media;

before(async () => {
  const rtmp = await freePort();
  const srt = await freePort();
  site = await startSite({
    clock: '2021-10-27T13:10:00+09:00',
    options: ['--rtmp', `127.0.0.1:${rtmp}`, '--srt', `127.0.0.1:${srt}`],
  });
  browser = await startBrowser();
  media = await mediaFolder();
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const told = (page, words) => page.locator('.live-desk .live-line', { hasText: words }).waitFor({ timeout: 30_000 });
const valueOf = (page, name) => page.locator('.copy-line', { hasText: name }).first().locator('code').textContent();

test('a stream is run from the desk', { timeout: 300_000 }, async () => {
  const clip = await makeRecording(media.folder, { seconds: 60, size: '640x360', bitrate: '400k' });
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, `/desk/videos/${entry}`);
  await told(page, 'まもなく開始');
  await page.getByText('配信元はつながっていません').waitFor();
  assert.ok(await page.getByRole('button', { name: '休憩に入る' }).isDisabled(), 'nothing to break yet');
  await assertReadsWell(page, 'desk-live-before');

  // The key is shown once; making another asks first.
  await page.getByRole('button', { name: '配信キーを発行する' }).click();
  await told(page, '配信キーを発行しました');
  const first = await valueOf(page, 'ストリームキー');
  await page.getByRole('button', { name: '新しく発行する' }).click();
  await page.getByText('前の配信キーは使えなくなります').waitFor();
  await assertReadsWell(page, 'desk-live-new-key');
  await page.getByRole('dialog').getByRole('button', { name: '新しく発行する' }).click();
  await page.waitForFunction((key) => !document.body.textContent.includes(key), first);
  await assertReadsWell(page, 'desk-live-key');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'ffmpegをコピー' }).click();
  await told(page, 'ffmpegをコピーしました');
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(address, /^rtmp:\/\/127\.0\.0\.1:\d+\/live\/[0-9a-f]{32}$/);

  const publisher = new Publisher(clip, address);
  await told(page, '配信中');
  await page.getByText('640×360、毎秒24コマ').waitFor({ timeout: 20_000 });
  const other = await browser.context();
  const watching = await openPage(other, site);
  await signIn(watching, site, viewer, `/videos/${entry}`);
  await page.getByRole('row', { name: /千代田区/ }).waitFor({ timeout: 30_000 });
  await page.locator('.live-items button').first().click();
  await told(page, 'のチャプターを付けました');
  await page.getByLabel('ほかの題名').fill('質疑応答');
  await page.keyboard.press('Enter');
  await told(page, '「質疑応答」のチャプターを付けました');
  await page.locator('.live-marks li').nth(1).waitFor();
  await page.getByRole('button', { name: '休憩に入る' }).click();
  await told(page, '休憩中と表示しました');
  await assertReadsWell(page, 'desk-live-break');
  await page.getByRole('button', { name: '休憩を終える' }).click();
  await told(page, '休憩の表示を終えました');
  await assertReadsWell(page, 'desk-live-on');

  await page.getByRole('button', { name: '配信を終了する' }).click();
  await page.getByText('同じ配信は再開できません').waitFor();
  await assertReadsWell(page, 'desk-live-end-question');
  await page.getByRole('dialog').getByRole('button', { name: '配信を終了する' }).click();
  await told(page, '配信を終了しました');
  await page.getByRole('heading', { name: '録画の始まりと終わり' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'live-desk', 'the focus is where it goes on');
  await page.getByLabel('始まり', { exact: true }).first().fill('0:00:99');
  await page.getByRole('button', { name: 'この範囲を公開する' }).click();
  await page.getByText('時:分:秒(例 0:12:30)で入力してください').waitFor();
  await assertReadsWell(page, 'desk-live-trim-wrong');
  await page.getByLabel('始まり', { exact: true }).first().fill('０:００:０４');
  await page.getByRole('button', { name: 'この範囲を公開する' }).click();
  await told(page, '始まりと終わりを変えました');
  await assertReadsWell(page, 'desk-live-ended');
  const { duration_s } = await site.json('GET', `/api/videos/${entry}`);
  const whole = (await site.json('GET', `/api/desk/videos/${entry}/live`)).recorded_s;
  assert.ok(duration_s < whole - 2, `${duration_s} s of ${whole} s are shown`);
  assertKeptToItself(page);
  await publisher.cut();
  await Promise.all([context.close(), other.close()]);
});
