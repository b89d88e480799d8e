// A stream from the encoder to the archive: the real programs, and ffmpeg as Zoom, OBS or a hardware encoder would be.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { entry, keepPublishing, listed, liveSite, publish, showsMoreThan } from './live_site.mjs';

const stateOf = async (desk) => (await desk.get(`/api/desk/videos/${entry}/live`)).body;

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

test('a publisher that stands still is an interruption, until it goes on', { timeout: 120_000 }, async (t) => {
    const { desk, clip, key, rtmp } = await liveSite(t);
    const publisher = keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, 3);
    publisher.freeze();
    await eventually('it is interrupted', async () => (await stateOf(desk)).state === 'interrupted');
    assert.equal((await desk.get(`/api/videos/${entry}`)).body.live.state, 'interrupted');
    const { seconds } = await listed(desk);
    publisher.thaw();
    await eventually('it is live', async () => (await stateOf(desk)).state === 'live');
    await showsMoreThan(desk, seconds + 3);
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
