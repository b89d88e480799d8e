// Questions: asked about a second of a video, answered at the desk, published together, marked on the bar.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertReadsWell, openPage, signIn, startBrowser } from './support/browser.mjs';
import { makeRecording, mediaFolder } from './support/media.mjs';
import { secretariat, startSite, viewer } from './support/site.mjs';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.giveRecording('lec-01', await makeRecording(media.folder, { seconds: 60, size: '426x240', bitrate: '150k' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

test('a question is asked about a second, and its answer comes back to it', { timeout: 240_000 }, async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/');
  await page.goto(`${site.address}/videos/lec-01?t=20`);
  await page.locator('.control-start').click();
  await page.waitForFunction(() => document.querySelector('video').currentTime > 20.5);
  await page.locator('.player').focus();
  await page.keyboard.press('k');
  await page.getByText('質問する', { exact: true }).click();
  await page.getByText(/^0:2\d の内容について$/).waitFor();
  await page.getByRole('textbox', { name: '質問' }).fill('予算はどう確保しましたか。');
  await page.getByRole('button', { name: '質問を送る' }).click();
  await page.getByText('質問を送りました').waitFor();
  await assertReadsWell(page, 'watch-question');
  await page.goto(`${site.address}/questions`);
  await page.getByRole('textbox', { name: '質問' }).fill('<b>次回</b>はいつですか。');
  await page.getByRole('button', { name: '質問を送る' }).click();
  await page.getByText('質問を送りました').waitFor();
  await page.reload();
  assert.equal(await page.getByText('回答をお待ちください。').count(), 2);
  await assertReadsWell(page, 'questions-own');

  const desk = await browser.context();
  const clerk = await openPage(desk, site);
  await signIn(clerk, site, secretariat, '/desk/questions');
  const items = clerk.locator('.question-item');
  await items.first().waitFor();
  assert.equal(await items.count(), 2);
  assert.match(await items.filter({ hasText: '脱炭素' }).textContent(), /千代田区 環境課/);
  for (const item of [items.filter({ hasText: '脱炭素' }), items.filter({ hasText: '動画によらない' })]) {
    await item.getByRole('textbox', { name: '回答' }).fill('補助金を\n使いました。');
    await item.getByRole('button', { name: '保存' }).click();
    await item.getByRole('checkbox', { name: '公開する' }).check();
  }
  await assertReadsWell(clerk, 'desk-questions');
  await clerk.getByRole('button', { name: '選んだ2件を公開する' }).click();
  await clerk.getByRole('dialog').getByRole('button', { name: '選んだ2件を公開する' }).click();
  await clerk.getByRole('heading', { name: '公開した回答 (2)' }).waitFor();
  await desk.close();

  await page.reload();
  await page.getByRole('heading', { name: /第1回回答/ }).waitFor();
  await assertReadsWell(page, 'questions');
  await page.locator('.question-batch').getByRole('link', { name: /^0:2\d 脱炭素/ }).click();
  await page.waitForURL(/\/videos\/lec-01\?t=2\d$/);
  // The marks are there once the video's length is known.
  await page.locator('.seek-question').first().waitFor({ state: 'attached' });
  assert.equal(await page.locator('.seek-question').count(), 1);
  await page.locator('#questions').getByText('補助金を').waitFor();
  await context.close();
});

test('nobody asks without signing in, and answers follow the video’s window', async () => {
  const send = (body) => fetch(`${site.address}/api/questions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal((await send({ text: '問' })).status, 401);
  assert.equal((await fetch(`${site.address}/api/desk/questions`)).status, 401);
  assert.equal((await fetch(`${site.address}/api/videos/lec-01/questions`)).status, 401);
  const context = await browser.context();
  const page = await openPage(context, site);
  await page.goto(`${site.address}/questions`);
  await page.getByText('質問するにはサインインしてください。').waitFor();
  assert.equal(await page.getByText('予算はどう').count(), 0, 'what may not be watched is not asked about in public');
  await page.getByText('次回はいつ').waitFor({ state: 'attached' }).catch(() => undefined);
  assert.match(await page.textContent('.question-batch'), /<b>次回<\/b>/);
  await assertReadsWell(page, 'questions-signed-out');
  await context.close();
});
