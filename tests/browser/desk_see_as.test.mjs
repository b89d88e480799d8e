// The site as somebody else sees it, at any instant: who and when chosen, what they would see and why not, told at the desk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;

before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(() => Promise.all([site?.stop(), browser?.stop()]));

const rowOf = (page, title) => page.locator('.see-as-table tbody tr').filter({ hasText: title }).first();

test('a clerk looks as an unregistered department a minute before the lectures close, and a minute later', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
  await page.getByRole('link', { name: '見え方を確かめる' }).click();
  await page.getByText('10月25日(月)09:00に見られるのは、').waitFor();
  assert.match(await rowOf(page, '脱炭素社会に向けた市区町村の役割').innerText(), /サインインが必要/);
  await assertReadsWell(page, 'desk-see-as');

  await page.getByRole('radio', { name: '市区町村の職員' }).check();
  await page.getByText('市区町村を選んでください。').waitFor();
  await page.getByRole('combobox', { name: '市区町村' }).selectOption({ label: '千代田区' });
  await page.getByLabel('見る日').fill('2021-12-28');
  await page.getByLabel('見る時刻').fill('23:59');
  await page.getByText('(火)', { exact: true }).waitFor();
  await page.getByText('12月28日(火)23:59に見られるのは、').waitFor();
  await page.getByText('参加登録: なし').waitFor();
  const lecture = rowOf(page, '脱炭素社会に向けた市区町村の役割');
  assert.match(await lecture.innerText(), /見られます[^]*12月28日\(火\)まで\(この動画の設定\)/);
  const record = rowOf(page, '適応策分科会 第1回 記録動画');
  assert.match(await record.innerText(), /参加登録が必要[^]*参加登録した部署[^]*「適応策分科会」に参加登録をしていません。/);
  await assertReadsWell(page, 'desk-see-as-unregistered');

  await page.getByRole('combobox', { name: '部署' }).selectOption({ label: '環境課' });
  await page.getByText('参加登録: 「適応策分科会」').waitFor();
  assert.match(await record.innerText(), /見られます/);
  await page.getByLabel('見る日').fill('2021-12-29');
  await page.getByLabel('見る時刻').fill('00:00');
  await page.getByText('12月29日(水)00:00に見られるのは、').waitFor();
  assert.match(await lecture.innerText(), /公開終了/);
  await page.getByRole('combobox', { name: '表示するもの' }).selectOption({ label: '見られるもの' });
  assert.equal(await lecture.count(), 0);
  assert.equal(await record.count(), 1);

  // The address tells who and when: opened again, or sent to a colleague, it shows the same.
  await page.reload();
  await page.getByText('12月29日(水)00:00に見られるのは、').waitFor();
  assert.equal(await page.getByRole('combobox', { name: '部署' }).inputValue(), '環境課');
  await context.close();
});

test('only the secretariat gets there', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  assert.equal((await page.goto(`${site.address}/desk/see-as`)).status(), 403);
  await context.close();
});

test('a clerk goes through the site as somebody else, under a bar that says so', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
  await page.goto(`${site.address}/desk/see-as?viewer=staff&municipality=131016&at=2021-12-28T14:59:00Z`);
  await page.getByRole('link', { name: 'この相手と日時で、トップページを見る' }).click();
  const bar = page.getByRole('complementary', { name: '見え方を確かめる' });
  await bar.getByText('千代田区 参加登録をしていない部署として、12月28日(火)23:59の表示').waitFor();
  await assertReadsWell(page, 'seen-as-home');
  await page.getByRole('main').getByRole('link', { name: '脱炭素社会に向けた市区町村の役割' }).first().click();
  await page.getByRole('heading', { name: /脱炭素社会に向けた市区町村の役割/ }).waitFor();
  await bar.getByText('12月28日(火)23:59の表示').waitFor();
  await assertReadsWell(page, 'seen-as-lecture');
  await bar.getByRole('link', { name: '相手と日時を変える' }).click();
  await page.getByText('12月28日(火)23:59に見られるのは、').waitFor();
  await page.getByLabel('見る日').fill('2021-12-29');
  await page.getByLabel('見る時刻').fill('00:00');
  await page.getByText('12月29日(水)00:00に見られるのは、').waitFor();
  await page.getByRole('link', { name: /^ページを見る\s*「脱炭素社会に向けた市区町村の役割」$/ }).click();
  await page.getByRole('heading', { name: '公開を終えました' }).waitFor();
  await assertReadsWell(page, 'seen-as-closed');
  await context.close();
});
