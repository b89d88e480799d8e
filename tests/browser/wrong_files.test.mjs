// What is no recording gets one plain sentence at the desk, and everything else goes on.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { secretariat, startSite } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const JAPANESE_SENTENCE = /[ぁ-ん][^a-zA-Z]*。/;

async function wrongFiles() {
  const whole = await readFile(await makeRecording(media.folder, { seconds: 4, size: '320x180' }));
  const contents = {
    '文章.mp4': 'これは録画ではありません。\n'.repeat(100),
    '再生リスト.mp4': '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
    '空.mp4': '',
    '途中まで.mp4': whole.subarray(0, 600),
    '雑音.mp4': randomBytes(10_000_000),
  };
  const files = [];
  for (const [name, content] of Object.entries(contents)) {
    files.push(path.join(media.folder, name));
    await writeFile(files.at(-1), content);
  }
  return files;
}

test('each wrong file gets its sentence', { timeout: 300_000 }, async () => {
  const files = await wrongFiles();
  const context = await browser.context();
  const desk = await openPage(context, site);
  await signIn(desk, site, secretariat, '/desk');
  await desk.locator('input[type=file]').first().setInputFiles(files);
  for (const file of files) {
    const name = path.basename(file, '.mp4');
    const row = desk.locator('tr, .upload').filter({ hasText: name }).filter({ has: desk.locator('.problem') }).first();
    await row.waitFor({ timeout: 120_000 });
    assert.match(await row.locator('.problem').first().textContent(), JAPANESE_SENTENCE, name);
  }
  await assertAccessible(desk, 'the desk with failures');
  await takePictures(desk, 'desk-failures');
  assertKeptToItself(desk);
  assert.equal((await fetch(`${site.address}/healthz`)).status, 200);
  await context.close();
});
