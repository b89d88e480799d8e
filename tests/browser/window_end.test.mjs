// The window closes while somebody watches: words, not an error, in the same second as the server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { drawPdf } from '../support/node/pdf.mjs';
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

test('with the clock just before an end, lists change in the same second as the server, and then are new', { timeout: 240_000 }, async () => {
  const end = Date.parse('2021-12-29T00:00:00+09:00');
  await site.json('PATCH', '/api/desk/videos/lec-01', { window: { opens_at: '2021-06-29', closes_at: '2021-12-28' } });
  await site.giveHandout('mat-lec-01', await drawPdf(['適応策の手引き']));
  await site.startAgain('2021-12-28T23:59:20+09:00');
  const context = await browser.context();
  const watching = await openPage(context, site);
  await signIn(watching, site, viewer, '/videos/lec-01');
  await watching.getByRole('button', { name: '再生' }).first().click();
  await assertPlays(watching);
  const home = await openPage(context, site);
  await home.goto(site.address);
  const lecture = home.locator('.lecture').filter({ hasText: '脱炭素社会に向けた市区町村の役割' });
  assert.match(await lecture.textContent(), /本日まで/);
  await home.locator('.schedule a').first().focus();
  const focused = await home.evaluate(() => document.activeElement.getAttribute('href'));
  const reading = await openPage(context, site);
  await reading.goto(`${site.address}/materials/mat-lec-01/pages`);
  assert.equal(await reading.locator('.reading-page img').count(), 1);

  assert.ok((await serverNow()) < end, 'the pages are open before the end');
  await Promise.all([
    lecture.getByText('12月28日(火)で公開終了').waitFor({ timeout: 60_000 }),
    watching.getByText(/公開は.*で終わりました/).waitFor({ timeout: 60_000 }),
    watching.locator('.materials').getByText('12月28日(火)で公開終了').waitFor({ timeout: 60_000 }),
    reading.locator('[data-window]').getByText('12月28日(火)で公開終了').waitFor({ timeout: 60_000 }),
  ]);
  const late = (await serverNow()) - end;
  assert.ok(late >= 0 && late < 1500, `the last of the words came ${late} ms after the end`);
  assert.doesNotMatch(await lecture.textContent(), /本日まで/);
  assert.equal(await reading.locator('.reading-page img').count(), 0);
  assert.equal(await watching.locator('.materials a').count(), 0);
  assert.match(await home.locator('[role=status]').last().textContent(), /脱炭素社会に向けた市区町村の役割.*公開終了/);
  // What stays is where it was, not in the narrow place of what went.
  assert.ok((await lecture.locator('.lecture-words').boundingBox()).width > 300);
  await takePictures(home, 'home-ends-meanwhile');
  await takePictures(reading, 'handout-ends-meanwhile');
  await assertAccessible(home, 'the home page as lectures end');

  // The lists come anew without a reload, and whoever was somewhere in them stays there.
  await home.getByText(/公開を終えた動画講演/).waitFor({ timeout: 40_000 });
  assert.equal(await home.locator('.lecture').count(), 0);
  assert.equal(await home.evaluate(() => document.activeElement.getAttribute('href')), focused);
  await reading.getByRole('heading', { name: '公開を終えました' }).waitFor({ timeout: 40_000 });
  for (const page of [watching, home, reading]) assertKeptToItself(page);
  await context.close();
});

test('a list shows in its second what opens', { timeout: 120_000 }, async () => {
  await site.startAgain('2021-06-28T23:59:45+09:00');
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(site.address);
  const lecture = page.locator('.lecture').filter({ hasText: '脱炭素社会に向けた市区町村の役割' });
  assert.match(await lecture.textContent(), /6月29日\(火\)から/);
  await lecture.getByText('12月28日(火)まで').waitFor({ timeout: 60_000 });
  const late = (await serverNow()) - Date.parse('2021-06-29T00:00:00+09:00');
  assert.ok(late >= 0 && late < 1500, `the words came ${late} ms after the opening`);
  await page.locator('.left-days').first().waitFor({ timeout: 40_000 });
  assertKeptToItself(page);
  await context.close();
});
