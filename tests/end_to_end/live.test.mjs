// A stream from the encoder to the archive: the real programs, and ffmpeg as Zoom, OBS or a hardware encoder would be.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually, freePort, runProgram } from '../support/node/program.mjs';
import { demoCatalog, folderFor, Site } from './site.mjs';

const entry = 'live-ada2';
const insideTheWindow = '2021-10-27T13:10:00+09:00';

/** A site that takes publishers, with the demo's catalog, somebody at the desk, and a picture to publish. */
async function liveSite(t, { clock = insideTheWindow, settings } = {}) {
    const rtmp = await freePort();
    const srt = await freePort();
    const site = await Site.start(t, { clock, settings, more: ['--rtmp', `127.0.0.1:${rtmp}`, '--srt', `127.0.0.1:${srt}`] });
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    const desk = await site.signedIn();
    const clip = path.join(await folderFor(t), 'clip.mp4');
    const made = await runProgram('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=24:duration=60',
        '-f', 'lavfi', '-i', 'sine=duration=60', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '24', '-pix_fmt', 'yuv420p', '-c:a', 'aac', clip]);
    assert.equal(made.code, 0, made.errors);
    const key = (await site.mustRun(['live', 'key', entry])).trim();
    assert.match(key, /^[0-9a-f]{32}$/);
    const addresses = { rtmp: `rtmp://127.0.0.1:${rtmp}/live/`, srt: `srt://127.0.0.1:${srt}?streamid=` };
    return { site, desk, clip, key, ...addresses };
}

function words(clip, address, seconds) {
    const form = address.startsWith('rtmp') ? 'flv' : 'mpegts';
    return ['-v', 'error', '-re', '-t', String(seconds), '-i', clip, '-c', 'copy', '-f', form, address];
}

const publish = (clip, address, seconds) => runProgram('ffmpeg', words(clip, address, seconds));

/** Publishes until it is ended. */
function keepPublishing(t, clip, address) {
    const publisher = spawn('ffmpeg', words(clip, address, 60), { stdio: 'ignore' });
    const ended = new Promise((resolve) => publisher.once('close', resolve));
    t.after(() => publisher.kill('SIGKILL'));
    return { ended, kill: () => publisher.kill('SIGKILL') };
}

const stateOf = async (desk) => (await desk.get(`/api/desk/videos/${entry}/live`)).body;

/** How many seconds of the stream are listed, and whether it has ended. */
async function listed(desk) {
    const { status, body } = await desk.post(`/api/videos/${entry}/play`);
    if (status !== 200) return { seconds: 0, hasEnded: false };
    const main = (await desk.get(body.url)).body.toString();
    const rendition = main.split('\n').find((line) => line && !line.startsWith('#'));
    const index = (await desk.get(path.posix.join(path.posix.dirname(body.url), rendition))).body.toString();
    const seconds = [...index.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
    return { seconds, hasEnded: index.includes('#EXT-X-ENDLIST') };
}

const showsMoreThan = (desk, seconds) =>
    eventually(`more than ${seconds} s are listed`, async () => (await listed(desk)).seconds > seconds, 40_000);

/** The one process that packages for `site`. */
async function transcoderOf(site) {
    const server = String(site.server.pid);
    for (const name of await readdir('/proc')) {
        if (!/^\d+$/.test(name)) continue;
        const status = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '');
        if (status.slice(status.lastIndexOf(')') + 2).split(' ')[1] === server) return Number(name);
    }
    return null;
}

test('a wrong key, a second publisher and another hour are refused in words', { timeout: 120_000 }, async (t) => {
    const { site, desk, clip, key, rtmp, srt } = await liveSite(t);
    assert.match((await publish(clip, rtmp + '0'.repeat(32), 2)).errors, /The stream key is not right/);
    assert.match((await publish(clip, srt + '0'.repeat(32), 2)).errors, /rejection reason/);
    const publisher = keepPublishing(t, clip, rtmp + key);
    await eventually('it is live', async () => (await stateOf(desk)).state === 'live');
    assert.match((await publish(clip, rtmp + key, 2)).errors, /Somebody else is publishing/);
    assert.notEqual((await publish(clip, srt + key, 2)).code, 0);
    publisher.kill();
    await site.kill();
    await site.start({ clock: '2021-10-27T09:00:00+09:00' });
    assert.match((await publish(clip, rtmp + key, 2)).errors, /Publishing opens at 2021-10-27T03:30:00Z/);
    assert.ok(!site.said.includes(key), 'the log holds no key');
});

test('a stream is watched while it comes, marked, and the archive the moment it ends', { timeout: 120_000 }, async (t) => {
    const { site, desk, clip, key, rtmp } = await liveSite(t);
    const before = await desk.post(`/api/videos/${entry}/play`);
    assert.equal(before.status, 409);
    assert.equal(before.body.error.opens_at, '2021-10-27T04:00:00Z');
    assert.equal((await desk.get(`/api/videos/${entry}`)).body.live.state, 'waiting');
    const publisher = keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, 3);
    assert.equal((await desk.get(`/api/videos/${entry}`)).body.live.state, 'live');
    assert.equal((await desk.post(`/api/desk/videos/${entry}/live/mark`, { title: '講演' })).status, 204);
    assert.equal((await desk.post(`/api/desk/videos/${entry}/live/break`, { on: true })).status, 204);
    assert.equal((await desk.get(`/api/videos/${entry}`)).body.live.state, 'break');
    await showsMoreThan(desk, 7);
    await site.mustRun(['live', 'end', entry]);
    await eventually('it is the archive', async () => (await listed(desk)).hasEnded, 3000);
    await publisher.ended;
    const shown = (await desk.get(`/api/videos/${entry}`)).body;
    assert.equal(shown.live.state, 'ended');
    assert.deepEqual(shown.chapters.map((chapter) => chapter.title), ['講演']);
    assert.ok(shown.chapters[0].at_s > 2, JSON.stringify(shown.chapters));
    await desk.transcoded(entry);
    assert.equal(await site.broken(), '');
});

test('SRT is taken plain and encrypted, and the wrong passphrase is not', { timeout: 120_000 }, async (t) => {
    const { site, desk, clip, key, srt } = await liveSite(t);
    assert.equal((await publish(clip, srt + key, 6)).code, 0);
    await showsMoreThan(desk, 3);
    const made = (await desk.post(`/api/desk/videos/${entry}/live/key`)).body;
    assert.notEqual((await publish(clip, srt + key, 2)).code, 0, 'the old key is void');
    const encrypted = `${srt}#!::r=${made.key},m=publish,e=1&passphrase=`;
    assert.notEqual((await publish(clip, encrypted + 'not the passphrase', 2)).code, 0);
    const { seconds } = await listed(desk);
    assert.equal((await publish(clip, encrypted + made.passphrase, 6)).code, 0);
    await showsMoreThan(desk, seconds + 3);
    assert.equal(await site.broken(), '');
});

test('a transcoder that is killed is followed by another, and the publisher stays', { timeout: 120_000 }, async (t) => {
    const { site, desk, clip, key, rtmp } = await liveSite(t);
    const publisher = keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, 3);
    const { seconds } = await listed(desk);
    process.kill(await transcoderOf(site), 'SIGKILL');
    await showsMoreThan(desk, seconds + 5);
    assert.equal((await stateOf(desk)).state, 'live');
    publisher.kill();
    await eventually('it is interrupted', async () => (await stateOf(desk)).state === 'interrupted');
    assert.equal(await site.broken(), '');
});

test('a server that is killed finds the stream interrupted, and takes its publisher again', { timeout: 120_000 }, async (t) => {
    const { site, desk, clip, key, rtmp } = await liveSite(t);
    keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, 3);
    const { seconds } = await listed(desk);
    await site.kill();
    await site.start();
    assert.equal((await stateOf(desk)).state, 'interrupted');
    assert.ok((await listed(desk)).seconds >= seconds, 'what was listed stays');
    keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, seconds + 4);
    assert.equal((await desk.post(`/api/desk/videos/${entry}/live/end`)).status, 202);
    await eventually('it is the archive', async () => (await listed(desk)).hasEnded);
    await desk.transcoded(entry);
    assert.equal(await site.broken(), '');
});
