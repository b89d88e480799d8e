// The report says which seconds were really played.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { assertAccessible, assertFits, assertKeptToItself, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeSlides, mediaFolder } from './support/media.mjs';
import { assertPlays } from './support/player.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

/** Of A4 lying, without its margins, in CSS pixels. */
const PRINTED_WIDTH = Math.floor(((297 - 2 * 9) / 25.4) * 96);

let site;
let browser;
let media;

before(async () => {
  site = await startSite();
  browser = await startBrowser();
  media = await mediaFolder();
  await site.giveRecording('lec-01', await makeSlides(media.folder, { each: 30 }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const chiyoda = async () => {
  const report = await site.json('GET', '/api/desk/report?year=2021');
  const column = report.columns.findIndex(({ id }) => id === 'lec-01');
  return report.rows.find(({ municipality }) => municipality.code === '131016').cells[column];
};

/** Whole seconds of `video.played` in the page, of all that was played so far. */
const secondsPlayed = (page) =>
  page.evaluate(() => {
    const { played } = document.querySelector('video');
    return Array.from({ length: played.length }, (_, at) => [played.start(at), played.end(at)]);
  });
const sum = (spans) => spans.reduce((total, [begin, end]) => total + end - begin, 0);

async function watch(page, query = '') {
  await page.goto(`${site.address}/videos/lec-01${query}`);
  await page.getByRole('button', { name: '再生' }).first().click();
  await assertPlays(page);
}

const pause = (page) => page.evaluate(() => document.querySelector('video').pause());

test('a viewer who seeks, and plays at twice the speed, is reported with what was played', { timeout: 180_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  await watch(page);
  await page.waitForFunction(() => document.querySelector('video').currentTime > 6);
  await page.locator('.player').focus();
  await page.keyboard.press('5');
  await page.waitForFunction(() => document.querySelector('video').currentTime > 61);
  await page.evaluate(() => (document.querySelector('video').playbackRate = 2));
  await page.waitForFunction(() => document.querySelector('video').currentTime > 75);
  await pause(page);
  const spans = await secondsPlayed(page);
  assert.ok(spans.length >= 2 && sum(spans) > 18 && sum(spans) < 40, JSON.stringify(spans));
  await eventually('the report says what was played', async () => Math.abs((await chiyoda()).seconds - sum(spans)) <= 2);
  assert.equal((await chiyoda()).watched_people, 0);
  await takePictures(page, 'watch-headcount');
  await assertAccessible(page, 'the watch page with its question');
  assertKeptToItself(page);
  await context.close();
});

test('what cannot be sent is sent when the line is back, or when the page is left', { timeout: 180_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  const before = (await chiyoda()).seconds;
  await watch(page, '?t=90');
  // What is buffered plays on without a line.
  await page.route('**/watched', (route) => route.abort());
  await page.waitForFunction(() => document.querySelector('video').currentTime > 98);
  await pause(page);
  assert.ok((await chiyoda()).seconds - before <= 6, 'nothing arrives');
  await page.unroute('**/watched');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await eventually('what was kept is sent', async () => (await chiyoda()).seconds - before >= 7);
  const half = (await chiyoda()).seconds;
  await page.evaluate(() => document.querySelector('video').play());
  await page.waitForFunction(() => document.querySelector('video').currentTime > 102);
  await page.goto(`${site.address}/`);
  await eventually('the last seconds are sent when the page is left', async () => (await chiyoda()).seconds - half >= 3);
  assertKeptToItself(page);
  await context.close();
});

test('a form of its own of the video counts as the video', { timeout: 180_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  const before = (await chiyoda()).seconds;
  await watch(page, '?t=30');
  await page.waitForFunction(() => document.querySelector('video').currentTime > 33);
  // The controls come back where the pointer moves.
  await page.locator('.player').hover();
  await page.locator('.player[data-controls]').waitFor();
  await page.getByRole('button', { name: '設定' }).click();
  await page.getByRole('radio', { name: /音声とスライド/ }).check();
  await page.waitForFunction(() => document.querySelector('video').currentTime > 38, undefined, { timeout: 60_000 });
  await pause(page);
  const now = await page.evaluate(() => document.querySelector('video').currentTime);
  const played = now - 30;
  await eventually('both forms are counted', async () => Math.abs((await chiyoda()).seconds - before - played) <= 2.5);
  await context.close();
});

test('a screen of several people counts as they say', { timeout: 180_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  await page.goto(`${site.address}/videos/lec-01`);
  const people = page.getByLabel(/何人で視聴していますか/);
  assert.equal(await people.inputValue(), '1');
  await people.fill('12');
  await people.press('Tab');
  await page.getByText('12人と記録しました').waitFor();
  await people.fill('0');
  await people.press('Tab');
  await page.getByText('1人から500人まで').waitFor();
  await page.reload();
  await people.waitFor();
  assert.equal(await people.inputValue(), '12');
  // As much of it at a time as can have been played meanwhile.
  await eventually('all of it was watched', async () => {
    await page.evaluate(() => fetch('/api/videos/lec-01/watched', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"spans":[[0,120]]}',
    }));
    return (await chiyoda()).watched_people > 0;
  }, 90_000);
  assert.equal((await chiyoda()).watched_people, 12);
  await page.goto(`${site.address}/`);
  const lectures = page.locator('.lectures .lecture');
  const told = async (at) => (await lectures.nth(at).innerText()).replace(/\s+/g, ' ');
  assert.match(await told(0), /未視聴/);
  const watchedAt = (await Promise.all(Array.from({ length: await lectures.count() }, (_, at) => told(at)))).findIndex((words) => words.includes('視聴済み'));
  assert.ok(watchedAt > 0, 'what was watched stands behind');
  assert.equal(await lectures.nth(watchedAt).getByRole('link').getAttribute('href'), '/videos/lec-01');
  await takePictures(page, 'home-watched');
  await assertAccessible(page, 'the home page of who has watched something');
  await assertFits(page, 'the home page of who has watched something');
  await context.close();
  const another = await browser.context();
  const clerk = await openPage(another, site);
  await signIn(clerk, site, secretariat, '/');
  await watch(clerk);
  assert.equal(await clerk.getByLabel(/何人で視聴していますか/).count(), 0, 'the secretariat is not counted');
  await another.close();
});

test('the desk shows the report, by any of its figures, and prints it', { timeout: 180_000 }, async () => {
  const counts = { venue: { 131016: 3, 132012: 2 } };
  await site.json('POST', '/api/desk/sessions/meeting-2021-kickoff/attendance', counts);
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, secretariat, '/desk');
  await page.getByRole('link', { name: '視聴の報告' }).click();
  const table = page.getByRole('table');
  await table.waitFor();
  assert.equal(await table.getByRole('row').count(), 2 + 62 + 2);
  const row = (name) => table.getByRole('row', { name: new RegExp(`^${name}`) });
  const figures = async (name) => (await row(name).getByRole('cell').allInnerTexts()).slice(-5);
  assert.deepEqual(await figures('千代田区'), ['3', '0', '0', '12', '0']);
  assert.deepEqual(await figures('小笠原村'), ['0', '0', '0', '0', '0']);
  assert.deepEqual(await figures('合計'), ['5', '0', '0', '12', '0']);
  await takePictures(page, 'report');
  await assertAccessible(page, 'the report');
  await assertFits(page, 'the report');

  await page.getByRole('combobox', { name: '表に出す数' }).selectOption('time');
  const { seconds } = await chiyoda();
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  assert.ok((await row('千代田区').getByRole('cell').allInnerTexts()).includes(time), time);
  await page.getByLabel('部署も表示').check();
  await row('環境課').waitFor();
  await assertAccessible(page, 'the report with departments');
  await page.getByRole('combobox', { name: '表に出す数' }).selectOption('people');

  const list = Buffer.from('名前,メール\r\n八王子市 環境課 佐藤,\r\n三鷹 太郎,\r\n講師の方,\r\n');
  await page.getByRole('combobox', { name: '会合', exact: true }).selectOption('mitigation-2021-1');
  await page.locator('input[type=file]').setInputFiles({ name: 'participants.csv', mimeType: 'text/csv', buffer: list });
  await page.getByText('1市区町村、1人を読み取りました').waitFor();
  assert.equal(await page.getByRole('combobox', { name: '三鷹 太郎' }).inputValue(), '132047');
  assert.equal(await page.getByRole('combobox', { name: '講師の方' }).inputValue(), '');
  await takePictures(page, 'report-unmatched');
  await assertAccessible(page, 'names that are given a municipality');
  await page.getByRole('button', { name: '選んだ人を加える' }).click();
  await page.getByText('選んだ1人を加えました').waitFor();
  await page.getByRole('combobox', { name: '市区町村', exact: true }).selectOption('131041');
  await page.getByRole('spinbutton', { name: '人数' }).fill('7');
  await page.getByRole('button', { name: '記録する' }).click();
  await page.getByText('記録しました').waitFor();
  await eventually('the table has what was added', async () => (await figures('合計')).join(' ') === '12 2 0 12 0');
  await assertAccessible(page, 'the report after attendance was added');
  await takePictures(page, 'report-attendance');
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSVを保存' }).click()]);
  assert.equal(saved.suggestedFilename(), '視聴の報告-2021年度.csv');
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = [...printed.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [Math.round(width), Math.round(height)]);
  assert.ok(sizes.length > 0 && sizes.every(([width, height]) => width === 842 && height === 595), `A4 landscape: ${JSON.stringify(sizes)}`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: PRINTED_WIDTH, height: 720 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= PRINTED_WIDTH, `what is printed is ${width} px wide, of ${PRINTED_WIDTH}`);
  await takePictures(page, 'report-printed');
  assertKeptToItself(page);
  await context.close();
});
