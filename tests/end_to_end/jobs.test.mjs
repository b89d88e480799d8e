// What becomes of transcoding when somebody stops, removes, or puts nothing sensible in a transcoder's place.
import assert from 'node:assert/strict';
import { chmod, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { folderFor, makeRecording, Site } from './site.mjs';

async function siteAtWork(t, settings, seconds = 15) {
    const site = await Site.start(t, { settings });
    await site.addSecretariat();
    const desk = await site.signedIn();
    const file = await makeRecording(path.join(await folderFor(t), 'lecture.mp4'), seconds);
    const video = await desk.upload(file, (await stat(file)).size);
    return { site, desk, video };
}

test('a server that is told to stop ends at once, and goes on with the recording when it starts again', { timeout: 240_000 }, async (t) => {
    const { site, desk, video } = await siteAtWork(t, '[transcoding]\nniceness = 0\n');
    await eventually('it is at work', async () => (await desk.deskVideo(video)).recording.state === 'working');
    const began = Date.now();
    assert.equal(await site.stop(), 0);
    assert.ok(Date.now() - began < 10_000, `it took ${Date.now() - began} ms`);
    assert.deepEqual((await readdir(site.data)).includes('kiroku.sock'), false);
    await site.start();
    await desk.transcoded(video);
    assert.equal(await site.broken(), '');
});

test('a recording can be removed while it is being transcoded, and the next one is made', { timeout: 240_000 }, async (t) => {
    const { site, desk, video } = await siteAtWork(t, '[transcoding]\nniceness = 0\n', 120);
    await eventually('it is at work', async () => (await desk.deskVideo(video)).recording.state === 'working');
    const file = await makeRecording(path.join(await folderFor(t), 'next.mp4'), 4);
    const next = await desk.upload(file, (await stat(file)).size);
    assert.equal((await desk.remove(`/api/desk/videos/${video}`)).status, 204);
    const { recording } = await desk.transcoded(next);
    assert.deepEqual(await readdir(path.join(site.data, 'media')), [recording.id]);
    assert.equal(await site.broken(), '');
});

test('a transcoder that dies again and again, or talks nonsense, fails its recording and nothing else', { timeout: 900_000 }, async (t) => {
    const folder = await folderFor(t);
    const program = path.join(folder, 'no-transcoder');
    const settings = `[transcoding]\nprogram = "${program}"\nback_off_seconds = 0\n`;
    for (const script of ['exit 3', 'kill -SEGV $$', 'echo nonsense; sleep 60', `head -c 100000 /dev/zero; sleep 60`]) {
        await writeFile(program, `#!/bin/sh\n${script}\n`);
        await chmod(program, 0o755);
        const { site, desk, video } = await siteAtWork(t, settings, 1);
        const { recording } = await desk.transcoded(video, ['failed'], 210_000);
        assert.equal(recording.failure.kind, 'internal', script);
        assert.match(recording.failure.message, /。$/);
        assert.equal(recording.attempts, 3);
        assert.equal(await site.broken(), '');
        await site.kill();
    }
});
