// Two-step sign-in: set up with an app, asked for, each code once, a recovery code, switched off for a lost phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { totpCode } from '../support/node/totp.mjs';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { secretariat, startSite } from './support/site.mjs';

let site;
let browser;
let secret;
let recovery;

before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
});
after(() => Promise.all([site?.stop(), browser?.stop()]));

/** The code that an app shows `steps` after now. */
async function code(steps = 0) {
  const { now } = await (await fetch(`${site.address}/api/me`)).json();
  return totpCode(secret, now, steps);
}

async function giveName(page) {
  await page.goto(`${site.address}/sign-in?next=%2Fdesk`);
  await page.getByLabel('名前', { exact: true }).fill(secretariat.name);
  await page.getByLabel('パスワード').fill(secretariat.password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  const field = page.getByLabel('認証アプリの6桁の数字か、回復コード');
  await field.waitFor();
  return field;
}

const send = (page) => page.getByRole('button', { name: 'サインイン' }).click();

test('a clerk sets it up with an app, and is told recovery codes once', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
  await page.getByRole('link', { name: '二段階認証' }).click();
  await page.getByRole('button', { name: '設定を始める' }).click();
  await page.getByRole('img', { name: /QRコード/ }).waitFor();
  secret = await page.locator('.totp-secret').textContent();
  const uri = await page.getByRole('textbox', { name: '設定用のアドレス' }).inputValue();
  assert.equal(new URL(uri).searchParams.get('secret'), secret.replaceAll(' ', ''));
  await assertReadsWell(page, 'second-step-setting-up');
  const field = page.getByLabel('アプリに出ている6桁の数字');
  await field.fill('000000');
  await page.getByRole('button', { name: '有効にする' }).click();
  await page.getByText('確認コードが違います。').waitFor();
  await field.fill(await code());
  await page.getByRole('button', { name: '有効にする' }).click();
  await page.getByRole('heading', { name: '回復コード' }).waitFor();
  recovery = await page.locator('.recovery-codes li').allTextContents();
  assert.equal(recovery.length, 10);
  await page.getByText('残りの回復コード：10個').waitFor();
  await assertReadsWell(page, 'second-step-on');
  await page.reload();
  await page.getByText('残りの回復コード：10個').waitFor();
  assert.equal(await page.locator('.recovery-codes').count(), 0);
  await context.close();
});

test('the password alone no longer signs in; a code does, once', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  const field = await giveName(page);
  await assertReadsWell(page, 'second-step-asked');
  assert.equal((await page.evaluate(() => fetch('/api/me').then((reply) => reply.json()))).viewer, null);
  await field.fill('000000');
  await send(page);
  await page.getByText('確認コードが違うか、もう使われています。').waitFor();
  // The one after the present one is taken, too: clocks differ.
  const next = await code(1);
  await field.fill(next);
  await send(page);
  await page.waitForURL('**/desk');
  const again = await openPage(await browser.context(), site);
  await (await giveName(again)).fill(next);
  await send(again);
  await again.getByText('確認コードが違うか、もう使われています。').waitFor();
  await context.close();
});

test('a recovery code signs in once, however it is typed; the command helps who lost everything', async () => {
  const first = await openPage(await browser.context(), site);
  await (await giveName(first)).fill(recovery[0].toLowerCase().replace('-', ' '));
  await send(first);
  await first.waitForURL('**/desk');
  await first.goto(`${site.address}/desk/security`);
  await first.getByText('残りの回復コード：9個').waitFor();
  // An open session does not turn it off.
  await first.getByLabel('6桁の数字か回復コード').fill(recovery[0]);
  await first.getByRole('button', { name: '解除する' }).click();
  await first.getByText('確認コードが違うか、もう使われています。').waitFor();
  const { status } = await fetch(`${site.address}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...secretariat, one_time_code: recovery[0] }),
  });
  assert.equal(status, 401);
  await site.command('account', 'second-step-off', secretariat.name);
  const page = await openPage(await browser.context(), site);
  await signIn(page, site, secretariat, '/desk');
});

test('codes cannot be tried without end', async () => {
  const page = await openPage(await browser.context(), site);
  await signIn(page, site, secretariat, '/desk/security');
  await page.getByRole('button', { name: '設定を始める' }).click();
  secret = await page.locator('.totp-secret').textContent();
  await page.getByLabel('アプリに出ている6桁の数字').fill(await code());
  await page.getByRole('button', { name: '有効にする' }).click();
  await page.getByRole('heading', { name: '回復コード' }).waitFor();
  const guess = () =>
    fetch(`${site.address}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...secretariat, one_time_code: '123456' }),
    });
  const statuses = [];
  for (let at = 0; at < 7; ++at) statuses.push((await guess()).status);
  assert.ok(statuses.includes(429), String(statuses));
});
