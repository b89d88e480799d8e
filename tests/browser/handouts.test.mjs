// Handouts, page by page: read for themselves, found by what stands on them, and beside the picture.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawPdf } from '../support/node/pdf.mjs';
import { assertKeptToItself, assertReadsWell, openPage, signIn, startBrowser, takePictures } from './support/browser.mjs';
import { makeSlides, mediaFolder } from './support/media.mjs';
import { startSite, viewer } from './support/site.mjs';

const TITLE = '講演スライド(PDF)';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.giveRecording('lec-01', await makeSlides(media.folder, { each: 10, size: '320x180' }));
  await site.giveHandout('mat-lec-01', await drawPdf(['適応策の手引き', 'ゼロカーボンシティ', '']));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

const pictureIsThere = (image) => image.evaluate((element) => element.decode().then(() => element.naturalWidth));

test('the pages of a handout are read from the video’s page, as pictures and as text', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/videos/lec-01');
  await page.getByRole('link', { name: `ページを見る「${TITLE}」` }).click();
  await page.waitForURL('**/materials/mat-lec-01/pages');
  assert.equal(await page.locator('h1').textContent(), TITLE);
  const pictures = page.locator('.reading-page img');
  assert.equal(await pictures.count(), 3);
  assert.equal(await pictureIsThere(pictures.first()), 1440);
  assert.match(await pictures.nth(2).getAttribute('alt'), /読み取れる文字はありません/);
  await page.getByText('このページの文字').first().click();
  await page.getByText('適応策の手引き').waitFor();
  await page.getByRole('link', { name: '2', exact: true }).click();
  assert.equal(new URL(page.url()).hash, '#page-2');
  await assertReadsWell(page, 'handout');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'ダウンロード' }).click();
  assert.equal((await download).suggestedFilename(), '資料.pdf');
  await page.getByRole('link', { name: '文字だけで読む' }).click();
  await page.getByText('ゼロカーボンシティ').waitFor();
  assert.equal(await page.locator('main img').count(), 0);
  await assertReadsWell(page, 'handout-text');
  await page.getByRole('link', { name: '画像で見る' }).click();
  await pictures.first().waitFor();
  await context.close();
});

test('what stands on a page is found by who may have the handout, and leads to the page', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  const address = `${site.address}/search?q=${encodeURIComponent('ぜろかーぼんしてぃ')}`;
  await page.goto(address);
  assert.equal(await page.locator('.search-moments a').count(), 0);
  await signIn(page, site, viewer, '/');
  await page.goto(address);
  const hit = page.locator('.search-moments a').first();
  assert.match(await hit.textContent(), /2ページ\s*ゼロカーボンシティ/);
  await assertReadsWell(page, 'search-handout');
  await hit.click();
  await page.waitForURL('**/materials/mat-lec-01/pages#page-2');
  assert.ok(await page.locator('#page-2').evaluate((heading) => heading.getBoundingClientRect().top < innerHeight));
  await context.close();
});

test('a handout’s pages stand beside the picture, and are turned by keyboard', async () => {
  const context = await browser.context();
  const page = await openPage(context, site);
  await signIn(page, site, viewer, '/videos/lec-01');
  await page.getByRole('radio', { name: '映像とスライド' }).check();
  const choice = page.getByLabel('スライドの場所に表示するもの');
  await choice.selectOption({ label: TITLE });
  const image = page.locator('.slide-view img');
  assert.equal(await pictureIsThere(image), 1440);
  assert.equal(await image.getAttribute('alt'), `資料「${TITLE}」3ページ中1ページ目`);
  assert.ok(await page.getByRole('button', { name: '前のページ' }).isDisabled());
  await page.getByRole('button', { name: '次のページ' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('2 / 3 ページ').waitFor();
  assert.match(await image.getAttribute('src'), /\/materials\/mat-lec-01\/pages\/2\.jpg$/);
  await page.keyboard.press('Enter');
  await page.getByText('3 / 3 ページ').waitFor();
  assert.equal(await page.locator('.slide-strip').isHidden(), true);
  await assertReadsWell(page, 'watch-handout');
  await choice.selectOption({ label: '動画のスライド' });
  await page.locator('.slide-strip').waitFor();
  assert.match(await image.getAttribute('alt'), /^スライド/);
  await page.getByRole('radio', { name: '映像', exact: true }).check();
  assert.equal(await choice.isHidden(), true);
  assertKeptToItself(page);
  await context.close();
});

test('without scripts the pages are there, and a handout whose pages are not made says so', async () => {
  const signed = await browser.context();
  await signIn(await openPage(signed, site), site, viewer, '/');
  const context = await browser.context({ javaScriptEnabled: false, storageState: await signed.storageState() });
  const page = await context.newPage();
  await page.goto(`${site.address}/materials/mat-lec-01/pages?as=text`);
  assert.match(await page.textContent('main'), /ゼロカーボンシティ/);
  assert.equal((await page.goto(`${site.address}/materials/mat-lec-02/pages`)).status(), 404);
  await takePictures(page, 'handout-not-there');
  await Promise.all([signed.close(), context.close()]);
});
