// Sessions at the desk: filled in, their programme reordered by drag and by keys, materials replaced, notices written, tables
// taken in, questions routed to an adviser by a private link.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { mediaFolder } from './support/media.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
let files;

before(async () => {
  [site, browser, files] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
});
after(() => Promise.all([site?.stop(), browser?.stop(), files?.remove()]));

async function atDesk(place) {
  const page = await openPage(await browser.context(), site);
  await signIn(page, site, secretariat, '/desk');
  await page.goto(`${site.address}${place}`);
  return page;
}

const file = async (name, text) => {
  const at = path.join(files.folder, name);
  await writeFile(at, text);
  return at;
};

test('a clerk makes a session, fills it in, and turns its programme round by drag and by keys', async () => {
  const page = await atDesk('/desk/sessions');
  await page.getByRole('link', { name: '62市区町村ミーティング(キックオフ)' }).first().waitFor();
  await assertReadsWell(page, 'sessions');
  await page.getByLabel('新しい会合の題名').fill('第4回適応策分科会');
  await page.getByRole('button', { name: '会合を加える' }).click();
  await page.getByRole('heading', { name: '第4回適応策分科会' }).waitFor();
  await page.getByRole('combobox', { name: 'シリーズ' }).selectOption({ label: '適応策分科会' });
  await page.getByRole('combobox', { name: '状態' }).selectOption({ label: '開催予定' });
  await page.getByLabel('日付', { exact: false }).first().fill('2022-01-20');
  await page.getByText('2022年1月20日(木)').waitFor();
  await page.getByLabel('始まり').fill('13:30');
  await page.getByLabel('終わり', { exact: true }).fill('16:30');
  await page.getByLabel('会場', { exact: true }).fill('墨田区内');
  await page.getByLabel('会場参加').check();
  for (const [index, title] of ['開会', '講演', '講評'].entries()) {
    await page.getByRole('button', { name: '項目を加える' }).click();
    await page.getByLabel('項目の題名').nth(index).fill(title);
  }
  const order = () => page.getByLabel('項目の題名').evaluateAll((fields) => fields.map(({ value }) => value));
  await page.getByRole('button', { name: '「講評」を動かす' }).focus();
  await page.keyboard.press('ArrowUp');
  assert.deepEqual(await order(), ['開会', '講評', '講演']);
  await page.getByText('「講評」を3項目中の2番目に動かしました。').waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowUp');
  assert.deepEqual(await order(), ['講評', '開会', '講演'], 'the handle keeps the focus');
  // All of the programme at once: a hand does not scroll while it drags.
  await page.setViewportSize({ width: 1024, height: 2000 });
  await page.getByRole('button', { name: '「講評」を動かす' }).hover();
  await page.mouse.down();
  const last = await page.locator('.programme-item').nth(2).boundingBox();
  await page.mouse.move(last.x + 200, last.y + last.height / 2, { steps: 12 });
  await page.mouse.up();
  assert.deepEqual(await order(), ['開会', '講演', '講評']);
  await page.getByRole('button', { name: '「開会」を下へ' }).click();
  assert.deepEqual(await order(), ['講演', '開会', '講評']);
  await assertReadsWell(page, 'session');
  await page.getByRole('button', { name: '保存する', exact: true }).click();
  await page.getByText('保存しました。').waitFor();
  await page.getByRole('link', { name: '視聴ページ' }).click();
  await page.getByText('2022年1月20日(木) 13:30〜16:30').waitFor();
  assert.deepEqual(await page.locator('.programme h3').allInnerTexts(), ['講演', '開会', '講評']);
});

test('a material is replaced and put back, and a cancelled session told in a notice with its mail', async () => {
  const page = await atDesk('/desk/sessions/adaptation-2021-2');
  await page.getByLabel('新しい資料の名前').fill('式次第');
  await page.getByRole('button', { name: '資料を加える' }).click();
  const item = page.locator('.material-items > li', { hasText: '式次第' });
  await item.getByText('ファイルはまだありません。').waitFor();
  await item.locator('input[type=file]').setInputFiles(await file('次第.pdf', '%PDF-1.4 first'));
  await item.getByText('次第.pdf').waitFor();
  await item.locator('input[type=file]').setInputFiles(await file('次第の修正.pdf', '%PDF-1.4 second'));
  await item.getByText('次第の修正.pdf').waitFor();
  await item.getByText('前の版(1)').click();
  await assertReadsWell(page, 'session-materials');
  await item.getByRole('button', { name: 'この版に戻す(次第.pdf)' }).click();
  await item.getByText('次第の修正.pdf').waitFor();
  await page.getByRole('combobox', { name: '状態' }).selectOption({ label: '中止' });
  await page.getByLabel('中止の理由').fill('台風の接近');
  await page.getByLabel('振替先の会合').selectOption({ index: 1 });
  await page.getByRole('button', { name: '保存する', exact: true }).click();
  await page.getByText('保存しました。').waitFor();

  await page.getByRole('link', { name: 'お知らせ', exact: true }).click();
  await page.getByText('資料「式次第」を').waitFor();
  await assertReadsWell(page, 'notices');
  await page.getByRole('button', { name: /中止」のお知らせを書く/ }).click();
  assert.match(await page.getByLabel('本文', { exact: true }).inputValue(), /^台風の接近のため、10月27日\(水\)の会を中止します。/);
  await page.getByLabel('題名', { exact: true }).fill('第2回適応策分科会の中止');
  assert.match(await page.getByLabel('メールの本文').inputValue(), /各市区町村 ご担当者様/);
  assert.equal(await page.getByLabel('件名').inputValue().then((subject) => subject.endsWith('第2回適応策分科会の中止')), true);
  await assertReadsWell(page, 'notice-writing');
  await page.getByRole('button', { name: '公開する' }).click();
  await page.getByText('公開しました。').waitFor();
  const left = page.getByRole('button', { name: /をお知らせしない$/ });
  for (let count = await left.count(); count > 0; count -= 1) {
    await left.first().click();
    await page.waitForFunction((rest) => document.querySelectorAll('.notice-items button[aria-label$="をお知らせしない"]').length === rest, count - 1);
  }
  await page.getByText('お知らせしていないことはありません。').waitFor();
  await page.goto(site.address);
  await page.getByText('第2回適応策分科会の中止').waitFor();
});

test('a table is looked at before it is taken in, and its mistakes are named by line', async () => {
  const page = await atDesk('/desk/sessions');
  await page.getByRole('region', { name: '会合の予定の表(CSV)' }).locator('input[type=file]').setInputFiles(await file('bad.csv', '題名,日付\n秋の会,10月\n'));
  await page.getByText('2行目：日付「10月」を読めません。2021/10/29のように書いてください。').waitFor();
  assert.ok(await page.getByRole('button', { name: /件を取り込む/ }).isDisabled());
  await assertReadsWell(page, 'table-mistakes');
  await page.getByRole('region', { name: '会合の予定の表(CSV)' }).locator('input[type=file]').setInputFiles(await file('good.csv', '題名,日付,状態\n春の会,2022/3/1,調整中\n'));
  await page.getByText('変わるもの 1件').waitFor();
  await assertReadsWell(page, 'table-preview');
  await page.getByRole('button', { name: 'この1件を取り込む' }).click();
  await page.getByText('1件を取り込みました。').waitFor();
  await page.getByRole('link', { name: '春の会' }).waitFor();
  const programmes = page.getByRole('region', { name: 'プログラムの表(CSV)' });
  await programmes.locator('input[type=file]').setInputFiles(await file('programmes.csv', '会合,種類,題名,登壇者\n春の会,講演,脱炭素のまちづくり,田中\n春の会,講評,まとめ,\n'));
  await programmes.getByText('春の会 脱炭素のまちづくり').waitFor();
  await assertReadsWell(page, 'programmes-preview');
  await programmes.getByRole('button', { name: 'この2件を取り込む' }).click();
  await programmes.getByText('2件を取り込みました。').waitFor();
  await page.getByRole('link', { name: '春の会' }).click();
  await page.getByLabel('項目の題名').nth(1).waitFor();
  assert.deepEqual(await page.getByLabel('項目の題名').evaluateAll((fields) => fields.map(({ value }) => value)), ['脱炭素のまちづくり', 'まとめ']);
  await page.goto(`${site.address}/desk/departments`);
  await page.locator('.table-panel input[type=file]').setInputFiles(await file('registrations.csv', '市区町村,部署,シリーズ\n中央区,環境課,緩和策分科会\n'));
  await page.getByText('中央区 環境課').waitFor();
  await page.getByLabel('CSVにない参加登録は外す').check();
  await page.getByText('外す', { exact: true }).first().waitFor();
  await assertReadsWell(page, 'registrations-preview');
});

test('a question is routed to an adviser, who answers without an account', async () => {
  const asking = await openPage(await browser.context(), site);
  await signIn(asking, site, viewer, '/questions');
  await asking.getByLabel('質問', { exact: true }).fill('予算はどう確保しましたか。');
  await asking.getByRole('button', { name: '質問を送る' }).click();
  await asking.getByText('質問を送りました。').waitFor();

  const page = await atDesk('/desk/questions');
  await page.getByLabel('依頼する', { exact: true }).check();
  await page.getByLabel('アドバイザーの名前').fill('鈴木先生');
  await page.getByRole('button', { name: '1件の質問の回答用リンクを作る' }).click();
  const link = await page.getByRole('textbox', { name: '回答用リンク' }).inputValue();
  await page.getByText('鈴木先生に依頼中です。').waitFor();
  await assertReadsWell(page, 'adviser-link');

  const adviser = await openPage(await browser.context(), site);
  await adviser.goto(link);
  await adviser.getByRole('heading', { name: '予算はどう確保しましたか。' }).waitFor();
  await assertReadsWell(adviser, 'adviser');
  await adviser.getByLabel('回答').fill('国の補助金です。');
  await adviser.getByText('まだ送っていません。').waitFor();
  await adviser.getByRole('button', { name: '回答を送る' }).click();
  await adviser.getByText('事務局に送りました。').waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'この回答を使う(鈴木先生)' }).click();
  assert.equal(await page.getByLabel('回答', { exact: true }).inputValue(), '国の補助金です。');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('公開していない回答 (1)').waitFor();
  await page.getByText('作った回答用リンク(1)').click();
  await page.getByRole('button', { name: '鈴木先生の回答用リンクを無効にする' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '無効にする' }).click();
  await page.getByText('無効にしました。').waitFor();
  await adviser.reload();
  await adviser.getByText('このリンクは使えなくなりました。').waitFor();
  await assertReadsWell(adviser, 'adviser-void');
});
