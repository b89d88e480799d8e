// Captions at the desk: a file of Windows goes in, is corrected, shown to viewers, and goes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, assertKeptToItself, openPage, signIn, sizes, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays } from './support/player.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 12, size: '426x240', bitrate: '200k' }));
  await site.ask('DELETE', '/api/desk/videos/lec-01/captions/ja').catch(() => undefined);
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

/** 「適応」 and 「緩和」 in CP932, the first in italics. */
const shiftJis = Buffer.concat([
  Buffer.from('1\r\n00:00:00,000 --> 00:00:06,000\r\n<i>'), Buffer.from('934b899e', 'hex'),
  Buffer.from('</i>\r\n\r\n2\r\n00:00:06,000 --> 00:00:12,000\r\n'), Buffer.from('8ac99861', 'hex'), Buffer.from('\r\n'),
]);
const wrong = '1\n00:00:01,000 --> 00:00:02,000\nあ\n\n2\n00:00:0x,000 --> 00:00:04,000\nい\n';

const picker = (page) => page.getByRole('region', { name: '字幕' }).locator('input[type=file]');
const pick = (page, name, bytes) => picker(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

/** Drops a file on the field, as from the desktop. */
async function drop(page, name, bytes) {
  const files = await page.evaluateHandle(([called, all]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(all)], called));
    return transfer;
  }, [name, [...bytes]]);
  await page.locator('.desk-captions .drop').dispatchEvent('drop', { dataTransfer: files });
}

const cuesNow = async () => (await site.json('GET', '/api/desk/videos/lec-01/captions/ja')).cues.map(({ text }) => text);

test('captions go in, are corrected, and are seen', { timeout: 480_000 }, async (t) => {
  const context = await browser.context();
  const desk = await openPage(context, site);
  await signIn(desk, site, secretariat, '/desk/videos/lec-01');

  await t.test('a file is dropped, and what was changed is said', async () => {
    await desk.getByText('字幕はまだありません。').waitFor();
    await drop(desk, '講演.srt', shiftJis);
    await desk.getByText('日本語の字幕を2件入れました(文字コード Shift_JIS)。').waitFor();
    await desk.getByText('2行目：文字の飾りを外しました。').waitFor();
    await desk.getByRole('listitem').filter({ hasText: '日本語 2件' }).waitFor();
    await assertAccessible(desk, 'the desk with captions that were put in');
    await takePictures(desk, 'desk-captions-taken');
    assert.deepEqual(await cuesNow(), ['適応', '緩和']);
  });

  await t.test('a file in its place is asked for; one that is wrong leaves them', async () => {
    await pick(desk, 'wrong.srt', wrong);
    const dialog = desk.getByRole('dialog');
    await dialog.getByText('今の日本語の字幕 2件').waitFor();
    await dialog.getByRole('button', { name: 'やめる' }).click();
    await dialog.waitFor({ state: 'detached' });
    await pick(desk, 'wrong.srt', wrong);
    await dialog.getByRole('button', { name: '差し替える' }).click();
    await desk.getByRole('alert').filter({ hasText: '6行目の時刻を読み取れません' }).waitFor();
    await takePictures(desk, 'desk-captions-refused');
    assert.deepEqual(await cuesNow(), ['適応', '緩和']);
  });

  await t.test('words and times are corrected', async () => {
    await desk.getByRole('button', { name: '日本語の字幕を直す' }).click();
    await desk.locator('h3:focus', { hasText: '日本語の字幕を直す' }).waitFor();
    await desk.getByLabel('置き換える前の言葉').fill('緩和');
    await desk.getByLabel('置き換えた後の言葉').fill('緩和策');
    await desk.getByRole('button', { name: 'すべて置換する' }).click();
    await desk.getByText('1か所を置き換えました。').waitFor();
    assert.deepEqual(await cuesNow(), ['適応', '緩和策']);
    await desk.getByLabel('1番目の文').fill('気候変動への適応');
    await desk.getByLabel('1番目の終わり').fill('0:0x');
    await desk.getByRole('button', { name: '加える(2番目の後)' }).click();
    await desk.getByLabel('3番目の文').fill('おわり');
    const save = desk.getByRole('region', { name: '字幕' }).getByRole('button', { name: '保存する', exact: true });
    await save.click();
    await desk.getByText('時:分:秒(例 0:01:23.450)で入力してください。').waitFor();
    await assertAccessible(desk, 'the captions’ editor');
    await takePictures(desk, 'desk-captions-editor');
    await desk.getByLabel('1番目の終わり').fill('0:05,5');
    await save.click();
    await desk.getByText('字幕を3件保存しました。').waitFor();
    await desk.getByRole('listitem').filter({ hasText: '日本語 3件' }).waitFor();
    const { cues } = await site.json('GET', '/api/desk/videos/lec-01/captions/ja');
    assert.deepEqual(cues[0], { start_s: 0, end_s: 5.5, text: '気候変動への適応' });
    await desk.setViewportSize(sizes.hand);
    await assertFits(desk, 'the captions’ editor');
    await desk.setViewportSize(sizes.desk);
    await desk.getByRole('button', { name: '閉じる' }).click();
  });

  await t.test('a viewer reads them', async () => {
    const others = await browser.context();
    const page = await openPage(others, site);
    await signIn(page, site, viewer, '/videos/lec-01');
    await page.getByRole('button', { name: '再生' }).first().click();
    await assertPlays(page);
    const track = await page.evaluate(async () => {
      const { captions } = await fetch('/api/videos/lec-01/play', { method: 'POST' }).then((reply) => reply.json());
      return fetch(captions[0].url).then((reply) => reply.text());
    });
    assert.match(track, /00:00:00\.000 --> 00:00:05\.500\n気候変動への適応\n/);
    assertKeptToItself(page);
    await others.close();
  });

  await t.test('deleting asks by naming what is lost', async () => {
    await desk.getByRole('button', { name: '日本語の字幕を削除する' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByText('日本語の字幕を削除しますか').waitFor();
    await dialog.getByText('今の日本語の字幕 3件').waitFor();
    await assertAccessible(desk, 'the question before captions are deleted');
    await takePictures(desk, 'desk-captions-delete');
    await dialog.getByRole('button', { name: '字幕を削除する' }).click();
    await desk.getByText('日本語の字幕を削除しました。').waitFor();
    await desk.getByText('字幕はまだありません。').waitFor();
    assertKeptToItself(desk);
  });
});
