// A site that takes publishers, and ffmpeg in the place of Zoom, OBS or a hardware encoder.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { eventually, freePort, runProgram } from '../support/node/program.mjs';
import { demoCatalog, folderFor, Site } from './site.mjs';

export const entry = 'live-ada2';
const insideTheWindow = '2021-10-27T13:10:00+09:00';

/** A minute of a counting picture and a tone, with a key frame every second. */
export async function makeClip(t, { size = '160x90', rate = 24 } = {}) {
    const clip = path.join(await folderFor(t), 'clip.mp4');
    const made = await runProgram('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=60`,
        '-f', 'lavfi', '-i', 'sine=duration=60', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(rate), '-pix_fmt', 'yuv420p',
        '-c:a', 'aac', clip]);
    assert.equal(made.code, 0, made.errors);
    return clip;
}

/** A site that takes publishers, with the demo's catalog, somebody at the desk, and a picture to publish. */
export async function liveSite(t, { clock = insideTheWindow, settings } = {}) {
    const rtmp = await freePort();
    const srt = await freePort();
    const site = await Site.start(t, { clock, settings, more: ['--rtmp', `127.0.0.1:${rtmp}`, '--srt', `127.0.0.1:${srt}`] });
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    const desk = await site.signedIn();
    const clip = await makeClip(t);
    const key = (await site.mustRun(['live', 'key', entry])).trim();
    assert.match(key, /^[0-9a-f]{32}$/);
    const addresses = { rtmp: `rtmp://127.0.0.1:${rtmp}/live/`, srt: `srt://127.0.0.1:${srt}?streamid=` };
    return { site, desk, clip, key, ...addresses };
}

function words(clip, address, seconds) {
    const form = address.startsWith('rtmp') ? 'flv' : 'mpegts';
    return ['-v', 'error', '-re', '-t', String(seconds), '-i', clip, '-c', 'copy', '-f', form, address];
}

export const publish = (clip, address, seconds) => runProgram('ffmpeg', words(clip, address, seconds));

/** Publishes until it is ended. */
export function keepPublishing(t, clip, address) {
    const publisher = spawn('ffmpeg', words(clip, address, 60), { stdio: 'ignore' });
    const ended = new Promise((resolve) => publisher.once('close', resolve));
    t.after(() => publisher.kill('SIGKILL'));
    return { ended, kill: () => publisher.kill('SIGKILL'), freeze: () => publisher.kill('SIGSTOP'), thaw: () => publisher.kill('SIGCONT') };
}

/** How many seconds of the stream are listed, and whether it has ended. */
export async function listed(desk) {
    const { status, body } = await desk.post(`/api/videos/${entry}/play`);
    if (status !== 200) return { seconds: 0, hasEnded: false };
    const main = (await desk.get(body.url)).body.toString();
    const rendition = main.split('\n').find((line) => line && !line.startsWith('#'));
    const index = (await desk.get(path.posix.join(path.posix.dirname(body.url), rendition))).body.toString();
    const seconds = [...index.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
    return { seconds, hasEnded: index.includes('#EXT-X-ENDLIST') };
}

export const showsMoreThan = (desk, seconds) =>
    eventually(`more than ${seconds} s are listed`, async () => (await listed(desk)).seconds > seconds, 40_000);
