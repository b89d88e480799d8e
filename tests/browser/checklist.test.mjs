// Before publishing: what is done and what is not, in words; a reason asked for, kept and shown.
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

test('a clerk sees what is not done, and publishes with a reason that stays to be read', async () => {
  await site.json('PATCH', '/api/desk/videos/lec-01', { published: false });
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk/videos/lec-01');
  const list = page.getByRole('list', { name: '公開前の確認' });
  await list.waitFor();
  const told = await list.getByRole('listitem').allInnerTexts();
  assert.equal(told.length, 6);
  assert.match(told[0], /要確認\s*音声 入っていません。/);
  assert.match(told[2], /済\s*公開期間 決めてあります。/);
  await assertReadsWell(page, 'desk-checklist');

  await page.getByRole('button', { name: '公開する' }).click();
  const dialog = page.getByRole('dialog', { name: '確認が済んでいないまま公開しますか' });
  await dialog.getByText('済んでいないもの: 音声、サムネイル、資料').waitFor();
  const publish = dialog.getByRole('button', { name: '理由を記録して公開する' });
  assert.ok(await publish.isDisabled());
  await assertReadsWell(page, 'desk-checklist-reason');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await site.json('GET', '/api/desk/videos/lec-01')).published, false);

  await page.getByRole('button', { name: '公開する' }).click();
  await dialog.getByLabel('公開する理由').fill('録画は午後に届く');
  await publish.click();
  await page.getByText('公開しました。', { exact: true }).waitFor();
  await page.getByText(/10月25日\(月\)09:\d\dにjimukyokuが、.*理由: 録画は午後に届く/).waitFor();
  await assertReadsWell(page, 'desk-checklist-published');
  await context.close();
});

test('many at once ask for one reason', async () => {
  for (const id of ['lec-02', 'lec-03']) await site.json('PATCH', `/api/desk/videos/${id}`, { published: false });
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk/windows');
  await page.getByLabel('公共施設の省エネルギー改修の進め方').first().check();
  await page.getByLabel('水害に備える適応策と防災部署との連携').first().check();
  await page.getByRole('radio', { name: '公開する' }).check();
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.getByText('公開前の確認が済んでいません: ').first().waitFor();
  const apply = page.getByRole('button', { name: '2件を変更する' });
  assert.ok(await apply.isDisabled());
  await assertReadsWell(page, 'desk-windows-reason');
  await page.getByLabel('公開する理由').fill('録画は午後に届く');
  await apply.click();
  await page.getByText('2件を変更しました。').waitFor();
  await page.getByRole('button', { name: '元に戻す' }).click();
  await page.getByText('2件を元に戻しました。').waitFor();
  await context.close();
});
