// Finding things: by words, by the feed and the calendar.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertKeptToItself, assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { startSite, viewer } from './support/site.mjs';

let site;
let browser;

before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(() => Promise.all([site?.stop(), browser?.stop()]));

test('a word in the masthead leads to sessions, videos, news and handouts, by keyboard alone', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(site.address);
  await page.locator('.find input').focus();
  await page.keyboard.type('適応');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=/);
  assert.match(await page.textContent('.search-count'), /^1[0-9]件$/);
  for (const kind of ['動画', '会議', 'お知らせ', '資料'])
    assert.ok(await page.locator('.search-kind', { hasText: kind }).count(), kind);
  assert.equal(await page.inputValue('#search-words'), '適応');
  await assertReadsWell(page, 'search');
  await page.getByRole('link', { name: '適応策分科会 第2回', exact: true }).first().click();
  await page.waitForURL('**/sessions/adaptation-2021-2');
  await context.close();
});

test('what is said is found by who may watch it, and leads to its second', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(`${site.address}/search?q=${encodeURIComponent('照明を順に')}`);
  assert.match(await page.textContent('.search-count'), /見つかりませんでした/);
  await assertReadsWell(page, 'search-nothing');
  await signIn(page, site, viewer, '/');
  await page.goto(`${site.address}/search?q=${encodeURIComponent('照明を順に')}`);
  const moment = page.locator('.search-moments a').first();
  assert.match(await moment.textContent(), /0:45.*公共施設の照明を順に入れ替えました/s);
  assert.equal(await moment.getAttribute('href'), '/videos/lec-01?t=45');
  await assertReadsWell(page, 'search-speech');
  await context.close();
});

test('an empty search is a form, and no words break the page', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(`${site.address}/search`);
  assert.equal(await page.locator('.search-count').count(), 0);
  await assertReadsWell(page, 'search-empty');
  for (const words of ['"', '" OR "', '*', 'NEAR(', '<script>alert(1)</script>', '%00', 'あ'.repeat(500), '(((((']) {
    const reply = await page.goto(`${site.address}/search?q=${encodeURIComponent(words)}`);
    assert.equal(reply.status(), 200, words);
  }
  assertKeptToItself(page);
  await context.close();
});

test('English is a switch that stays, and leads back', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(`${site.address}/sessions/adaptation-2021-2`);
  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL('**/sessions/adaptation-2021-2');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.getByText('Add to calendar').waitFor();
  await page.goto(site.address);
  await page.getByRole('heading', { name: 'News' }).waitFor();
  await assertReadsWell(page, 'home-english');
  await page.getByRole('link', { name: '日本語' }).click();
  await page.getByRole('heading', { name: 'お知らせ' }).waitFor();
  for (const next of ['//elsewhere.example', 'https://elsewhere.example/', '/\\elsewhere.example', '/%0d%0aSet-Cookie:x']) {
    const reply = await fetch(`${site.address}/language/en?next=${next}`, { redirect: 'manual' });
    assert.equal(reply.headers.get('location'), '/', next);
  }
  await context.close();
});

test('the feed is Atom, the calendar iCalendar', async () => {
  const feed = await fetch(`${site.address}/feed.atom`);
  assert.equal(feed.headers.get('content-type'), 'application/atom+xml; charset=utf-8');
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(site.address);
  const told = await page.evaluate((xml) => {
    const parsed = new DOMParser().parseFromString(xml, 'application/xml');
    return {
      errors: parsed.querySelectorAll('parsererror').length,
      titles: [...parsed.querySelectorAll('entry > title')].map(({ textContent }) => textContent),
      ids: [...parsed.querySelectorAll('entry > id')].map(({ textContent }) => textContent),
    };
  }, await feed.text());
  assert.equal(told.errors, 0);
  assert.equal(told.titles[0], '第2回分科会の資料を掲載');
  assert.ok(told.titles.includes('動画を公開：脱炭素社会に向けた市区町村の役割'));
  assert.equal(new Set(told.ids).size, told.ids.length);

  const calendar = await fetch(`${site.address}/calendar.ics`);
  assert.equal(calendar.headers.get('content-type'), 'text/calendar; charset=utf-8');
  const lines = (await calendar.text()).replaceAll('\r\n ', '').split('\r\n');
  assert.ok(lines.includes('UID:session-adaptation-2021-2@127.0.0.1'));
  assert.ok(lines.includes('DTSTART:20211027T043000Z'));
  await page.getByRole('link', { name: '適応策分科会 第2回' }).first().click();
  const link = await page.getByRole('link', { name: 'カレンダーに追加' }).getAttribute('href');
  const one = await (await fetch(site.address + link)).text();
  assert.equal(one.match(/BEGIN:VEVENT/g).length, 1);
  await context.close();
});
