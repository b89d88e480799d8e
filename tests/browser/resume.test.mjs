// Who comes back goes on where they were, also from another computer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { assertAccessible, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays, videoFacts } from './support/player.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  site = await startSite();
  browser = await startBrowser();
  media = await mediaFolder();
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 120, size: '426x240', bitrate: '200k' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

/** A browser that knows nothing of the visits before. */
async function visit(who, work, query = '') {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, who, '/');
  await page.goto(`${site.address}/videos/lec-01${query}`);
  await work(page);
  assertKeptToItself(page);
  await context.close();
}

const question = (page) => page.getByRole('button', { name: /前回の続き/ });
const startButton = (page) => page.getByRole('button', { name: '再生' }).first();

test('who comes back is asked, and goes on', { timeout: 120_000 }, async () => {
  await visit(viewer, async (page) => {
    await startButton(page).click();
    await assertPlays(page);
    assert.equal(await question(page).count(), 0, 'nobody was here before');
    await page.locator('.player').focus();
    await page.keyboard.press('5');
    await page.waitForFunction(() => document.querySelector('video').currentTime > 60);
    await page.keyboard.press('k');
    await eventually('the place is kept', async () => {
      const answer = await page.evaluate(() => fetch('/api/videos/lec-01/play', { method: 'POST' }).then((reply) => reply.json()));
      return answer.place_s >= 60 && answer.place_s < 70;
    });
  });
  await visit(viewer, async (page) => {
    await question(page).waitFor();
    await startButton(page).waitFor();
    await takePictures(page, 'watch-go-on');
    await assertAccessible(page, 'the question whether to go on');
    await question(page).click();
    await page.waitForFunction(() => document.querySelector('video').currentTime >= 60);
    await assertPlays(page);
    assert.equal(await question(page).count(), 0);
    await page.locator('.player').focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.querySelector('video').ended);
    const next = page.locator('.player').getByRole('link', { name: /^次の動画/ });
    assert.equal(await next.getAttribute('href'), '/videos/lec-02');
    await takePictures(page, 'watch-next');
    await assertAccessible(page, 'the way to the next video');
    await page.keyboard.press('Home');
    await next.waitFor({ state: 'detached' });
  });
  await visit(viewer, async (page) => {
    await startButton(page).waitFor();
    assert.equal(await question(page).count(), 0, 'it was watched to its end');
  });
});

test('a place in the address comes first, and nobody sees the place of another', { timeout: 120_000 }, async () => {
  await visit(viewer, (page) => page.evaluate(() => fetch('/api/videos/lec-01/place', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"at_s":75}',
  })));
  await visit(viewer, async (page) => {
    await startButton(page).click();
    await assertPlays(page);
    assert.ok((await videoFacts(page)).time < 60, 'where the address says');
    assert.equal(await question(page).count(), 0);
  }, '?t=40');
  await visit(secretariat, async (page) => {
    await startButton(page).waitFor();
    assert.equal(await question(page).count(), 0);
  });
});

test('whom the server does not know the browser asks', { timeout: 120_000 }, async () => {
  await site.json('PATCH', '/api/desk/videos/lec-01', { audience: 'everybody' });
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(`${site.address}/videos/lec-01`);
  await startButton(page).click();
  await assertPlays(page);
  assert.equal(await question(page).count(), 0);
  await page.locator('.player').focus();
  await page.keyboard.press('5');
  await page.waitForFunction(() => document.querySelector('video').currentTime > 60);
  await page.keyboard.press('k');
  await page.waitForFunction(() => Number(localStorage.getItem('kiroku.place.lec-01')) >= 60);
  await page.reload();
  await question(page).click();
  await page.waitForFunction(() => document.querySelector('video').currentTime >= 60);
  await page.locator('.player').focus();
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.querySelector('video').ended && localStorage.getItem('kiroku.place.lec-01') === null);
  assertKeptToItself(page);
  await context.close();
});
