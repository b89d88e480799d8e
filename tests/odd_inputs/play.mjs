// Plays what the transcoder makes of odd files in Debian's Chromium, through hls.js, from a plain web server, to the end.
//   node play.mjs --transcoder PROGRAM --folder DIR [--all | --only WORD]
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchChromium, packageFile } from '../support/node/chromium.mjs';
import { serveFolder } from '../support/node/static_server.mjs';
import { corpus } from './corpus.mjs';
import { renditionsOf, transcoded } from './trial.mjs';

/** What the short run plays: one of each way in which a folder can be odd for a player. */
const chosen = [
    'rates/rate-1', 'rates/rate-12.5', 'rates/rate-59.94', 'rates/one-frame', 'pictures/turned-90', 'pictures/size-4096-tall',
    'pictures/size-changes', 'timing/edit-empty-before-picture', 'timing/wraps-at-33-bits', 'timing/sound-short', 'timing/sound-long',
    'sounds/alone-mp3', 'sounds/picture-alone', 'sounds/surround-5.1', 'damage/index-first-60-left',
];

/** Runs in the page: plays `main.m3u8` to its end and tells what was decoded. */
function playedInPage({ address, limit }) {
    return new Promise((resolve) => {
        const video = document.querySelector('video');
        const hls = new Hls({ startLevel: -1 });
        let fatal = null;
        const over = (how) => {
            const { totalVideoFrames } = video.getVideoPlaybackQuality();
            const facts = { how, fatal, at: video.currentTime, duration: video.duration, width: video.videoWidth, frames: totalVideoFrames, soundBytes: video.webkitAudioDecodedByteCount };
            hls.destroy();
            resolve(facts);
        };
        hls.on(Hls.Events.ERROR, (event, data) => {
            if (!data.fatal) return;
            fatal = `${data.details}: ${data.error?.message ?? data.reason ?? ''}`;
            over('failed');
        });
        video.onended = () => over('ended');
        setTimeout(() => over('stood still'), limit);
        hls.loadSource(address);
        hls.attachMedia(video);
        video.play().catch(() => {});
    });
}

function wrongWith(facts, { picture, sound }) {
    const problems = [];
    if (facts.how !== 'ended') problems.push(`${facts.how} at ${facts.at} of ${facts.duration} s ${facts.fatal ?? ''}`);
    if (facts.at < facts.duration - 0.3) problems.push(`ended at ${facts.at} of ${facts.duration} s`);
    if (Boolean(picture) !== facts.frames > 0) problems.push(`${facts.frames} frames decoded`);
    if (picture && facts.width === 0) problems.push('no picture');
    if (sound && facts.soundBytes === 0) problems.push('no sound decoded');
    return problems;
}

async function played(browser, folder, seconds) {
    const pageFile = fileURLToPath(new URL('play.html', import.meta.url));
    const server = await serveFolder(folder, { '/play.html': pageFile, '/hls.js': packageFile('hls.js/dist/hls.min.js') });
    const page = await browser.newPage();
    try {
        await page.goto(`${server.address}/play.html`);
        return await page.evaluate(playedInPage, { address: `${server.address}/main.m3u8`, limit: (seconds * 2 + 20) * 1000 });
    } finally {
        await page.close();
        await server.close();
    }
}

const { values } = parseArgs({ options: {
    transcoder: { type: 'string' }, folder: { type: 'string' }, only: { type: 'string' }, all: { type: 'boolean', default: false },
} });
if (!values.transcoder || !values.folder) {
    console.error('play.mjs needs --transcoder and --folder; see its first lines.');
    process.exit(2);
}
const cases = (await corpus(join(values.folder, 'sources'))).filter(({ id, expect }) => {
    if (values.only) return id.includes(values.only);
    return values.all ? expect.kind !== 'refused' : chosen.includes(id);
});
const browser = await launchChromium();
let bad = 0;
let good = 0;
for (const each of cases) {
    const work = join(resolve(values.folder), 'played', each.id.replace('/', '-'));
    const run = await transcoded(each, resolve(values.transcoder), work);
    let problems = [];
    if (run.code !== 0 && each.expect.kind === 'plays' && !each.expect.mayBeRefused) problems = [`not made: ${run.errors.trim()}`];
    if (run.code === 0) {
        const facts = await played(browser, run.folder, run.events.at(-1).duration_s);
        problems = wrongWith(facts, await renditionsOf(run.folder));
        good += problems.length === 0 ? 1 : 0;
    }
    for (const problem of problems) console.log(`${each.id}: ${problem}`);
    bad += problems.length ? 1 : 0;
    await rm(work, { recursive: true, force: true });
}
await browser.close();
console.log(`${good} of ${cases.length} odd files played to their end in Chromium; ${bad} did not`);
process.exit(bad || good === 0 ? 1 : 0);
