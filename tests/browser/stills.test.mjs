// What the transcoder makes beside the video: a poster, small pictures on the bar, and sound and slides as a quality.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertKeptToItself, assertReadsWell, openPage, signIn, sizes, startBrowser, takePictures } from './support/browser.mjs';
import { makeSlides, mediaFolder } from './support/media.mjs';
import { assertPlays, videoFacts } from './support/player.mjs';
import { startSite, viewer } from './support/site.mjs';

// Long enough that no test comes to the end by itself on a busy machine.
const EACH = 60;
const SLIDES = '音声とスライド';

let site;
let browser;
let media;

before(async () => {
  [site, browser, media] = await Promise.all([startSite(), startBrowser(), mediaFolder()]);
  await site.giveRecording('lec-01', await makeSlides(media.folder, { each: EACH, size: '320x180' }));
});
after(() => Promise.all([site?.stop(), browser?.stop(), media?.remove()]));

/** The lecture's page, opened by a viewer; `change` may change what asking to play gives. */
async function openLecture(context, change) {
  const page = await openPage(context, site);
  if (change)
    await page.route('**/api/videos/lec-01/play', async (route) => {
      const reply = await route.fetch();
      const answer = await reply.json();
      change(answer);
      await route.fulfill({ response: reply, json: answer });
    });
  await signIn(page, site, viewer, '/videos/lec-01');
  await page.getByRole('button', { name: '再生' }).first().waitFor();
  return page;
}

const play = (page) => page.getByRole('button', { name: '再生' }).first().click();

/** Presses a button of the controls, which come back where the pointer moves. */
async function press(page, name) {
  await page.locator('.player').hover();
  await page.locator('.player[data-controls]').waitFor();
  await page.getByRole('button', { name }).click();
}
const settings = (page) => press(page, '設定');
const quality = (page, name) => page.getByRole('radio', { name });

/** Chooses a quality and waits until what belongs to it is asked for. */
async function choose(page, name, folder) {
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname.endsWith(`/lec-01/${folder}main.m3u8`));
  await quality(page, name).check();
  await asked;
}

/** Waits until the video has come to `second`, and goes on from there. */
async function goesOnFrom(page, second) {
  await page.waitForFunction((from) => {
    const video = document.querySelector('video');
    return video && !video.paused && video.readyState >= 3 && video.currentTime > from;
  }, second);
  const { time, soundBytes } = await videoFacts(page);
  const clock = performance.now();
  await page.waitForFunction((from) => document.querySelector('video').currentTime > from + 1.5, time);
  // Not pictures: a slide is one for many seconds.
  assert.ok((await videoFacts(page)).soundBytes > soundBytes, 'sound decoded');
  return { time, clock };
}

/** No further on than the time that passed lets it be. */
function assertFollows(after, before, rate) {
  const latest = before.time + ((after.clock - before.clock) / 1000) * rate + 5;
  assert.ok(after.time > before.time && after.time < latest, `${after.time} s after ${before.time} s, ${latest} s at most`);
}

/** Moves the pointer over the picture, where the controls come back, and on to a share of the bar. */
async function pointAt(page, share) {
  await page.locator('.player').hover();
  await page.locator('.player[data-controls]').waitFor();
  const box = await page.locator('.seek').boundingBox();
  await page.mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 3 });
}

/** Points there, and gives the colour in the middle of the small picture that comes. */
async function colourOver(page, share) {
  await pointAt(page, share);
  await page.locator('.seek-hint img').waitFor();
  return page.evaluate(() => {
    const image = document.querySelector('.seek-hint img');
    const { width, height, objectPosition } = getComputedStyle(image);
    const [x, y] = objectPosition.split(' ').map((place) => -parseFloat(place));
    const canvas = document.createElement('canvas');
    const drawing = canvas.getContext('2d');
    // Beside the grid's lines, which cross in the middle.
    drawing.drawImage(image, x + parseFloat(width) / 2 + 10, y + parseFloat(height) / 2 + 8, 1, 1, 0, 0, 1, 1);
    return [...drawing.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  });
}

function assertMostly(colour, names, what) {
  const strong = ['red', 'green', 'blue'].filter((_, index) => colour[index] > 90);
  assert.deepEqual(strong, names, `${what} is ${colour}`);
}

test('the poster is there until the video begins', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  const poster = page.locator('img.poster');
  await poster.waitFor();
  assert.equal(await poster.evaluate((image) => image.decode().then(() => image.naturalWidth)), 320);
  await takePictures(page, 'watch-poster');
  await assertAccessible(page, 'the watch page with its poster');
  await play(page);
  await assertPlays(page);
  assert.equal(await poster.count(), 0);
  assertKeptToItself(page);
  await context.close();
});

test('pointing at the bar shows what is to be seen there, and asks for nothing before', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/thumbnails')) asked.push(new URL(request.url()).pathname.split('/').at(-1));
  });
  await play(page);
  await assertPlays(page);
  assert.deepEqual(asked, []);
  assertMostly(await colourOver(page, 0.15), ['red'], 'the first slide');
  assertMostly(await colourOver(page, 0.38), ['green'], 'the second slide');
  await takePictures(page, 'watch-thumbnail');
  await page.mouse.move(0, 0);
  assertMostly(await colourOver(page, 0.9), ['red', 'green'], 'the last slide');
  assert.deepEqual(asked, ['thumbnails.vtt', 'thumbnails-0.jpg']);
  for (const share of [0.001, 0.999]) {
    await colourOver(page, share);
    const [bar, hint] = [await page.locator('.seek').boundingBox(), await page.locator('.seek-hint').boundingBox()];
    assert.ok(hint.x >= bar.x - 1 && hint.x + hint.width <= bar.x + bar.width + 1, `the hint at ${share} stays over the bar`);
  }
  assertKeptToItself(page);
  await context.close();
});

/** The colour in the middle of the slide that is shown, once it is loaded. */
const shownSlide = (page) =>
  page.evaluate(async () => {
    const image = document.querySelector('.slide-view img');
    await image.decode();
    const canvas = document.createElement('canvas');
    const drawing = canvas.getContext('2d');
    drawing.drawImage(image, image.naturalWidth / 2 + 30, image.naturalHeight / 2 + 20, 1, 1, 0, 0, 1, 1);
    return [...drawing.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  });
const slideIs = (page, number) => page.getByRole('img', { name: `スライド 4枚中${number}枚目` }).waitFor();

test('slides stand beside the picture or in its place, follow it, and lead to their places', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  const asked = [];
  page.on('request', (request) => {
    if (/slide/.test(request.url())) asked.push(new URL(request.url()).pathname.split('/').at(-1));
  });
  await play(page);
  await assertPlays(page);
  assert.deepEqual(asked, [], 'nothing of slides before they are wanted');
  await page.getByRole('radio', { name: '映像とスライド' }).check();
  await slideIs(page, 1);
  assertMostly(await shownSlide(page), ['red'], 'the first slide');
  const strip = page.getByRole('list', { name: 'スライドの一覧' });
  assert.equal(await strip.getByRole('listitem').count(), 4);
  const [picture, slide] = await Promise.all(['video', '.slide-view'].map((each) => page.locator(each).boundingBox()));
  assert.ok(slide.x >= picture.x + picture.width - 1, 'beside the picture, not over it');
  assert.ok(slide.width > picture.width, 'what is to be read has more room');
  await strip.getByRole('link', { name: /^3 1:[56]\d|^3 2:0\d/ }).click();
  await slideIs(page, 3);
  assertMostly(await shownSlide(page), ['blue'], 'the third slide');
  const { time } = await videoFacts(page);
  assert.ok(Math.abs(time - 2 * EACH) < 5, `the third slide led to ${time} s`);
  assert.match(await strip.locator('[aria-current]').textContent(), /^3 /);
  await page.locator('.player').focus();
  await page.keyboard.press('9');
  await slideIs(page, 4);
  await assertReadsWell(page, 'watch-slides-beside');
  await page.setViewportSize(sizes.hand);
  const [above, below] = await Promise.all(['video', '.slide-view'].map((each) => page.locator(each).boundingBox()));
  assert.ok(below.y >= above.y + above.height - 1, 'on a narrow screen below the picture');
  await page.setViewportSize(sizes.desk);

  await page.getByRole('radio', { name: 'スライド', exact: true }).check();
  const [whole, covering] = await Promise.all(['.player', '.slide-view'].map((each) => page.locator(each).boundingBox()));
  assert.deepEqual(covering, whole);
  await goesOnFrom(page, 0);
  await assertReadsWell(page, 'watch-slides-alone');
  await page.reload();
  await page.getByRole('radio', { name: 'スライド', exact: true, checked: true }).waitFor();
  await page.getByRole('radio', { name: '映像', exact: true }).check();
  assert.equal(await page.locator('.slide-view').isVisible(), false);
  await context.close();
});

test('sound and slides go on from where the video was, as fast as it was, and back', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  await play(page);
  await assertPlays(page);
  await settings(page);
  await quality(page, '1.5倍').check();
  await page.locator('.player').focus();
  await page.keyboard.press('4');
  const before = await goesOnFrom(page, 4 * EACH * 0.4);

  await choose(page, SLIDES, 'stills/');
  const slides = await goesOnFrom(page, before.time);
  assertFollows(slides, before, 1.5);
  assert.equal(await page.evaluate(() => document.querySelector('video').playbackRate), 1.5);
  assert.ok(await quality(page, SLIDES).isChecked());
  await assertAccessible(page, 'the settings while sound and slides play');
  await takePictures(page, 'watch-sound-and-slides');

  await choose(page, '自動', '');
  const back = await goesOnFrom(page, slides.time);
  assertFollows(back, slides, 1.5);
  assert.equal(await page.evaluate(() => document.querySelector('video').playbackRate), 1.5);
  assert.ok(await quality(page, '自動').isChecked());
  assertKeptToItself(page);
  await context.close();
});

test('a paused video stays paused where it was, and the choice is made by keys', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  await play(page);
  await assertPlays(page);
  await page.locator('.player').focus();
  await page.keyboard.press('k');
  await page.locator('.controls-row').getByRole('button', { name: '再生' }).waitFor();
  await page.keyboard.press('5');
  const middle = 2 * EACH;
  await page.waitForFunction((second) => Math.abs(document.querySelector('video').currentTime - second) < 0.2, middle);
  await settings(page);
  // From the checked one upwards: round to the last, which is the sound alone, and on.
  const asked = page.waitForRequest(/\/stills\/main\.m3u8$/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await asked;
  assert.ok(await quality(page, SLIDES).isChecked());
  await page.waitForFunction((second) => {
    const video = document.querySelector('video');
    return video.readyState >= 2 && Math.abs(video.currentTime - second) < 0.3;
  }, middle);
  assert.equal((await videoFacts(page)).paused, true);
  assert.match(await page.textContent('.control-time'), /^(1:59|2:00) \/ (3:59|4:00)$/);
  // The encodings of the video are offered still, and one of them is what plays when it is chosen.
  await choose(page, /^高/, '');
  await page.waitForFunction((second) => Math.abs(document.querySelector('video').currentTime - second) < 0.3, middle);
  assert.ok(await quality(page, /^高/).isChecked());
  await choose(page, SLIDES, 'stills/');
  await choose(page, '自動', '');
  assert.ok(await quality(page, '自動').isChecked());
  await context.close();
});

test('sound and slides get a new grant when theirs is refused', async () => {
  const context = await browser.context();
  const page = await openLecture(context);
  await play(page);
  await assertPlays(page);
  let refused = 0;
  await page.route('**/stills/*slides/*.m4s', (route) => {
    refused += 1;
    if (refused > 1) return route.continue();
    return route.fulfill({ status: 403, json: { error: { kind: 'grant_expired', message: '' } } });
  });
  const renewed = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/play'));
  await settings(page);
  await choose(page, SLIDES, 'stills/');
  await renewed;
  await goesOnFrom(page, 0);
  await context.close();
});

test('where there are no slides there is no such choice, and no poster', async () => {
  const context = await browser.context();
  const page = await openLecture(context, (answer) => {
    answer.stills = { poster: null, thumbnails: null, slides: null, slide_list: null };
  });
  await play(page);
  await assertPlays(page);
  await settings(page);
  await quality(page, /^高/).waitFor();
  assert.equal(await quality(page, SLIDES).count(), 0);
  assert.equal(await page.getByRole('radio', { name: '映像とスライド' }).count(), 0);
  await page.keyboard.press('Escape');
  await pointAt(page, 0.5);
  await page.locator('.seek-hint', { hasText: /^(1:59|2:00)/ }).waitFor();
  assert.equal(await page.locator('.seek-hint img').count(), 0);
  assertKeptToItself(page);
  await context.close();
});

test('slides that are gone meanwhile leave the video where it was', async () => {
  const context = await browser.context();
  let gone = false;
  const page = await openLecture(context, (answer) => {
    if (gone) answer.stills.slides = null;
  });
  await play(page);
  await assertPlays(page);
  gone = true;
  await page.route('**/stills/**', (route) => route.fulfill({ status: 404, json: { error: { kind: 'not_found', message: '' } } }));
  const { time } = await videoFacts(page);
  await settings(page);
  await quality(page, SLIDES).check();
  await page.getByRole('button', { name: 'もう一度つなぐ' }).click();
  await goesOnFrom(page, time);
  assert.equal(await quality(page, SLIDES).count(), 0);
  await context.close();
});

test('slides that begin before the video are shown in the video’s time', async () => {
  const context = await browser.context();
  const page = await openLecture(context, (answer) => {
    answer.stills.slides.pieces = [[EACH, null]];
    answer.captions = [{ language: 'ja', label: '日本語', url: '/captions-of-the-test.vtt' }];
  });
  await page.route('**/captions-of-the-test.vtt', (route) =>
    route.fulfill({ contentType: 'text/vtt', body: 'WEBVTT\n\n00:04.000 --> 00:50.000\n四秒から\n' }));
  await play(page);
  await assertPlays(page);
  await press(page, '字幕を出す');
  await settings(page);
  await choose(page, SLIDES, 'stills/');
  await goesOnFrom(page, EACH);
  const inVideo = async () => (await videoFacts(page)).time - EACH;
  const told = Number(/^0:(\d\d)/.exec(await page.textContent('.control-time'))?.[1]);
  assert.ok(Math.abs(told - (await inVideo())) < 2, `${told} s are told`);
  await page.getByText('四秒から').waitFor();
  const shown = await inVideo();
  assert.ok(shown >= 3.9 && shown < 50, `the caption came at ${shown} s`);
  await context.close();
});
