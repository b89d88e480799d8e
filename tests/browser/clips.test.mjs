// What a video shows of its recording: chosen at the desk beside the player, and watched.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, assertKeptToItself, openPage, signIn, sizes, startBrowser, takePictures } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { assertPlays, videoFacts } from './support/player.mjs';
import { secretariat, startSite } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 60, size: '426x240', bitrate: '200k' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const clipNow = async () => (await site.json('GET', '/api/desk/videos/lec-01')).clip;

/** Has the whole recording stand at a second. */
async function standAt(page, second) {
  await page.evaluate((at) => {
    document.querySelector('video').currentTime = at;
  }, second);
  await page.waitForFunction((at) => Math.abs(document.querySelector('video').currentTime - at) < 0.5 && !document.querySelector('video').seeking, second);
}

test('the clerk chooses the part beside the player, and leaves out the break', { timeout: 480_000 }, async (t) => {
  const context = await browser.context();
  const desk = await openPage(context, site);
  await signIn(desk, site, secretariat, '/desk/videos/lec-01');
  await desk.getByRole('link', { name: '表示する範囲を決める' }).click();
  await desk.getByRole('heading', { level: 1, name: '表示する範囲を決める' }).waitFor();
  await desk.waitForFunction(() => document.querySelector('video')?.readyState >= 3);

  await t.test('by where the player is, and by writing a time', async () => {
    await standAt(desk, 14);
    await desk.getByRole('button', { name: 'ここを始まりにする' }).click();
    assert.equal(await desk.getByLabel('始まり', { exact: true }).inputValue(), '0:00:14');
    await desk.getByLabel('終わり', { exact: true }).fill('0:00:58');
    await standAt(desk, 30);
    await desk.getByRole('button', { name: '休憩などを省く' }).focus();
    await desk.keyboard.press('Enter');
    assert.equal(await desk.getByLabel('省く部分の始まり').inputValue(), '0:00:30');
    await standAt(desk, 44);
    await desk.getByRole('button', { name: 'ここまで省く' }).click();
    await desk.getByRole('navigation', { name: '事務局の机の中の移動' }).getByRole('link', { name: '会合と資料', exact: true }).waitFor();
    await assertAccessible(desk, 'the page to choose a part');
    for (const [name, size] of Object.entries(sizes)) {
      await desk.setViewportSize(size);
      await assertFits(desk, `the page to choose a part (${name})`);
    }
    await desk.setViewportSize(sizes.desk);
    await takePictures(desk, 'desk-clip');
    await desk.getByRole('button', { name: 'この範囲を保存する' }).click();
    await desk.getByText('表示する範囲を保存しました。').waitFor();
    assert.deepEqual(await clipNow(), { begin_s: 14, end_s: 58, cuts: [{ begin_s: 30, end_s: 44 }] });
  });

  await t.test('a wrong time is told, and nothing is lost', async () => {
    await desk.getByLabel('始まり', { exact: true }).fill('14時');
    await desk.getByRole('button', { name: 'この範囲を保存する' }).click();
    await desk.getByRole('alert').filter({ hasText: '時:分:秒' }).waitFor();
    await desk.getByLabel('始まり', { exact: true }).fill('0:00:59');
    await desk.getByRole('button', { name: 'この範囲を保存する' }).click();
    await desk.getByRole('alert').filter({ hasText: '終わりは、始まりより後' }).waitFor();
    assert.equal((await clipNow()).begin_s, 14);
  });

  await t.test('viewers see that part to the second, and nothing of the break', async () => {
    const page = await openPage(context, site);
    await page.goto(`${site.address}/videos/lec-01?preview`);
    await page.getByRole('button', { name: '再生' }).first().click();
    await assertPlays(page);
    // Segments of six seconds: the part begins two seconds into its first.
    const { time } = await videoFacts(page);
    assert.ok(time >= 1.9, `the picture is at ${time} s`);
    await page.waitForFunction(() => document.querySelector('.control-time')?.textContent?.includes('0:30'));
    // A second before the break the picture is 15 s in, and goes on behind it, at 20 s.
    await page.evaluate(() => {
      document.querySelector('video').currentTime = 16.5;
    });
    await page.waitForFunction(() => document.querySelector('video').currentTime > 20.2, undefined, { timeout: 30_000 });
    const seen = await page.evaluate(() => {
      const { played } = document.querySelector('video');
      return Array.from({ length: played.length }, (_, at) => [played.start(at), played.end(at)]);
    });
    assert.ok(seen.every(([from, to]) => to <= 18.7 || from >= 19.8), JSON.stringify(seen));
    await page.evaluate(() => {
      document.querySelector('video').currentTime = 32.5;
    });
    await page.waitForFunction(() => document.querySelector('video').paused, undefined, { timeout: 30_000 });
    const end = await videoFacts(page);
    assert.ok(end.time >= 33.8 && end.time < 34.9, `it ends at ${end.time} s`);
    assertKeptToItself(page);
    await page.close();
  });

  await t.test('another video is made of the same recording', async () => {
    await desk.getByLabel('新しい動画の題名').fill('共通の部分');
    await desk.getByRole('button', { name: '下書きを作る' }).click();
    await desk.getByRole('link', { name: '共通の部分' }).waitFor();
    await desk.getByRole('button', { name: 'すべてを表示する' }).click();
    await desk.getByText('録画のすべてを表示するようにしました。').waitFor();
    assert.deepEqual((await clipNow()).begin_s, 14);
    await desk.getByRole('link', { name: '共通の部分' }).click();
    await desk.getByText('この録画は「').waitFor();
  });
  assertKeptToItself(desk);
  await context.close();
});
