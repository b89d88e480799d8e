// The check of a viewer's place: what it finds, recommends, sets and tells the secretariat.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { makeSlides, mediaFolder } from './support/media.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.giveRecording('lec-01', await makeSlides(media.folder, { each: 12, size: '320x180' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

/** Lets the page's context have so many kilobits a second. */
async function thinLine(context, page, kbps) {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: (kbps * 1000) / 8, uploadThroughput: 100_000 });
}

async function check(page) {
  await page.getByRole('button', { name: 'チェックを始める' }).click();
  await page.getByText('チェックが終わりました。').waitFor({ timeout: 90_000 });
}

test('a good line is told so, and a number can be read out', { timeout: 180_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(`${site.address}/check`);
  await assertReadsWell(page, 'check-before');
  await check(page);
  assert.match(await page.textContent('.check-words'), /そのまま視聴できます/);
  const rows = await page.locator('.check-table tbody tr').allTextContents();
  assert.equal(rows.length, 10);
  const row = (name) => rows.find((words) => words.startsWith(name));
  for (const name of ['動画の形式への対応', '設定の保存', 'クッキー', 'ファイルの一部だけの受信', '待つ通信']) assert.match(row(name), /できます/, name);
  assert.match(row('ブラウザー'), /Chrome \d+/);
  await page.getByLabel('市区町村').selectOption({ label: '八王子市' });
  await page.getByRole('button', { name: '結果を送って番号を受け取る' }).click();
  await page.getByText(/^番号：\d{3}-\d{3}$/).waitFor();
  const code = (await page.textContent('.check-code')).replaceAll(/\D/g, '');
  await assertReadsWell(page, 'check-after');

  await page.getByRole('link', { name: '情報システム担当の方へ' }).click();
  await page.getByText(site.address).first().waitFor();
  await assertReadsWell(page, 'requirements');

  // Only the secretariat reads results.
  assert.equal((await fetch(`${site.address}/api/desk/checks`)).status, 401);
  await signIn(page, site, secretariat, '/');
  await page.getByRole('link', { name: '視聴環境チェックの結果' }).click();
  const told = page.locator('tbody tr', { hasText: code });
  assert.match(await told.textContent(), /八王子市.*自動/s);
  await assertReadsWell(page, 'checks');
  await context.close();
});

test('a thin line gets sound and slides, from the next video’s beginning on', { timeout: 240_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  await page.goto(`${site.address}/check`);
  assert.equal(await page.getByLabel('市区町村').count(), 0, 'who is signed in is of a municipality');
  await thinLine(context, page, 200);
  await check(page);
  assert.match(await page.textContent('.check-words'), /「音声とスライド」で視聴できます/);
  assert.match(await page.textContent('.check-set'), /「音声とスライド」/);
  await page.getByRole('button', { name: '結果を送って' }).click();
  await page.getByText(/^番号：/).waitFor();
  const asked = page.waitForRequest((request) => /\/lec-01\/stills\/main\.m3u8$/.test(request.url()), { timeout: 120_000 });
  await page.goto(`${site.address}/videos/lec-01`, { timeout: 120_000 });
  await asked;
  await page.locator('.control-start').click({ timeout: 120_000 });
  await page.waitForFunction(() => document.querySelector('video').currentTime > 1, undefined, { timeout: 120_000 });
  await page.getByRole('button', { name: '設定' }).click();
  assert.ok(await page.getByRole('radio', { name: '音声とスライド' }).isChecked());
  const { checks } = await site.json('GET', '/api/desk/checks');
  assert.equal(checks[0].mode, 'slides');
  assert.equal(checks[0].municipality, '千代田区');
  assert.equal(checks[0].department, '環境課');
  assert.ok(checks[0].facts.rate_kbps > 120 && checks[0].facts.rate_kbps < 260, String(checks[0].facts.rate_kbps));
  await context.close();
});

test('a result that is none is refused', async () => {
  const send = (body) => fetch(`${site.address}/api/check`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  for (const body of [{}, { mode: 'auto' }, { mode: 'x', facts: {} }, { mode: 'auto', facts: [] }, { mode: 'auto', facts: {}, municipality: 'nowhere' }])
    assert.equal((await send(body)).status, 400, JSON.stringify(body));
  assert.equal((await send({ mode: 'auto', facts: { big: 'x'.repeat(9000) } })).status, 413);
  assert.equal((await fetch(`${site.address}/api/check/bytes?count=1048577`)).status, 400);
  assert.equal((await fetch(`${site.address}/api/check/bytes?count=-1`)).status, 400);
});
