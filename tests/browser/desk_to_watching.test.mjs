// The main job: a recording goes in at the desk, with a reload on its way, and is watched in its window.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { assertAccessible, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays, videoFacts } from './support/player.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

const SECONDS = 18;

let site;
let browser;
let media;
let recording;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  // Larger than one request of the desk, so that there is a middle to break off in.
  recording = await makeRecording(media.folder, { name: '第3回 記録.mp4', seconds: SECONDS, bitrate: '8M' });
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

/** Lets the first piece of an upload through and holds the others, until it is told to let go. */
async function holdUploads(page) {
  let pieces = 0;
  const held = [];
  await page.route('**/api/uploads/*', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    pieces += 1;
    if (pieces === 1) return route.continue();
    held.push(route);
    return undefined;
  });
}

const pick = (page, file) => page.locator('input[type=file]').first().setInputFiles(file);

test('a recording is uploaded with a reload in its middle, published, and watched', { timeout: 900_000 }, async (t) => {
  const context = await browser.context();
  const desk = await openPage(context, site);
  let video;

  await t.test('the upload breaks off, and the desk says where', async () => {
    await signIn(desk, site, secretariat, '/desk');
    await holdUploads(desk);
    const taken = desk.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await pick(desk, recording);
    assert.equal((await taken).status(), 204, 'the first piece is durable');
    await desk.getByText(/^[1-9]\d?% /).waitFor();
    await takePictures(desk, 'desk-uploading');
    desk.once('dialog', (dialog) => dialog.accept());
    await desk.unroute('**/api/uploads/*');
    await desk.reload();
    await desk.getByText(/送信が途中です\([1-9]\d?%\)/).waitFor();
    await takePictures(desk, 'desk-unfinished');
  });

  await t.test('the same file goes on from there, and is converted', async () => {
    const { size } = await stat(recording);
    const offsets = [];
    desk.on('request', (request) => {
      if (request.method() === 'PATCH' && request.url().includes('/api/uploads/'))
        offsets.push(Number(request.headers()['upload-offset']));
    });
    await pick(desk, recording);
    await desk.getByText('受け取りました。').waitFor({ timeout: 120_000 });
    assert.ok(offsets[0] > 0 && offsets[0] < size, `it went on at ${offsets[0]} of ${size}`);
    const { videos } = await site.json('GET', '/api/desk/videos');
    const [draft] = videos.filter(({ title }) => title.includes('第3回'));
    assert.ok(draft, 'a draft named after the file');
    assert.equal(draft.recording.bytes, size);
    video = draft.id;
  });

  await t.test('it gets a title, a series and a window, and is published', async () => {
    await desk.goto(`${site.address}/desk/videos/${video}`);
    await desk.getByLabel('題名', { exact: true }).fill('第3回の記録');
    await desk.getByLabel('講師・登壇者').fill('事務局');
    await desk.getByLabel('対象').selectOption({ label: '62市区町村の職員' });
    await desk.getByLabel('日で決める').check();
    await desk.getByLabel('最初の日').fill('2021-10-25');
    await desk.getByLabel('最後の日').fill('2021-10-24');
    await desk.getByText('終わりが始まりより前になっています。').waitFor();
    assert.ok(await desk.getByRole('button', { name: '保存する', exact: true }).isDisabled());
    await desk.getByLabel('最後の日').fill('2021-12-28');
    await assertAccessible(desk, 'the desk with a window by days');
    assert.match(await desk.locator('.window-ends').textContent(), /\(火\)/);
    await desk.getByRole('button', { name: '保存する', exact: true }).click();
    await desk.getByText('保存しました。').waitFor();
    await desk.getByRole('button', { name: '公開する' }).click();
    await desk.getByLabel('公開する理由').fill('字幕は後日追加する');
    await desk.getByRole('button', { name: '理由を記録して公開する' }).click();
    await desk.getByText('公開しました。', { exact: true }).waitFor();
    await takePictures(desk, 'desk-published');
    await site.recordingBecomes(video, ['ready']);
    assertKeptToItself(desk);
  });

  await t.test('the desk previews it', async () => {
    await desk.reload();
    await desk.getByRole('link', { name: 'プレビュー' }).click();
    await desk.getByRole('button', { name: '再生' }).first().click();
    await assertPlays(desk);
    await desk.close();
    await context.close();
  });

  await t.test('a viewer watches it: sound and picture, to its end, in another quality', async () => {
    const others = await browser.context();
    const page = await openPage(others, site);
    await signIn(page, site, viewer, `/videos/${video}`);
    await page.getByRole('button', { name: '再生' }).first().click();
    await assertPlays(page);
    await takePictures(page, 'watch-playing');

    await page.getByRole('button', { name: '設定' }).click();
    await assertAccessible(page, 'the player’s settings');
    await takePictures(page, 'watch-settings');
    // Back to the start first: there is nothing to load anew at the end.
    await page.keyboard.press('0');
    for (const [name, height] of [[/^軽い/, 360], [/^高/, 480]]) {
      await page.getByRole('radio', { name }).check();
      await page.waitForFunction((wanted) => {
        const video = document.querySelector('video');
        // A slow machine has come to the end meanwhile, where it stops; another quality comes in while it plays.
        if (video.paused) video.play();
        return video.videoHeight === wanted;
      }, height);
    }
    await page.keyboard.press('Escape');

    await page.locator('.player').focus();
    await page.keyboard.press('9');
    await page.waitForFunction(() => document.querySelector('video').currentTime > 15, undefined, { timeout: 60_000 });
    await page.waitForFunction(() => document.querySelector('video').ended, undefined, { timeout: 60_000 });
    const { time, duration } = await videoFacts(page);
    assert.ok(Math.abs(time - duration) < 0.2 && Math.abs(duration - SECONDS) < 0.2, `${time} of ${duration}`);
    assertKeptToItself(page);
    await others.close();
  });
});
