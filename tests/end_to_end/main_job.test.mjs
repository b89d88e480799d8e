// The main job, once through: upload with a cut, transcoding watched as it goes, publishing, playing.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually, runProgram } from '../support/node/program.mjs';
import { addressesBehind, folderFor, makeRecording, Site } from './site.mjs';

test('a recording goes in at the desk and plays in its window', { timeout: 240_000 }, async (t) => {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00' });
    await site.addSecretariat();
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    const desk = await site.signedIn();
    const folder = await folderFor(t);
    const file = await makeRecording(path.join(folder, '第1回 講演.mp4'), 20);
    const { size } = await stat(file);

    const { address, video } = await desk.beginUpload(size, path.basename(file));
    const half = Math.floor(size / 2);
    assert.equal(await desk.sendFile(address, file, 0, half), 204);
    assert.equal(await desk.offset(address), half);
    assert.equal(await desk.sendFile(address, file, half, size - half), 204);

    const working = await eventually('it can be watched', async () => {
        const seen = await desk.deskVideo(video);
        return seen.recording.playable && seen;
    }, 60_000);
    assert.ok(['working', 'ready'].includes(working.recording.state));
    const { recording } = await desk.transcoded(video);
    assert.ok(Math.abs(recording.duration_s - 20) < 0.2 && recording.lost_s === 0 && recording.renditions.length >= 2);

    const window = { opens_at: '2021-10-01', closes_at: '2021-12-28' };
    assert.equal((await desk.patch(`/api/desk/videos/${video}`, { published: true, reason: '字幕は後日追加する', audience: 'staff', window })).status, 200);
    const play = `/api/videos/${video}/play`;
    assert.equal((await site.visitor().post(play)).body.error.kind, 'sign_in_required');
    const viewer = await site.signedIn('chiyoda', 'viewer password');
    const shown = (await viewer.get(`/api/videos/${video}`)).body;
    assert.deepEqual([shown.ready, shown.complete, shown.closes_at], [true, true, '2021-12-28T15:00:00Z']);
    const { url } = (await viewer.post(play)).body;
    // The address alone opens the bytes, without a cookie: players and caches have none.
    const addresses = await addressesBehind(site.visitor(), url);
    assert.ok(addresses.length > 10);
    for (const each of addresses) assert.equal((await site.visitor().get(each)).status, 200, each);
    const decoded = await runProgram('ffmpeg', ['-v', 'error', '-xerror', '-i', site.address + url, '-f', 'null', '-']);
    assert.equal(decoded.code, 0, decoded.errors);
    assert.equal(await site.broken(), '');

    // The folder plays without us.
    const alone = await runProgram('ffmpeg', ['-v', 'error', '-xerror', '-i', path.join(site.data, 'media', recording.id, 'main.m3u8'), '-f', 'null', '-']);
    assert.equal(alone.code, 0, alone.errors);
});
