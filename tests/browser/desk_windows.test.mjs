// Windows of many at once at the desk: chosen, looked at beforehand, made together, undone; what opens and closes soon.
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

async function openDesk() {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
  await page.getByRole('link', { name: '公開期間をまとめて変える' }).click();
  await page.getByRole('heading', { name: '変えるものを選ぶ' }).waitFor();
  return { context, page };
}

const closings = async () => {
  const { items } = await site.json('GET', '/api/desk/windows');
  return Object.fromEntries(items.filter(({ series, kind }) => series === 'lectures' && kind === 'video').map(({ id, effective_window }) => [id, effective_window.closes_at]));
};

test('the weeks to come are a list that tells what opens and closes', async () => {
  const { context, page } = await openDesk();
  const strip = page.getByRole('region', { name: 'これから6週間の予定' });
  assert.equal(await strip.locator('.calendar-week').count(), 6);
  const first = await strip.locator('.calendar-week').first().innerText();
  assert.match(first, /^10月25日\(月\)〜10月31日\(日\)/);
  assert.match(first, /10月29日\(金\) 会合\s+緩和策分科会 第2回/);
  await assertReadsWell(page, 'desk-windows');
  await context.close();
});

test('a clerk pastes a period, is told of a wrong weekday, looks, changes all lectures, and takes it back', async () => {
  const { context, page } = await openDesk();
  const original = await closings();
  const look = page.getByRole('button', { name: '変更の内容を確かめる' });
  assert.ok(await look.isDisabled());
  await page.getByRole('combobox', { name: 'シリーズ' }).selectOption({ label: '気候変動対策に関する動画講演' });
  await page.getByRole('combobox', { name: '種類' }).selectOption({ label: '動画' });
  await page.getByRole('button', { name: /表示中の動画と資料をすべて選ぶ\(6件\)/ }).click();
  await page.getByText('6件を選択中').waitFor();

  const paste = page.getByLabel('文書の期間を貼り付ける');
  await paste.fill('6月29日(木)〜12月28日(木)');
  await page.getByRole('button', { name: '読み取る' }).click();
  await page.getByText('2021年6月29日は火曜日です。木曜日と書かれています。').waitFor();
  await assertReadsWell(page, 'desk-windows-weekday');
  await paste.fill('令和4年1月8日（土）');
  await paste.press('Enter');
  await page.getByRole('group', { name: 'この日は、始まりと終わりのどちらですか' }).getByRole('button', { name: '終わり' }).click();
  assert.equal(await page.getByLabel('終わりの日', { exact: true }).inputValue(), '2022-01-08');
  await page.getByText('(土)', { exact: true }).waitFor();

  await look.click();
  await page.getByRole('heading', { name: '変更の前と後' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'preview');
  const row = page.locator('.preview-table tbody tr').first();
  assert.match(await row.innerText(), /12月28日\(火\)まで/);
  assert.match(await row.innerText(), /2022年1月8日\(土\)まで/);
  assert.match(await row.innerText(), /最後の日の2022年1月8日\(土\)は土曜日です。/);
  await assertReadsWell(page, 'desk-windows-preview');
  assert.deepEqual(await closings(), original, 'nothing has changed yet');

  await page.getByRole('button', { name: '6件を変更する' }).click();
  await page.getByText('6件を変更しました。').waitFor();
  assert.deepEqual([...new Set(Object.values(await closings()))], ['2022-01-08T15:00:00Z']);
  await assertReadsWell(page, 'desk-windows-changed');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await page.getByText('6件を元に戻しました。').waitFor();
  assert.deepEqual(await closings(), original);
  await context.close();
});

test('an end that cannot be is told beside the item, and nothing can be made until it is mended', async () => {
  const { context, page } = await openDesk();
  await page.getByLabel('脱炭素社会に向けた市区町村の役割').first().check();
  await page.getByLabel('緩和策分科会 第1回 配付資料').check();
  await page.getByRole('button', { name: '会合の2週間後まで', exact: true }).click();
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.getByText('1件は、この内容では変えられません。').waitFor();
  assert.match(await page.locator('.has-problem').innerText(), /会合に属していないので/);
  assert.ok(await page.getByRole('button', { name: '1件を変更する' }).isDisabled());
  await assertReadsWell(page, 'desk-windows-problem');
  await page.getByLabel('脱炭素社会に向けた市区町村の役割').first().uncheck();
  assert.equal(await page.locator('.preview-table').count(), 0, 'what was looked at is not what would be made');
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  assert.match(await page.locator('.preview-table tbody').innerText(), /8月11日\(水\)まで[^]*公開期間がもう過ぎています/);
  await context.close();
});

test('the later of two clerks is told, and what the first did stays', async () => {
  const { context, page } = await openDesk();
  await page.getByLabel('公共施設の省エネルギー改修の進め方').first().check();
  await page.getByRole('radio', { name: '公開をやめる' }).check();
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.getByRole('button', { name: '1件を変更する' }).waitFor();
  await site.json('PATCH', '/api/desk/videos/lec-02', { window: { opens_at: '2021-06-29', closes_at: '2021-11-30' } });
  await page.getByRole('button', { name: '1件を変更する' }).click();
  await page.getByText('「公共施設の省エネルギー改修の進め方」は、画面を開いた後にほかの人が変えました。').waitFor();
  const { published, window } = await site.json('GET', '/api/desk/videos/lec-02');
  assert.deepEqual([published, window.closes_at], [true, '2021-11-30T15:00:00Z']);
  await context.close();
});

test('only the secretariat gets there', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  assert.equal((await page.goto(`${site.address}/desk/windows`)).status(), 403);
  await context.close();
});

test('windows that count from a session follow when it moves: shown, and made by one button', async () => {
  const { id } = await site.json('POST', '/api/desk/materials', { session: 'adaptation-2021-2', title: '会議次第' });
  const page = await openPage(await browser.context(), site);
  await signIn(page, site, secretariat, '/desk');
  await page.goto(`${site.address}/desk/windows`);
  await page.getByRole('row').filter({ hasText: '会議次第' }).getByRole('checkbox').check();
  await page.getByRole('button', { name: '会合の2週間後まで', exact: true }).click();
  await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
  await page.getByRole('button', { name: '1件を変更する' }).click();
  await page.getByText('1件を変更しました。').waitFor();
  await page.goto(`${site.address}/desk/sessions/adaptation-2021-2`);
  await page.getByLabel('日付', { exact: false }).first().fill('2021-11-10');
  await page.getByRole('button', { name: '保存する', exact: true }).click();
  const moved = page.getByRole('region', { name: '会合の日から数えた公開期間' });
  await moved.getByText('会合の日が変わったので、次の1件は、決めたときの数え方と合わなくなっています。').waitFor();
  await moved.getByText('会合の14日後までと決めたもの').waitFor();
  await moved.getByText(/11月24日\(水\)まで/).waitFor();
  await assertReadsWell(page, 'windows-moved');
  await moved.getByRole('button', { name: '1件を新しい日付に合わせる' }).click();
  await moved.getByText('1件を新しい日付に合わせました。').waitFor();
  const closes = async () => (await site.json('GET', `/api/desk/materials/${id}`)).window.closes_at;
  assert.equal(await closes(), '2021-11-24T15:00:00Z');
  await moved.getByRole('button', { name: '元に戻す' }).click();
  await moved.getByText('1件を元に戻しました。').waitFor();
  assert.equal(await closes(), '2021-11-10T15:00:00Z');
});
