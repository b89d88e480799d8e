// Accounts: the secretariat makes them, their owners set their own passwords, and each sees what its role may.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
const organiser = { name: '主催者 佐藤', password: 'yomu-dake-no-kagi' };
const adviser = { name: '専門家 鈴木', password: 'shitsumon-ni-kotae' };

before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(() => Promise.all([site?.stop(), browser?.stop()]));

const row = (page, name) => page.locator('tbody tr', { hasText: name });
/** What an address answers a page's own script. */
const status = (page, method, address) =>
  page.evaluate(([how, where]) => fetch(where, { method: how }).then((reply) => reply.status), [method, address]);

async function makeAccount(page, { name }, role) {
  await page.getByLabel('アカウント名').fill(name);
  await page.getByLabel('役割').selectOption({ label: role });
  await page.getByRole('button', { name: '加えてリンクを作る' }).click();
  await page.getByRole('heading', { name: `${name}のパスワード設定リンク` }).waitFor();
  return page.getByRole('textbox', { name: 'パスワード設定リンク' }).inputValue();
}

async function setPassword(page, link, { password }) {
  await page.goto(link);
  await page.getByLabel('新しいパスワード').fill(password);
  await page.getByLabel('もう一度入力').fill(password);
  await page.getByRole('button', { name: '設定する' }).click();
  await page.waitForURL('**/sign-in?next=%2Fdesk');
}

test('a clerk makes accounts, and hands each a link that its owner sets the password with', async () => {
  const desk = await browser.context();
  const page = await openPage(desk, site);
  await signIn(page, site, secretariat, '/desk');
  await page.getByRole('link', { name: 'アカウント' }).click();
  await row(page, secretariat.name).getByText('利用中').waitFor();
  assert.equal(await row(page, secretariat.name).getByRole('button', { name: '停止' }).count(), 0, 'one’s own cannot be disabled');
  const link = await makeAccount(page, organiser, '主催者（閲覧のみ）');
  await row(page, organiser.name).getByText('パスワード未設定').waitFor();
  await assertReadsWell(page, 'accounts');

  const context = await browser.context();
  const owner = await openPage(context, site);
  await owner.goto(link);
  await assertReadsWell(owner, 'password');
  await owner.getByLabel('新しいパスワード').fill(organiser.password);
  await owner.getByLabel('もう一度入力').fill('another-password');
  await owner.getByRole('button', { name: '設定する' }).click();
  await owner.getByText('2つのパスワードが違います。').waitFor();
  await setPassword(owner, link, organiser);
  assert.equal((await owner.goto(link)).status(), 404);
  await owner.getByText('このリンクは使えなくなりました').waitFor();
  await assertReadsWell(owner, 'password-void');

  await setPassword(owner, await makeAccount(page, adviser, 'アドバイザー'), adviser);
  await context.close();
  await desk.close();
});

test('an organiser reads the desk and changes nothing', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, organiser, '/desk');
  await page.getByText('閲覧だけのアカウントです。').waitFor();
  assert.ok(!(await page.locator('.drop').isVisible()), 'nothing is asked for that would be refused');
  await assertReadsWell(page, 'desk-reading');
  await page.goto(`${site.address}/desk/videos/lec-01`);
  const title = page.getByLabel('題名', { exact: true });
  await title.waitFor();
  assert.ok(await title.isDisabled());
  await page.goto(`${site.address}/desk/departments`);
  assert.ok(await page.getByRole('button', { name: 'コードを作る' }).isDisabled());
  assert.equal(await status(page, 'GET', '/api/desk/videos'), 200);
  assert.equal(await status(page, 'DELETE', '/api/desk/videos/lec-01'), 403);
  assert.equal(await status(page, 'GET', '/api/desk/accounts'), 403);
  assert.equal((await page.goto(`${site.address}/desk/accounts`)).status(), 403);
  await page.goto(site.address);
  assert.equal(await page.getByRole('link', { name: 'アカウント' }).count(), 0);
  await context.close();
});

test('an adviser sees nothing of the desk, and what staff see', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, adviser, '/');
  assert.equal((await page.goto(`${site.address}/desk`)).status(), 403);
  assert.equal(await status(page, 'GET', '/api/desk/videos'), 403);
  assert.equal(await status(page, 'GET', '/api/videos/lec-01'), 200);
  await context.close();
});

test('a reset signs out everywhere and a disabled account at once; the last of the secretariat stays', async () => {
  const reading = await browser.context();
  const reader = await openPage(reading, site);
  await signIn(reader, site, organiser, '/desk');
  const desk = await browser.context();
  const page = await openPage(desk, site);
  await signIn(page, site, secretariat, '/desk/accounts');
  await page.getByRole('button', { name: `${organiser.name}のパスワードを再設定` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'パスワードを再設定' }).click();
  const field = page.getByRole('textbox', { name: 'パスワード設定リンク' });
  await field.waitFor();
  assert.equal(await status(reader, 'GET', '/api/desk/videos'), 200, 'until the new one is set the old one counts');
  const again = await openPage(await browser.context(), site);
  organiser.password = 'mou-hitotsu-no-kagi';
  await setPassword(again, await field.inputValue(), organiser);
  assert.equal(await status(reader, 'GET', '/api/desk/videos'), 401);

  await signIn(reader, site, organiser, '/desk');
  await page.getByRole('button', { name: `${organiser.name}を停止` }).click();
  await assertReadsWell(page, 'accounts-disabling');
  await page.getByRole('dialog').getByRole('button', { name: '停止' }).click();
  await row(page, organiser.name).getByText('停止中').waitFor();
  await reader.goto(`${site.address}/desk`);
  await reader.waitForURL('**/sign-in?next=%2Fdesk');
  await page.getByRole('button', { name: `${organiser.name}を再開` }).click();
  await row(page, organiser.name).getByText('利用中').waitFor();
  await signIn(reader, site, organiser, '/desk');

  const { accounts } = await site.json('GET', '/api/desk/accounts');
  const own = accounts.find(({ name }) => name === secretariat.name);
  assert.equal(await status(page, 'POST', `/api/desk/accounts/${own.id}/disable`), 409);
  assert.ok(accounts.some(({ name, last_sign_in_at }) => name === organiser.name && last_sign_in_at));
  assert.ok(accounts.some(({ name, role }) => name === viewer.name && role === 'viewer'));
  await reading.close();
  await desk.close();
});
