// A browser that watches what a page does: what it asks for, what its policy refused, how heavy it is.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchChromium, packageFile } from '../../support/node/chromium.mjs';

export const sizes = { desk: { width: 1024, height: 600 }, wide: { width: 1440, height: 900 }, hand: { width: 375, height: 740 } };

/** Chromium, set to Japanese. */
export async function startBrowser() {
  const chromium = await launchChromium({ args: ['--lang=ja'] });
  return {
    context: async (options = {}) => {
      const context = await chromium.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', viewport: sizes.desk, ...options });
      context.setDefaultTimeout(60_000);
      return context;
    },
    stop: () => chromium.close(),
  };
}

/** Opens a page and notes every request, refusal of the content policy, and error of a script. */
export async function openPage(context, site) {
  const page = await context.newPage();
  const seen = { elsewhere: [], refused: [], errors: [], bytes: new Map() };
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== site.address) seen.elsewhere.push(request.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) seen.refused.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('requestfinished', (request) => {
    void request.sizes().then(
      ({ responseBodySize }) => seen.bytes.set(new URL(request.url()).pathname, responseBodySize),
      () => undefined,
    );
  });
  page.seen = seen;
  return page;
}

/** A page asked no other host, and nothing that it did was refused by its policy. */
export function assertKeptToItself({ seen }) {
  assert.deepEqual(seen.elsewhere, [], 'requests to other hosts');
  assert.deepEqual(seen.refused, [], 'refused by the content security policy');
  assert.deepEqual(seen.errors, [], 'errors of scripts');
}

export async function signIn(page, site, { name, password }, next = '/') {
  await page.goto(`${site.address}/sign-in?next=${encodeURIComponent(next)}`);
  const form = page.locator('form').filter({ has: page.getByLabel('パスワード') });
  await form.getByLabel('名前', { exact: true }).fill(name);
  await form.getByLabel('パスワード').fill(password);
  await form.getByRole('button', { name: 'サインイン' }).click();
  await page.waitForURL((url) => url.pathname === next);
}

const axe = await readFile(packageFile('axe-core/axe.min.js'), 'utf8');

/**
 * WCAG 2.5.3 on the page as it is: what is seen of a control is in its name, letter by letter. axe looks for it word by
 * word, after it has taken the sound marks off the kana, and what it takes for words then differs between a name and a part of it.
 */
function namesWithoutWhatIsSeen() {
  const named = 'a[href], button, summary, label, [role=button], [role=link], [role=tab], [role=radio], [role=switch], [role=option], [role^=menuitem]';
  const letters = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return [...document.querySelectorAll(named)].flatMap((control) => {
    const labels = (control.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const name = labels.trim() || control.getAttribute('aria-label');
    const seen = control.innerText;
    return name && !letters(name).includes(letters(seen)) ? [`“${seen.trim()}” is not in the name “${name}”`] : [];
  });
}

/** axe finds nothing on the page as it is now. */
export async function assertAccessible(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    // eslint-disable-next-line no-undef -- in the page
    axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'label-content-name-mismatch': { enabled: false } },
    }),
  );
  const findings = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
  assert.deepEqual([...findings, ...(await page.evaluate(namesWithoutWhatIsSeen))], [], what);
}

/** The page scrolls in one direction only, down to 320 px. */
export async function assertFits(page, what) {
  const [wanted, there] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(wanted <= there, `${what} is ${wanted} px wide in ${there}`);
}

/** Pictures of a page at each size, where `KIROKU_SCREENSHOTS` names a folder. */
export async function takePictures(page, name) {
  const folder = process.env.KIROKU_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: path.join(folder, `${name}-${size}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
}

const SMALL_PAGE_BYTES = 20_000;
const WATCH_SCRIPT_BYTES = 340_000;

/** The scripts that a viewer's page came with are no heavier than a thin line bears. The desk's are not for such lines. */
async function assertLight(page, what) {
  const { pathname } = new URL(page.url());
  if (pathname.startsWith('/desk')) return;
  const most = pathname.startsWith('/videos/') ? WATCH_SCRIPT_BYTES : SMALL_PAGE_BYTES;
  // Of this page alone: who has come from a heavier one has its scripts too.
  const own = await page.evaluate(() => [...document.querySelectorAll('script[src]')].map(({ src }) => new URL(src).pathname));
  const bytes = [...page.seen.bytes].filter(([path]) => own.includes(path)).reduce((sum, [, each]) => sum + each, 0);
  assert.ok(bytes <= most, `the scripts of ${what}: ${bytes} bytes`);
}

/** With a system's own colours axe finds nothing either, and where motion is unwelcome nothing moves. */
async function assertAdapts(page, what) {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await assertAccessible(page, `${what} in forced colours`);
  const moving = await page.evaluate(() => document.getAnimations().filter(({ playState, effect }) => playState === 'running' && effect.getComputedTiming().duration > 1).length);
  assert.equal(moving, 0, `${what} moves`);
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' });
}

/** The page as it is now: pictures of it, axe without a finding, no scrolling to the side, no request elsewhere, no heavy script. */
export async function assertReadsWell(page, name) {
  await takePictures(page, name);
  await assertAccessible(page, name);
  await assertAdapts(page, name);
  await assertLight(page, name);
  for (const width of [320, sizes.hand.width]) {
    await page.setViewportSize({ width, height: 600 });
    await assertFits(page, `${name} at ${width}`);
  }
  await page.setViewportSize(sizes.desk);
  assertKeptToItself(page);
}
