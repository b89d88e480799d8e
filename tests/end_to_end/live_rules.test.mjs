// Every version of a stream's playlists, over a whole session with a break in it, against the rules of HLS; and the archive.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { recordStream } from '../support/node/live_recorder.mjs';
import { eventually, runProgram } from '../support/node/program.mjs';
import { entry, keepPublishing, listed, liveSite, makeClip, showsMoreThan } from './live_site.mjs';
import { folderFor, programs } from './site.mjs';

const check = async (...words) => {
    const ran = await runProgram(path.join(programs, 'kiroku-hls-check'), words);
    return ran.output.toString() + ran.errors;
};

/** The folder of the stream's recording. */
async function recordingOf(site) {
    const media = path.join(site.data, 'media');
    const [recording] = await readdir(media);
    return path.join(media, recording);
}

/** Records a session in which the publisher goes, and comes back with `second`; gives what was recorded. */
async function recordSession(t, second, seconds) {
    const { site, desk, clip, key, rtmp } = await liveSite(t);
    let publisher = keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, 3);
    const { body } = await desk.post(`/api/videos/${entry}/play`);
    const folder = await folderFor(t);
    const recording = recordStream(site.address + body.url, folder, AbortSignal.timeout(100_000));
    await showsMoreThan(desk, seconds);
    const before = (await listed(desk)).seconds;
    publisher.kill();
    await publisher.ended;
    publisher = keepPublishing(t, second ?? clip, rtmp + key);
    await showsMoreThan(desk, before + 7);
    await site.mustRun(['live', 'end', entry]);
    const counts = await recording;
    await publisher.ended;
    return { site, folder, counts };
}

test('no version of a live playlist breaks a rule, and no archive does', { timeout: 180_000 }, async (t) => {
    const { site, folder, counts } = await recordSession(t, undefined, 31);
    assert.equal(await check('--live', folder), '');
    assert.ok(counts.versions > 100 && counts.parts > 80 && counts.segments > 20, JSON.stringify(counts));
    await eventually('the archive is whole', async () => (await site.broken()) === '');
    assert.equal(await check(await recordingOf(site)), '');
});

test('nor where the publisher comes back with another picture', { timeout: 180_000 }, async (t) => {
    const other = await makeClip(t, { size: '320x180', rate: 30 });
    const { site, folder, counts } = await recordSession(t, other, 7);
    assert.equal(await check('--live', folder), '');
    assert.ok(counts.versions > 30, JSON.stringify(counts));
    assert.equal(await check(await recordingOf(site)), '');
    assert.equal(await site.broken(), '');
});
