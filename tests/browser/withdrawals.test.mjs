// A remark is withdrawn at the desk: the clerk is asked, viewers play over it at once, and then through black.
import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { assertAccessible, assertFits, assertKeptToItself, openPage, signIn, sizes, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays } from './support/player.mjs';
import { kiroku, secretariat, startSite } from './support/site.mjs';

let site;
let browser;
let media;
let go;

before(async () => {
  media = await mediaFolder();
  // Withdraws nothing before there is a file.
  const program = path.join(media.folder, 'transcoder');
  const file = path.join(media.folder, 'go');
  go = () => writeFile(file, '');
  const transcoder = path.join(path.dirname(kiroku), 'kiroku-transcoder');
  await writeFile(program, `#!/bin/bash\nif [ "$1" = --withdraw ]; then while [ ! -e "${file}" ]; do sleep 0.1; done; fi\nexec "${transcoder}" "$@"\n`);
  await chmod(program, 0o755);
  [site, browser] = await Promise.all([startSite({ transcoder: program }), startBrowser()]);
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 70, size: '426x240', bitrate: '200k' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const withdrawals = () => site.json('GET', '/api/desk/videos/lec-01/withdrawals');

async function standAt(page, second) {
  await page.evaluate((at) => {
    document.querySelector('video').currentTime = at;
  }, second);
  await page.waitForFunction((at) => Math.abs(document.querySelector('video').currentTime - at) < 0.5 && !document.querySelector('video').seeking, second);
}

/** Plays from a second on until another, and gives what was really played meanwhile. */
async function playThrough(page, from, to) {
  await page.evaluate((at) => {
    document.querySelector('video').currentTime = at;
    void document.querySelector('video').play();
  }, from);
  await page.waitForFunction((end) => document.querySelector('video').currentTime > end, to, { timeout: 45_000 });
}

/** How light the picture is that shows, 0 to 255. */
const light = (page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 32;
    canvas.height = 18;
    const drawing = canvas.getContext('2d');
    drawing.drawImage(document.querySelector('video'), 0, 0, 32, 18);
    const { data } = drawing.getImageData(0, 0, 32, 18);
    return data.reduce((sum, value, at) => (at % 4 === 3 ? sum : sum + value), 0) / (32 * 18 * 3);
  });

test('a remark is withdrawn at the desk, and viewers play over it', { timeout: 480_000 }, async (t) => {
  const context = await browser.context();
  // One who was watching already, with the playlists of before.
  const watching = await openPage(context, site);
  await signIn(watching, site, secretariat, '/videos/lec-01?preview');
  await watching.getByRole('button', { name: '再生' }).first().click();
  await assertPlays(watching);
  await watching.evaluate(() => document.querySelector('video').pause());
  const desk = await openPage(context, site);
  await desk.goto(`${site.address}/desk/videos/lec-01`);
  await desk.getByRole('link', { name: '発言などを取り消す' }).click();
  await desk.getByRole('heading', { level: 1, name: '発言などを取り消す' }).waitFor();
  await desk.waitForFunction(() => document.querySelector('video')?.readyState >= 3);

  await t.test('beside the player, with a reason, and asked what is lost', async () => {
    await standAt(desk, 50.2);
    await desk.getByRole('button', { name: 'ここを始まりにする' }).click();
    assert.equal(await desk.getByLabel('始まり', { exact: true }).inputValue(), '0:00:50.2');
    await desk.getByLabel('終わり', { exact: true }).fill('16秒');
    await desk.getByLabel('理由').fill('本人から取消しの申し出があったため');
    await desk.getByRole('button', { name: '取り消す', exact: true }).click();
    await desk.getByRole('alert').filter({ hasText: '時:分:秒' }).waitFor();
    await desk.getByLabel('終わり', { exact: true }).fill('0:00:52.7');
    await assertAccessible(desk, 'the page to withdraw remarks');
    for (const [name, size] of Object.entries(sizes)) {
      await desk.setViewportSize(size);
      await assertFits(desk, `the page to withdraw remarks (${name})`);
    }
    await desk.setViewportSize(sizes.desk);
    await desk.getByRole('button', { name: '取り消す', exact: true }).click();
    const dialog = desk.getByRole('dialog', { name: 'この部分を取り消しますか。元に戻すことはできません。' });
    await dialog.getByText('0:00:50.2から0:00:52.7までの映像と音').waitFor();
    await dialog.getByText('アップロードした元のファイル').waitFor();
    await dialog.getByText('バックアップ').first().waitFor();
    await assertAccessible(desk, 'the question before a remark is withdrawn');
    await takePictures(desk, 'desk-withdraw-question');
    await dialog.getByRole('button', { name: 'やめる' }).click();
    assert.deepEqual((await withdrawals()).withdrawals, []);
    await desk.getByRole('button', { name: '取り消す', exact: true }).click();
    await dialog.getByRole('button', { name: '完全に取り消す' }).click();
    await desk.getByText('取り消しました。いまから、この部分は配信されません。').waitFor();
    await desk.getByText('配信を止めています。').waitFor();
    await desk.getByText('本人から取消しの申し出があったため').waitFor();
    await assertAccessible(desk, 'what was withdrawn');
    await takePictures(desk, 'desk-withdrawn');
    assert.equal((await withdrawals()).withdrawals[0].state, 'withheld');
  });

  await t.test('while it is withheld it is played over, by who comes now and by who was there', async () => {
    const page = await openPage(context, site);
    await page.goto(`${site.address}/videos/lec-01?preview`);
    await page.getByRole('button', { name: '再生' }).first().click();
    await assertPlays(page);
    for (const each of [page, watching]) {
      await each.bringToFront();
      await playThrough(each, 45, 57);
      const { gaps, problem } = await each.evaluate(() => {
        const { buffered, error } = document.querySelector('video');
        return { gaps: Array.from({ length: buffered.length }, (_, at) => [buffered.start(at), buffered.end(at)]), problem: error?.message ?? '' };
      });
      assert.equal(problem, '');
      assert.ok(gaps.every(([from, to]) => to <= 50.3 || from >= 52.6), JSON.stringify(gaps));
    }
    assertKeptToItself(page);
    await page.close();
  });

  await t.test('and when its files are made anew, through black', async () => {
    await go();
    await eventually('what was withdrawn is removed', async () => (await withdrawals()).withdrawals[0].state === 'removed', 60_000);
    await desk.bringToFront();
    await desk.getByText('元の映像と音は、サーバーから消えました。').waitFor({ timeout: 30_000 });
    const page = await openPage(context, site);
    await page.goto(`${site.address}/videos/lec-01?preview`);
    await page.getByRole('button', { name: '再生' }).first().click();
    await assertPlays(page);
    for (const [second, isBlack] of [[49, false], [51.5, true], [53.5, false]]) {
      await page.evaluate(() => document.querySelector('video').pause());
      await standAt(page, second);
      await page.waitForFunction(() => document.querySelector('video').readyState >= 2);
      const seen = await light(page);
      assert.ok(isBlack ? seen < 12 : seen > 40, `at ${second} s the picture has a light of ${seen}`);
    }
    await playThrough(page, 47, 55);
    const stalls = await page.evaluate(() => {
      const { played } = document.querySelector('video');
      return Array.from({ length: played.length }, (_, at) => [played.start(at), played.end(at)]);
    });
    assert.ok(stalls.some(([from, to]) => from <= 47.5 && to >= 55), JSON.stringify(stalls));
    assertKeptToItself(page);
    await page.close();
  });
  assertKeptToItself(desk);
  await context.close();
});
