// What came inside a recording, at the desk and beside the video: captions, proposals for chapters, and the file to take along.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { runProgram } from '../support/node/program.mjs';
import { assertAccessible, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeSlides, mediaFolder } from './support/media.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
let media;

/** The slides with captions and two chapters inside. */
async function withMoreInside(slides) {
  const inside = (name) => path.join(media.folder, name);
  await writeFile(inside('ja.srt'), '1\n00:00:01,000 --> 00:00:04,000\n皆さま、こんにちは。\n');
  await writeFile(inside('chapters.txt'), ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=24000\ntitle=開会\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=24000\nEND=48000\ntitle=講演\n');
  const made = await runProgram('ffmpeg', ['-v', 'error', '-y', '-i', slides, '-i', inside('ja.srt'), '-i', inside('chapters.txt'), '-map', '0', '-map', '1',
    '-map_chapters', '2', '-c', 'copy', '-c:s', 'mov_text', '-metadata:s:s:0', 'language=jpn', inside('lecture.mp4')]);
  if (made.code !== 0) throw new Error(made.errors);
  return inside('lecture.mp4');
}

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.ask('DELETE', '/api/desk/videos/lec-01/captions/ja').catch(() => undefined);
  await site.ask('POST', '/api/desk/videos/lec-01/chapters', { headers: { 'Content-Type': 'application/json' }, body: '{"chapters":[]}' });
  await site.giveRecording('lec-01', await withMoreInside(await makeSlides(media.folder, { each: 12 })));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const chaptersNow = async () => (await site.json('GET', '/api/desk/videos/lec-01/chapters')).chapters.map(({ at_s, title }) => [Math.round(at_s), title]);

test('what came inside a recording is found at the desk, and taken over by a click', { timeout: 480_000 }, async (t) => {
  const context = await browser.context();
  const desk = await openPage(context, site);
  await signIn(desk, site, secretariat, '/desk/videos/lec-01');
  const panel = desk.getByRole('region', { name: 'チャプター' });

  await t.test('captions are told to have come with it', async () => {
    await desk.getByText('録画の中にあった字幕です。').waitFor();
  });

  await t.test('chapters are proposed, with the pictures of slides and the waveform', async () => {
    await panel.getByText('チャプターはまだありません。').waitFor();
    await panel.getByText('録画に入っていたチャプター(2個)').waitFor();
    await panel.getByRole('img', { name: '音の大きさ' }).waitFor();
    await panel.getByText(/スライドが変わったところ\(4か所\)/).click();
    await panel.locator('.chapter-slides img').nth(2).scrollIntoViewIfNeeded();
    await desk.waitForFunction(() => [...document.querySelectorAll('.chapter-slides img')].some((image) => image.naturalWidth >= 320));
    await assertAccessible(desk, 'the desk with proposals for chapters');
    await takePictures(desk, 'desk-chapters-proposed');
    assert.deepEqual(await chaptersNow(), [], 'nothing is one before it is saved');
  });

  await t.test('they are added, called otherwise, and saved', async () => {
    await panel.getByRole('button', { name: 'すべて加える' }).click();
    await panel.getByRole('button', { name: '0:36をチャプターに加える' }).click();
    await panel.getByLabel('3番目の題名').fill('質疑応答');
    await panel.getByLabel('2番目の時刻').fill('0:00:25');
    await panel.getByRole('button', { name: 'チャプターを保存する' }).click();
    await panel.getByText('チャプターを保存しました(3個)。').waitFor();
    assert.deepEqual(await chaptersNow(), [[0, '開会'], [25, '講演'], [36, '質疑応答']]);
    await takePictures(desk, 'desk-chapters-saved');
  });

  await t.test('a press on the waveform adds one there, which needs a title', async () => {
    const wave = panel.getByRole('img', { name: '音の大きさ' });
    const { width, height } = await wave.boundingBox();
    await wave.click({ position: { x: width / 4, y: height / 2 } });
    assert.equal(await panel.getByLabel('2番目の時刻').inputValue(), '0:00:12');
    await panel.getByRole('button', { name: 'チャプターを保存する' }).click();
    await panel.getByText('題名を1文字以上で入力してください').waitFor();
    assert.equal((await chaptersNow()).length, 3);
    await panel.getByRole('button', { name: '除く(2番目)' }).click();
  });

  await t.test('downloading is off, and can be allowed', async () => {
    const box = desk.getByLabel('視聴者がMP4ファイルをダウンロードできるようにする');
    assert.equal(await box.isChecked(), false);
    await box.check();
    await desk.getByRole('button', { name: '保存する', exact: true }).click();
    await desk.getByText('保存しました。', { exact: true }).waitFor();
    assert.equal((await site.json('GET', '/api/desk/videos/lec-01')).download, true);
  });
  assertKeptToItself(desk);
});

test('a viewer goes to a chapter, and takes the file along', { timeout: 240_000 }, async (t) => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/videos/lec-01');
  await page.getByRole('link', { name: '質疑応答' }).waitFor();

  await t.test('the file comes with the name of the video', async () => {
    const coming = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'MP4ファイルをダウンロード' }).click();
    const download = await coming;
    const { title } = await site.json('GET', '/api/desk/videos/lec-01');
    assert.equal(download.suggestedFilename(), `${title}.mp4`);
    const bytes = await readFile(await download.path());
    assert.equal(bytes.subarray(4, 8).toString(), 'ftyp');
    await page.getByText('のダウンロードを始めました。').waitFor();
    await assertAccessible(page, 'a video that may be taken along');
    await takePictures(page, 'watch-download');
  });

  await t.test('what is no longer allowed is refused in words', async () => {
    await site.ask('PATCH', '/api/desk/videos/lec-01', { headers: { 'Content-Type': 'application/json' }, body: '{"download":false}' });
    await page.getByRole('button', { name: 'MP4ファイルをダウンロード' }).click();
    await page.getByText('この動画は、ダウンロードできません。').waitFor();
    await page.reload();
    await page.getByRole('link', { name: '質疑応答' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'MP4ファイルをダウンロード' }).count(), 0);
  });
  assertKeptToItself(page);
});
