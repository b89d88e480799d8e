// The log: a clerk sees who did what, narrows it, and takes back what was published by mistake.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { secretariat, startSite } from './support/site.mjs';

let site;
let browser;

before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(() => Promise.all([site?.stop(), browser?.stop()]));

test('a clerk finds a change in the log, and undoes it by a button', async () => {
  const { title } = await site.json('GET', '/api/desk/videos/lec-01');
  await site.json('PATCH', '/api/desk/videos/lec-02', { description: '資料は当日に配ります。' });
  await site.json('PATCH', '/api/desk/videos/lec-01', { published: false, window: { opens_at: '2021-11-01', closes_at: '2021-12-28' } });
  const page = await openPage(await browser.context(), site);
  await signIn(page, site, secretariat, '/desk');
  await page.getByRole('navigation', { name: '事務局の机の中の移動' }).getByRole('link', { name: '操作の記録' }).click();
  const newest = page.locator('.audit-entries > li').first();
  await newest.getByText(`${secretariat.name}が「${title}」の公開をやめました。`).waitFor();
  await newest.getByText('11月1日(月)から 12月28日(火)まで').waitFor();
  await assertReadsWell(page, 'audit');

  await page.getByLabel('何を').selectOption({ label: '動画と字幕' });
  await page.getByText('目録を取り込みました。').waitFor({ state: 'detached' });
  assert.equal(await page.locator('.audit-entries > li').count(), 2);
  await page.getByLabel('何を').selectOption({ label: '公開と公開期間' });
  await page.getByText('の内容を変えました。').waitFor({ state: 'detached' });
  await page.getByLabel('この日から').fill('2021-10-26');
  await page.getByText('当てはまる記録はありません。').waitFor();
  await page.getByLabel('この日から').fill('');

  await page.getByRole('button', { name: `「${title}」の変更を元に戻す` }).click();
  await page.getByText('元に戻しました。', { exact: true }).waitFor();
  await newest.getByText('の公開の変更を元に戻しました。').waitFor();
  assert.equal((await site.json('GET', '/api/desk/videos/lec-01')).published, true);
  await page.getByText('その後に変えられているので、元には戻せません。').waitFor();
  await assertReadsWell(page, 'audit-undone');

  // Somebody else is faster: the later one is told.
  const [entry] = (await site.json('GET', '/api/desk/audit')).entries;
  await site.json('PATCH', '/api/desk/videos/lec-01', { published: false });
  assert.equal(entry.undo, 'possible');
  await page.getByRole('button', { name: `「${title}」の変更を元に戻す` }).click();
  await page.getByRole('alert').getByText('もう一度変えられています').waitFor();
});
