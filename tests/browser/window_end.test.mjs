// The window closes while somebody watches: words, not an error, in the same second as the server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays } from './support/player.mjs';
import { startSite, viewer } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([
    startSite({ clock: '2021-12-28T12:00:00+09:00' }),
    startBrowser(),
    mediaFolder(),
  ]);
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 240, size: '640x360', bitrate: '200k' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const serverNow = async () => Date.parse((await site.json('GET', '/api/me')).now);

/** Closes the lecture's window so many seconds from now, and gives when. */
async function closeIn(seconds) {
  const closes = new Date((await serverNow()) + seconds * 1000);
  await site.json('PATCH', '/api/desk/videos/lec-01', {
    window: { opens_at: '2021-06-29T00:00:00+09:00', closes_at: closes.toISOString() },
  });
  return closes.getTime();
}

test('playing stops with words when the window closes', { timeout: 120_000 }, async () => {
  const closes = await closeIn(25);
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/videos/lec-01');
  await page.getByRole('button', { name: '再生' }).first().click();
  await assertPlays(page);
  await page.getByText(/公開は.*で終わりました/).waitFor({ timeout: 60_000 });
  const late = (await serverNow()) - closes;
  assert.ok(late >= 0 && late < 1500, `the words came ${late} ms after the end`);
  assert.equal(await page.locator('video').count(), 0);
  await assertAccessible(page, 'the watch page after the end');
  await takePictures(page, 'watch-ended-meanwhile');
  assert.equal((await page.reload()).status(), 410);
  assertKeptToItself(page);
  await context.close();
});

test('a window that the desk shortens stops who is watching', { timeout: 120_000 }, async () => {
  await closeIn(3600);
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/videos/lec-01');
  await page.getByRole('button', { name: '再生' }).first().click();
  await assertPlays(page);
  await closeIn(-1);
  // The bytes that are loaded play on; the first that is asked for after that is refused.
  await page.locator('.player').focus();
  await page.keyboard.press('9');
  await page.getByText('公開期間は終わりました。').waitFor({ timeout: 60_000 });
  assert.equal(await page.locator('video').count(), 0);
  await context.close();
});
