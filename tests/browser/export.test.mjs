// The handover, from a web server that knows nothing of Kiroku, and from the disk.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runProgram } from '../support/node/program.mjs';
import { serveFolder } from '../support/node/static_server.mjs';
import { assertAccessible, assertFits, assertKeptToItself, openPage, sizes, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays, videoFacts } from './support/player.mjs';
import { kiroku, startSite } from './support/site.mjs';

let browser;
let media;
let folder;
let shelf;

before(async () => {
  const site = await startSite();
  try {
    [browser, media] = await Promise.all([startBrowser(), mediaFolder()]);
    await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 60, size: '426x240', bitrate: '200k' }));
    folder = path.join(media.folder, 'handover');
    const made = await runProgram(kiroku, ['export', folder, '--data', site.data]);
    assert.equal(made.code, 0, made.errors);
  } finally {
    await site.stop();
  }
  shelf = await serveFolder(folder);
});
after(() => Promise.all([shelf?.close(), browser?.stop(), media?.remove()]));

test('each kind of page reads well, fits, and asks nobody else', { timeout: 120_000 }, async () => {
  const context = await browser.context();
  for (const [name, file] of [['export-index', 'index.html'], ['export-session', 'sessions/meeting-2021-kickoff.html'],
    ['export-cancelled', 'sessions/site-visit-2021.html'], ['export-video', 'videos/lec-01.html'], ['export-without', 'videos/lec-02.html'], ['export-report', 'reports/2021.html']]) {
    const page = await openPage(context, shelf);
    assert.equal((await page.goto(`${shelf.address}/${file}`)).status(), 200, file);
    await takePictures(page, name);
    await assertAccessible(page, name);
    for (const width of [320, sizes.hand.width]) {
      await page.setViewportSize({ width, height: 600 });
      await assertFits(page, `${name} at ${width}`);
    }
    assertKeptToItself(page);
    await page.close();
  }
  await context.close();
});

test('a recording plays from any web server, and goes to its chapters', { timeout: 120_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, shelf);
  await page.goto(`${shelf.address}/index.html`);
  await page.getByRole('link', { name: '脱炭素社会に向けた市区町村の役割' }).first().click();
  await page.waitForURL(/videos\/lec-01\.html$/);
  await page.evaluate(() => document.querySelector('video').play());
  await assertPlays(page);
  await page.getByRole('link', { name: /^0:45 / }).click();
  await page.waitForFunction(() => document.querySelector('video').currentTime > 45.2);
  assert.ok((await videoFacts(page)).duration > 59);
  assert.equal(await page.locator('[data-when]:visible').count(), 0);
  assertKeptToItself(page);
  await context.close();
});

test('opened from the disk the pages read, and say what playing needs', async () => {
  const context = await browser.context();
  const page = await context.newPage();
  await page.goto(pathToFileURL(path.join(folder, 'index.html')).href);
  await page.getByRole('link', { name: '脱炭素社会に向けた市区町村の役割' }).first().click();
  await page.getByText('ファイルをそのまま開いたときは再生できません').waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(251, 250, 246)', 'its style sheet is there');
  await page.getByRole('navigation').getByRole('link', { name: 'ホーム' }).click();
  await page.getByRole('heading', { name: 'お知らせ' }).waitFor();
  await context.close();
});
