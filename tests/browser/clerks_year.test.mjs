// A clerk's year, from the schedule to the handover, as one story: each part goes on where the one before ended.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { makeRecording, makeSlides, mediaFolder } from './support/media.mjs';
import { secretariat, startSite } from './support/site.mjs';

const LECTURES = '気候変動対策に関する動画講演';
const names = ['講演7 再生可能エネルギー', '講演8 建物の断熱', '講演9 交通と都市'];

let site;
let browser;
let media;
let recordings;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  // The first is larger than one request of the desk, so that there is a middle to break off in.
  const made = { size: '426x240' };
  recordings = await Promise.all([
    makeRecording(media.folder, { ...made, name: `${names[0]}.mp4`, seconds: 12, bitrate: '8M' }),
    makeSlides(media.folder, { ...made, name: `${names[1]}.mp4`, colours: ['0x902020', '0x2020a0'] }),
    makeRecording(media.folder, { ...made, name: `${names[2]}.mp4`, seconds: 2, bitrate: '200k' }),
  ]);
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

/** A clerk at a computer of which nothing is known. */
async function newBrowser(place) {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
  if (place !== '/desk') await page.goto(site.address + place);
  return { context, page };
}

const go = (page, name) => page.getByRole('navigation', { name: '事務局の机の中の移動' }).getByRole('link', { name, exact: true }).click();
const byTitle = async (title) => (await site.json('GET', '/api/desk/videos')).videos.find((video) => video.title === title);

/** The line is cut when the first piece of the large file has arrived: nothing else of an upload gets through. */
async function cutAfterFirstPiece(page) {
  const large = new Set();
  page.on('response', (answer) => {
    const asked = answer.request();
    if (asked.method() === 'POST' && Number(asked.headers()['upload-length']) > 8 * 1024 * 1024)
      large.add(new URL(answer.headers()['location'], site.address).pathname);
  });
  await page.route('**/api/uploads/*', (route) => {
    const { pathname } = new URL(route.request().url());
    const passes = route.request().method() !== 'PATCH' || large.delete(pathname);
    return passes ? route.continue() : route.abort('internetdisconnected');
  });
}

test('a clerk’s year', { timeout: 300_000 }, async (t) => {
  let { context, page } = await newBrowser('/desk');

  await t.test('the schedule comes from a table, and a session is filled in', async () => {
    await go(page, '会合と資料');
    const table = '題名,シリーズ,種類,回,状態,日付,開始,終了,日時の表示,会場\n第3回適応策分科会,適応策分科会,分科会,3,開催予定,2021/12/10,13:30,16:30,,墨田区内\n年度末の会,62市区町村ミーティング,会議,2,調整中,,,,2〜3月頃,\n';
    const file = path.join(media.folder, '予定.csv');
    await writeFile(file, table);
    await page.getByRole('region', { name: '会合の予定の表(CSV)' }).locator('input[type=file]').setInputFiles(file);
    await page.getByText('変わるもの 2件').waitFor();
    await assertReadsWell(page, 'year-1-schedule');
    await page.getByRole('button', { name: 'この2件を取り込む' }).click();
    await page.getByText('2件を取り込みました。').waitFor();
    await page.getByRole('link', { name: '第3回適応策分科会' }).click();
    await page.getByRole('button', { name: '項目を加える' }).click();
    await page.getByLabel('項目の題名').fill('来年度の進め方');
    await page.getByRole('button', { name: '保存する', exact: true }).click();
    await page.getByText('保存しました。').waitFor();
    await assertReadsWell(page, 'year-2-session');
  });

  await t.test('three recordings go in at once, the line is cut, and another browser goes on', async () => {
    await page.goto(`${site.address}/desk`);
    await cutAfterFirstPiece(page);
    const taken = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await page.locator('input[type=file]').first().setInputFiles(recordings);
    assert.equal((await taken).status(), 204);
    await page.getByText(/^[1-9]\d?% /).waitFor();
    await assertReadsWell(page, 'year-3-uploading');
    await context.close();
    ({ context, page } = await newBrowser('/desk'));
    await page.getByText(/送信が途中です\([1-9]\d?%\)/).waitFor();
    await page.locator('input[type=file]').first().setInputFiles(recordings);
    await page.waitForFunction(() => document.body.innerText.split('受け取りました。').length === 4, undefined, { timeout: 60_000 });
    await assertReadsWell(page, 'year-4-received');
    const drafts = await Promise.all(names.map(byTitle));
    assert.ok(drafts.every((draft) => draft && !draft.published), 'each is a draft named after its file');
    await page.reload();
    assert.equal(await page.getByText(/送信が途中です/).count(), 0);
  });

  await t.test('the lectures get their series and captions', async () => {
    const [first, ...others] = await Promise.all(names.map(byTitle));
    for (const { id } of others) await site.json('PATCH', `/api/desk/videos/${id}`, { series: 'lectures' });
    await page.goto(`${site.address}/desk/videos/${first.id}`);
    await page.getByRole('combobox', { name: 'シリーズ' }).selectOption({ label: LECTURES });
    await page.getByLabel('講師・登壇者').fill('東京大学 田中');
    await page.getByRole('button', { name: '保存する', exact: true }).click();
    await page.getByText('保存しました。').waitFor();
    const captions = Buffer.from('1\n00:00:00,000 --> 00:00:06,000\n再生可能エネルギーの話です。\n');
    await page.getByRole('region', { name: '字幕' }).locator('input[type=file]').setInputFiles({ name: '字幕.srt', mimeType: 'text/plain', buffer: captions });
    await page.getByText(/日本語の字幕を1件入れました/).waitFor();
    await assertReadsWell(page, 'year-5-captions');
  });

  await t.test('chapters are proposed from the slides, taken by a click, and confirmed', async () => {
    const { id } = await byTitle(names[1]);
    await site.recordingBecomes(id, ['ready']);
    await page.goto(`${site.address}/desk/videos/${id}`);
    const chapters = page.getByRole('region', { name: 'チャプター' });
    await chapters.getByText('スライドが変わったところ(2か所)').waitFor();
    await chapters.getByRole('button', { name: '0:00をチャプターに加える' }).click();
    await chapters.getByRole('button', { name: '0:12をチャプターに加える' }).click();
    await chapters.getByLabel('1番目の題名').fill('断熱の効果');
    await chapters.getByLabel('2番目の題名').fill('補助制度');
    await assertReadsWell(page, 'year-5b-chapters');
    await chapters.getByRole('button', { name: 'チャプターを保存する' }).click();
    await chapters.getByText('チャプターを保存しました(2個)。').waitFor();
    const saved = (await site.json('GET', `/api/desk/videos/${id}/chapters`)).chapters;
    assert.deepEqual(saved.map(({ title }) => title), ['断熱の効果', '補助制度']);
  });

  await t.test('a window is set for the series, and all of it is published', async () => {
    await go(page, '公開期間');
    await page.getByRole('combobox', { name: 'シリーズ' }).selectOption({ label: LECTURES });
    await page.getByRole('combobox', { name: '種類' }).selectOption({ label: '動画' });
    await page.getByRole('button', { name: /表示中の動画と資料をすべて選ぶ/ }).click();
    await page.getByLabel('文書の期間を貼り付ける').fill('10月25日(月)〜12月28日(火)');
    await page.getByRole('button', { name: '読み取る' }).click();
    await page.getByRole('radio', { name: '公開する' }).check();
    await page.getByRole('button', { name: '変更の内容を確かめる' }).click();
    await page.getByLabel('公開する理由').fill('字幕は順に加える');
    await page.getByRole('button', { name: /件を変更する/ }).click();
    await page.getByText(/件を変更しました。/).waitFor();
    await assertReadsWell(page, 'year-6-window');
    for (const name of names) assert.equal((await byTitle(name)).window.closes_at, '2021-12-28T15:00:00Z');
  });

  await t.test('an unregistered department sees the lectures until 23:59 of the last day', async () => {
    await page.goto(`${site.address}/desk/see-as`);
    await page.getByRole('radio', { name: '市区町村の職員' }).check();
    await page.getByRole('combobox', { name: '市区町村' }).selectOption({ label: '千代田区' });
    await page.getByLabel('見る日').fill('2021-12-28');
    await page.getByLabel('見る時刻').fill('23:59');
    await page.getByText('12月28日(火)23:59に見られるのは、').waitFor();
    const row = (title) => page.locator('.see-as-table tbody tr').filter({ hasText: title }).first();
    assert.match(await row(names[0]).innerText(), /12月28日\(火\)まで/);
    assert.match(await row('適応策分科会 第1回 記録動画').innerText(), /参加登録が必要/);
    await assertReadsWell(page, 'year-7-seen-as');
    await page.getByLabel('見る日').fill('2021-12-29');
    await page.getByLabel('見る時刻').fill('00:00');
    await page.getByText('12月29日(水)00:00に見られるのは、').waitFor();
    assert.match(await row(names[0]).innerText(), /公開終了/);
  });

  await t.test('it is announced in the house’s words', async () => {
    await page.goto(`${site.address}/desk/notices`);
    await page.getByRole('button', { name: `「動画講演に「${names[0]}」を追加」のお知らせを書く` }).click();
    assert.match(await page.getByLabel('本文', { exact: true }).inputValue(), /公開期間は10月25日\(月\)から 12月28日\(火\)までです。$/);
    await page.getByRole('button', { name: '公開する' }).click();
    await page.getByText('公開しました。').waitFor();
    await assertReadsWell(page, 'year-8-notices');
  });

  await t.test('the clerk withdraws a lecture, and changes their mind', async () => {
    const { id } = await byTitle(names[2]);
    await page.goto(`${site.address}/desk/videos/${id}`);
    await page.getByRole('button', { name: '公開をやめる', exact: true }).click();
    await page.getByText('公開をやめました。').waitFor();
    await go(page, '操作の記録');
    const newest = page.locator('.audit-entries > li').first();
    await newest.getByText(`${secretariat.name}が「${names[2]}」の公開をやめました。`).waitFor();
    await newest.getByRole('button', { name: `「${names[2]}」の変更を元に戻す` }).click();
    await page.getByText('元に戻しました。', { exact: true }).waitFor();
    assert.equal((await byTitle(names[2])).published, true);
    await assertReadsWell(page, 'year-9-log');
  });

  await t.test('the report is read, and all of it handed over', async () => {
    await go(page, '視聴の報告');
    await page.getByRole('table').waitFor();
    await page.getByText(names[0]).first().waitFor();
    await assertReadsWell(page, 'year-10-report');
    await Promise.all(names.map(async (name) => site.recordingBecomes((await byTitle(name)).id, ['ready'])));
    const folder = path.join(media.folder, 'handover');
    await site.command('export', folder);
    await page.goto(`file://${folder}/index.html`);
    await page.getByRole('region', { name: '動画の一覧' }).getByRole('link', { name: names[0] }).waitFor();
    await page.getByRole('link', { name: '2021年度(令和3年度) 視聴の報告' }).click();
    await page.getByText('会場に来た人数。事務局が入力した数です。').waitFor();
    const catalog = JSON.parse(await readFile(path.join(folder, 'catalog.json'), 'utf8'));
    assert.ok(catalog.sessions.some(({ title }) => title === '年度末の会'));
    assert.ok(names.every((name) => catalog.videos.some(({ title, published, playlist }) => title === name && published && playlist)));
    assert.match(await readFile(path.join(folder, 'reports/2021.csv'), 'utf8'), /数え方/);
  });
  await context.close();
});
