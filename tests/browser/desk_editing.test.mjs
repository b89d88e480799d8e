// Forms of the desk: what is typed survives a reload and another browser window, and of two clerks the later one is told, and
// loses nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

const SESSION = '/desk/sessions/adaptation-2021-2';
const API = `/api${SESSION}`;

let site;
let browser;
let context;
let page;

before(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
  context = await browser.context();
  page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
});
after(() => Promise.all([site?.stop(), browser?.stop()]));

const go = (address) => page.goto(site.address + address);
const save = (within = page) => within.getByRole('button', { name: /^(保存する|保存|チャプターを保存する)$/ }).click();
const restored = () => page.getByText('保存していない入力を戻しました。');
/** Long enough for what is typed to be kept without leaving the page. */
const isKept = (form) => page.waitForFunction((name) => Object.keys(localStorage).some((key) => key.endsWith(name)), form);

test('of two clerks the later one is told, sees what the other did, and saves both', async () => {
  await go(SESSION);
  await page.getByLabel('会場', { exact: true }).fill('立川市内');
  await page.getByLabel('会場の住所').fill('立川市緑町');
  const { version } = await site.json('GET', API);
  await site.json('PATCH', API, { version, venue: '八王子市内', description: '持ち物はありません。' });
  await save();
  const told = page.getByRole('alert');
  await told.getByText('ほかの人が先に保存したので、まだ保存していません。').waitFor();
  await told.getByText('説明は、ほかの人の内容にしました(あなたは変えていません)。').waitFor();
  await told.getByText('会場は、ほかの人も変えました。あなたの入力のままです。ほかの人の内容は「八王子市内」です。').waitFor();
  assert.equal(await page.getByLabel('会場', { exact: true }).inputValue(), '立川市内');
  assert.equal(await page.getByLabel('説明').inputValue(), '持ち物はありません。');
  await assertReadsWell(page, 'editing-clash');
  await save();
  await page.getByText('保存しました。').waitFor();
  assert.equal(await told.count(), 0);
  const { venue, venue_address, description } = await site.json('GET', API);
  assert.deepEqual([venue, venue_address, description], ['立川市内', '立川市緑町', '持ち物はありません。']);
});

test('of two clerks the later one may take what the other did', async () => {
  await page.getByLabel('会場', { exact: true }).fill('調布市内');
  const { version } = await site.json('GET', API);
  await site.json('PATCH', API, { version, venue: '府中市内' });
  await save();
  await page.getByRole('alert').getByRole('button', { name: '入力を捨て、ほかの人の内容にする' }).click();
  await page.getByRole('dialog').getByText('保存していない入力(会場)').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: '入力を捨て、ほかの人の内容にする' }).click();
  await page.waitForFunction(() => !document.querySelector('[role=alert]'));
  assert.equal(await page.getByLabel('会場', { exact: true }).inputValue(), '府中市内');
  assert.ok(await page.getByRole('button', { name: '保存する', exact: true }).isDisabled());
});

test('what is typed survives a reload, is told, and can be dropped', async () => {
  await page.getByLabel('会場', { exact: true }).fill('青梅市内');
  await page.getByText('保存していない入力があります。このブラウザーに控えてあります。').waitFor();
  await page.reload();
  await restored().waitFor();
  assert.equal(await page.getByLabel('会場', { exact: true }).inputValue(), '青梅市内');
  await assertReadsWell(page, 'editing-restored');
  await page.getByRole('button', { name: 'この入力を捨てる' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'この入力を捨てる' }).click();
  await restored().waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('会場', { exact: true }).inputValue(), '府中市内');
  await page.reload();
  await page.getByLabel('会場', { exact: true }).waitFor();
  assert.equal(await restored().count(), 0, 'what was dropped does not come back');
});

test('what is typed is there after the window was lost, and tells what was saved meanwhile', async () => {
  await page.getByLabel('会場', { exact: true }).fill('青梅市内');
  await isKept('session adaptation-2021-2');
  await page.close({ runBeforeUnload: false });
  const { version } = await site.json('GET', API);
  await site.json('PATCH', API, { version, venue_address: '府中市宮西町' });
  page = await openPage(context, site);
  await go(SESSION);
  await restored().waitFor();
  await page.getByText('会場の住所は、ほかの人の内容にしました(あなたは変えていません)。').waitFor();
  await save();
  await page.getByText('保存しました。').waitFor();
  const { venue, venue_address } = await site.json('GET', API);
  assert.deepEqual([venue, venue_address], ['青梅市内', '府中市宮西町']);
  await page.reload();
  await page.getByLabel('会場', { exact: true }).waitFor();
  assert.equal(await restored().count(), 0, 'what was saved is kept no more');
});

test('a video’s fields, chapters, captions and handouts are kept, each by itself', async () => {
  await site.json('POST', '/api/desk/videos/lec-01/captions/ja/cues', { cues: [{ start_s: 0, end_s: 2, text: '再生可能エネルギー' }] });
  await site.json('POST', '/api/desk/materials', { video: 'lec-01', title: '補足資料' });
  await go('/desk/videos/lec-01');
  await page.getByLabel('講師・登壇者').fill('東京大学 佐藤');
  await page.getByRole('button', { name: 'チャプターを加える' }).click();
  await page.getByLabel('1番目の時刻').fill('0:01:00');
  await page.getByLabel('1番目の題名').fill('はじめに');
  const handout = page.locator('.material-items > li', { hasText: '補足資料' });
  await handout.getByText('名前と公開期間', { exact: true }).click();
  await handout.getByLabel('資料の名前', { exact: true }).fill('補足資料(改訂)');
  await page.getByRole('button', { name: '日本語の字幕を直す' }).click();
  await page.getByLabel('1番目の文').fill('再エネ');
  await page.reload();
  await page.getByLabel('1番目の題名').waitFor();
  await page.waitForFunction(() => document.body.innerText.split('保存していない入力を戻しました。').length === 4);
  assert.equal(await page.getByLabel('講師・登壇者').inputValue(), '東京大学 佐藤');
  assert.equal(await page.getByLabel('1番目の題名').inputValue(), 'はじめに');
  assert.equal(await handout.getByLabel('資料の名前', { exact: true }).inputValue(), '補足資料(改訂)');
  await page.getByRole('region', { name: '字幕' }).getByText('保存していない入力があります', { exact: true }).waitFor();
  await page.getByRole('button', { name: '日本語の字幕を直す' }).click();
  assert.equal(await page.getByLabel('1番目の文').inputValue(), '再エネ');
  await assertReadsWell(page, 'editing-video');
  // Somebody else has the captions in hand.
  await site.json('POST', '/api/desk/videos/lec-01/captions/ja/cues', { cues: [{ start_s: 0, end_s: 2, text: '太陽光' }] });
  await page.locator('.captions-editor').getByRole('button', { name: '保存する' }).click();
  await page.locator('.captions-editor').getByRole('alert').getByText('字幕は、ほかの人も変えました。').waitFor();
  await page.locator('.captions-editor').getByRole('button', { name: '保存する' }).click();
  await page.getByText('字幕を1件保存しました。').waitFor();
  const { cues } = await site.json('GET', '/api/desk/videos/lec-01/captions/ja');
  assert.deepEqual(cues.map(({ text }) => text), ['再エネ']);
});

test('a notice that was begun is offered again, and an answer stays where it was typed', async () => {
  await go('/desk/notices');
  await page.getByRole('button', { name: 'ほかのお知らせを書く' }).click();
  await page.getByLabel('題名', { exact: true }).fill('年末の休み');
  await page.getByLabel('本文', { exact: true }).fill('12月29日から1月3日まで休みます。');
  await page.reload();
  await page.getByText('書きかけのお知らせがあります。').waitFor();
  await assertReadsWell(page, 'editing-notices');
  await page.getByRole('button', { name: '「年末の休み」の続きを書く' }).click();
  assert.equal(await page.getByLabel('本文', { exact: true }).inputValue(), '12月29日から1月3日まで休みます。');
  await page.getByRole('button', { name: '公開する' }).click();
  await page.getByText('公開しました。').waitFor();
  assert.equal(await page.getByText('書きかけのお知らせがあります。').count(), 0);

  const asking = await openPage(await browser.context(), site);
  await signIn(asking, site, viewer, '/questions');
  await asking.getByLabel('質問', { exact: true }).fill('予算はどう確保しましたか。');
  await asking.getByRole('button', { name: '質問を送る' }).click();
  await asking.getByText('質問を送りました。').waitFor();
  await go('/desk/questions');
  await page.getByLabel('回答', { exact: true }).fill('国の補助金です。');
  await page.reload();
  await restored().waitFor();
  assert.equal(await page.getByLabel('回答', { exact: true }).inputValue(), '国の補助金です。');
  await save();
  await page.getByText('公開していない回答 (1)').waitFor();
  assert.equal(await restored().count(), 0);
});

test('what is chosen to be changed together is there again, until it was changed', async () => {
  await go('/desk/windows');
  await page.getByRole('button', { name: /表示中の動画と資料をすべて選ぶ/ }).click();
  const chosen = await page.getByText(/\d+件を選択中/).innerText();
  await page.reload();
  await restored().waitFor();
  assert.equal(await page.getByText(/\d+件を選択中/).innerText(), chosen);
  await page.getByRole('button', { name: '今年度末まで', exact: true }).click();
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.getByRole('button', { name: /件を変更する/ }).click();
  await page.getByText(/件を変更しました。/).waitFor();
  await page.reload();
  await page.getByText('変えるものを選ぶ').first().waitFor();
  assert.equal(await restored().count(), 0);
});

test('at a shared computer a colleague does not get what was typed', async () => {
  const colleague = { name: 'jimukyoku-2', password: 'tsukue-no-kagi-2' };
  const { path } = await site.json('POST', '/api/desk/accounts', { name: colleague.name, role: 'secretariat' });
  await site.ask('POST', '/api/password', {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ link: path.split('/').at(-1), password: colleague.password }),
  });
  await go(SESSION);
  await page.getByLabel('会場', { exact: true }).fill('町田市内');
  await isKept('session adaptation-2021-2');
  const signOut = () => page.evaluate(() => fetch('/api/sign-out', { method: 'POST' }));
  await signOut();
  await signIn(page, site, colleague, '/desk');
  await go(SESSION);
  assert.equal(await page.getByLabel('会場', { exact: true }).inputValue(), '青梅市内');
  assert.equal(await restored().count(), 0);
  await signOut();
  await signIn(page, site, secretariat, '/desk');
  await go(SESSION);
  await restored().waitFor();
  assert.equal(await page.getByLabel('会場', { exact: true }).inputValue(), '町田市内');
});
