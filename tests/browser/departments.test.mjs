// Departments: the secretariat makes a code and a link, and their people sign in with either.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
let code;
let link;

before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(() => Promise.all([site?.stop(), browser?.stop()]));

const who = async (page) => (await page.textContent('.who-name')).trim();

test('a clerk makes a department’s code and link, and sets its meetings', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
  await page.getByRole('link', { name: '部署', exact: true }).click();
  await page.getByText('まだ部署はありません').waitFor();
  await assertReadsWell(page, 'departments-none');
  await page.getByLabel('市区町村').selectOption({ label: '八王子市' });
  await page.getByLabel('部署', { exact: true }).fill('環境政策課');
  await page.getByLabel('適応策分科会').check();
  await page.getByRole('button', { name: 'コードを作る' }).click();
  code = (await page.locator('.department-code').textContent()).trim();
  assert.match(code, /^[2-9A-Z]{5}-[2-9A-Z]{5}$/);
  link = await page.getByRole('textbox', { name: '招待リンク' }).inputValue();
  const letter = await page.getByRole('textbox', { name: 'お知らせの文面' }).inputValue();
  assert.ok(letter.includes(link) && letter.includes(code) && letter.includes('八王子市 環境政策課'));
  const row = page.locator('tbody tr', { hasText: '八王子市 環境政策課' });
  assert.ok(await row.getByLabel('適応策分科会').isChecked());
  assert.ok(!(await row.getByLabel('緩和策分科会').isChecked()));
  await assertReadsWell(page, 'departments');
  await page.reload();
  await row.waitFor();
  assert.equal(await page.locator('.department-code').count(), 0, 'a code is shown once');
  await context.close();
});

test('with the code people sign in, by name or without, and come back as the same one', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(`${site.address}/sign-in?next=/videos/rec-adaptation-1`);
  await assertReadsWell(page, 'sign-in-departments');
  const form = page.locator('form', { hasText: '部署のコード' });
  await form.getByLabel('市区町村と部署').selectOption({ label: '環境政策課' });
  await form.getByLabel('部署のコード').fill('AAAAA-AAAAA');
  await form.getByRole('button').click();
  await page.getByText('お名前かパスワードが違います。').waitFor();
  await form.getByLabel('部署のコード').fill(code.toLowerCase().replace('-', ''));
  await form.getByLabel('お名前').fill('山田 花子');
  await form.getByRole('button').click();
  await page.waitForURL('**/videos/rec-adaptation-1');
  assert.match(await who(page), /八王子市 環境政策課/);
  // Its meeting’s record is its own to watch: not ready, but not refused.
  await page.getByText('動画を準備しています').waitFor();
  const first = await page.evaluate(() => fetch('/api/me').then((reply) => reply.json()));
  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.getByRole('link', { name: 'サインイン' }).waitFor();
  await page.goto(`${site.address}/sign-in`);
  await form.getByLabel('市区町村と部署').selectOption({ label: '環境政策課' });
  await form.getByLabel('部署のコード').fill(code);
  await form.getByLabel('お名前').fill(' 山田 花子 ');
  await form.getByRole('button').click();
  await page.getByRole('button', { name: 'サインアウト' }).waitFor();
  const again = await page.evaluate(() => fetch('/api/me').then((reply) => reply.json()));
  assert.deepEqual(again.viewer, first.viewer);
  await context.close();
  const { departments } = await site.json('GET', '/api/desk/departments');
  assert.equal(departments[0].people, 1);
});

test('the link leads to a page that signs in when it is asked to, and not before', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(link);
  await page.getByText('八王子市 環境政策課').waitFor();
  assert.equal((await page.evaluate(() => fetch('/api/me').then((reply) => reply.json()))).viewer, null);
  await assertReadsWell(page, 'join');
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.getByRole('button', { name: 'サインアウト' }).waitFor();
  assert.match(await who(page), /八王子市 環境政策課/);
  await context.close();
});

test('a new code makes the old one and its link void; a removed department is signed out', async () => {
  const context = await browser.context();
  const member = await openPage(context, site);
  await member.goto(link);
  await member.getByRole('button', { name: 'サインイン' }).click();
  await member.getByRole('button', { name: 'サインアウト' }).waitFor();

  const desk = await browser.context();
  const page = await openPage(desk, site);
  await signIn(page, site, secretariat, '/desk/departments');
  await page.getByRole('button', { name: '新しいコード' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '新しいコード' }).click();
  await page.locator('.department-code').waitFor();
  assert.notEqual((await page.locator('.department-code').textContent()).trim(), code);
  const stranger = await openPage(await browser.context(), site);
  const reply = await stranger.goto(link);
  assert.equal(reply.status(), 404);
  await stranger.getByText('この招待リンクは使えなくなりました').waitFor();
  await assertReadsWell(stranger, 'join-void');

  await page.getByRole('button', { name: '外す' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '外す' }).click();
  await page.getByText('まだ部署はありません').waitFor();
  await member.goto(site.address);
  await member.getByRole('link', { name: 'サインイン' }).waitFor();
  await context.close();
  await desk.close();
});

test('only the secretariat sees to departments', async () => {
  assert.equal((await fetch(`${site.address}/api/desk/departments`)).status, 401);
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  assert.equal(await page.evaluate(() => fetch('/api/desk/departments').then(({ status }) => status)), 403);
  assert.equal((await page.goto(`${site.address}/desk/departments`)).status(), 403);
  await context.close();
});
