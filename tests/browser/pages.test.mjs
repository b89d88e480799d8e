// Every page of the demo as it is found: with scripts and without, for eyes and for a screen reader.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertKeptToItself, assertReadsWell, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

const SMALL_PAGE_BYTES = 20_000;
const WATCH_SCRIPT_BYTES = 340_000;

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  const recording = await makeRecording(media.folder, { seconds: 6, size: '426x240' });
  for (const video of ['lec-01', 'rec-adaptation-1']) await site.giveRecording(video, recording);
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

/** Looks at a page in every way, and gives it open at the desk's size. */
async function look(context, target, name, status) {
  const page = await openPage(context, site);
  const answer = await page.goto(site.address + target);
  assert.equal(answer.status(), status, target);
  await page.waitForLoadState('networkidle');
  await assertReadsWell(page, name);
  return page;
}

const scripts = (page) => [...page.seen.bytes].filter(([path]) => path.endsWith('.js'));
const sum = (pairs) => pairs.reduce((total, [, bytes]) => total + bytes, 0);

const anonymousPages = [
  ['/', 'home', 200],
  ['/sessions/adaptation-2021-2', 'session-ahead', 200],
  ['/sessions/mitigation-2021-1', 'session-held', 200],
  ['/sessions/meeting-2021-kickoff', 'session-ended-materials', 200],
  ['/sessions/site-visit-2021', 'session-cancelled', 200],
  ['/sessions/mitigation-2021-3', 'session-fuzzy', 200],
  ['/years/2021', 'year', 200],
  ['/sign-in', 'sign-in', 200],
  ['/videos/lec-01', 'watch-sign-in-needed', 401],
  ['/videos/nowhere', 'not-found', 404],
  ['/nowhere', 'no-such-page', 404],
];

for (const [target, name, status] of anonymousPages)
  test(`${name} reads well`, async () => {
    const context = await browser.context();
    const page = await look(context, target, name, status);
    const whole = sum([...page.seen.bytes]);
    assert.ok(sum(scripts(page)) <= SMALL_PAGE_BYTES, `scripts of ${name}: ${sum(scripts(page))}`);
    assert.ok(whole <= 2 * SMALL_PAGE_BYTES, `${name} with all that it needs: ${whole}`);
    await context.close();
  });

test('pages read and lead on without scripts', async () => {
  const context = await browser.context({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.address);
  assert.match(await page.textContent('main'), /12月28日\(火\)まで/);
  await page.getByRole('link', { name: '適応策分科会 第2回' }).first().click();
  assert.equal(new URL(page.url()).pathname, '/sessions/adaptation-2021-2');
  assert.match(await page.textContent('main'), /10月27日\(水\) 13:30〜16:30/);
  assert.match(await page.textContent('main'), /会場参加、Zoom参加/);
  await context.close();
});

test('the home page tells what is due, what is new and what was called off', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(site.address);
  assert.equal(await page.locator('.left-days').first().textContent(), '64');
  assert.equal(await page.locator('.lecture').count(), 6);
  assert.equal(await page.locator('.new').count(), 1);
  assert.equal(await page.locator('s', { hasText: '現地見学会' }).count(), 1);
  assert.match(await page.locator('.banner').textContent(), /デモ/);
  await context.close();
});

test('who is signed in watches, with chapters and a deadline', async () => {
  const context = await browser.context();
  const first = await openPage(context, site);
  await signIn(first, site, viewer, '/videos/lec-01');
  assertKeptToItself(first);
  const page = await look(context, '/videos/lec-01', 'watch', 200);
  await page.getByRole('button', { name: '再生' }).first().waitFor();
  assert.match(await page.textContent('.watch-until'), /12月28日\(火\)まで\s*残り64日/);
  assert.ok(sum(scripts(page)) <= WATCH_SCRIPT_BYTES, `scripts of the watch page: ${sum(scripts(page))}`);
  await look(context, '/videos/lec-02', 'watch-not-ready', 200);
  await look(context, '/videos/rec-adaptation-1', 'watch-registered', 200);
  await look(context, '/videos/rec-mitigation-1', 'watch-not-registered', 403);
  const session = await look(context, '/sessions/adaptation-2021-1', 'session-recorded', 200);
  const place = session.locator('.programme').getByRole('link', { name: /^録画で見る\(0:00から\)$/ });
  assert.equal(await place.getAttribute('href'), '/videos/rec-adaptation-1?t=0');
  await look(context, '/desk', 'desk-forbidden', 403);
  await context.close();
});

test('the secretariat finds its desk', async () => {
  const context = await browser.context();
  const first = await openPage(context, site);
  await signIn(first, site, secretariat, '/desk');
  const list = await look(context, '/desk', 'desk', 200);
  assert.ok(await list.getByRole('row').count() > 6);
  const details = await look(context, '/desk/videos/lec-01', 'desk-video', 200);
  await details.getByLabel('題名', { exact: true }).waitFor();
  assert.equal(await details.getByLabel('題名', { exact: true }).inputValue(), '脱炭素社会に向けた市区町村の役割');
  await assertAccessible(details, 'the desk’s form');
  await details.getByRole('button', { name: 'この動画を削除する' }).click();
  await details.getByRole('dialog').waitFor();
  await assertAccessible(details, 'the question before deleting');
  await takePictures(details, 'desk-delete');
  await context.close();
});

test('a control whose name leaves out what is seen of it is found', async () => {
  const context = await browser.context();
  const page = await context.newPage();
  const holding = (controls) => page.setContent(`<html lang="ja"><title>名前</title><main><h1>名前</h1>${controls}</main></html>`);
  await holding('<a href="/a" aria-label="「講演スライド(PDF)」のページを見る">ページを見る</a> <button aria-label="前へ">↑</button>');
  await assertAccessible(page, 'names that hold what is seen');
  await holding('<a href="/a" aria-label="資料を開く">ページを見る</a> <h2 id="b">資料</h2><button aria-labelledby="b">ダウンロード</button>');
  await assert.rejects(assertAccessible(page, 'names that do not'), /“ページを見る” is not in the name “資料を開く”[^]*“ダウンロード” is not in the name “資料”/);
  await context.close();
});

test('before an opening and after an end a page says so calmly', async () => {
  const early = await startSite({ clock: '2021-06-28T23:00:00+09:00' });
  const late = await startSite({ clock: '2021-12-29T00:00:00+09:00' });
  const context = await browser.context();
  try {
    for (const [at, status, name, words] of [
      [early, 403, 'watch-before', /6月29日\(火\)0:00に公開します/],
      [late, 410, 'watch-after', /12月28日\(火\)で公開を終えました/],
    ]) {
      const page = await openPage(context, at);
      assert.equal((await page.goto(`${at.address}/videos/lec-01`)).status(), status);
      assert.match(await page.textContent('main'), words);
      await assertAccessible(page, name);
      await takePictures(page, name);
      assertKeptToItself(page);
    }
    await early.startAgain('2021-06-28T23:59:50+09:00');
    const waiting = await openPage(context, early);
    await waiting.goto(`${early.address}/videos/lec-01`);
    assert.match(await waiting.getByRole('timer').textContent(), /^公開まで 0:(10|0\d)$/);
    await waiting.getByRole('heading', { name: 'まだ公開前です' }).waitFor({ state: 'detached' });
    assert.match(await waiting.textContent('main'), /サインイン/);
    const home = await openPage(context, late);
    await home.goto(late.address);
    await takePictures(home, 'home-after');
    assert.match(await home.textContent('main'), /公開を終えた動画講演\(6本\)/);
  } finally {
    await Promise.all([early.stop(), late.stop(), context.close()]);
  }
});
