// kill -9 of the server and of the transcoder at random points of upload and transcoding.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { runProgram } from '../support/node/program.mjs';
import { folderFor, makeRecording, Site, transcoder } from './site.mjs';

const clipSeconds = 40;
const killings = 20;

/** Numbers that look random and are the same in each run: a failure can be seen again. */
function random(seed) {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
}

/** What a recording's folder holds of each rendition: segment durations, and frames or samples. */
async function renditionsOf(folder) {
    const renditions = {};
    for (const name of (await readdir(folder)).filter((each) => /^[va]\w+\.m3u8$/.test(each) && each !== 'audio.m3u8')) {
        const index = await readFile(path.join(folder, name), 'utf8');
        assert.match(index, /#EXT-X-ENDLIST\n$/, name);
        const probed = await runProgram('ffprobe', ['-v', 'error', '-count_packets', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0',
            path.join(folder, name.replace('.m3u8', '.mp4'))]);
        renditions[name] = { durations: index.match(/#EXTINF:[\d.]+/g), packets: probed.output.toString().trim() };
    }
    return renditions;
}

/** The transcoders that were started on `folder`: their process ids. What they start themselves is not counted. */
async function transcodersIn(folder) {
    const found = new Map();
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        const held = await readlink(`/proc/${pid}/fd/3`).catch(() => '');
        const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
        const parent = /^PPid:\t(\d+)$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1];
        if (program === transcoder && held.startsWith(folder)) found.set(pid, parent);
    }
    return [...found].filter(([, parent]) => !found.has(parent)).map(([pid]) => Number(pid));
}

test('nothing acknowledged is lost, and the recording is finished as if nothing had happened', { timeout: 600_000 }, async (t) => {
    const folder = await folderFor(t);
    const file = await makeRecording(path.join(folder, 'lecture.mp4'), clipSeconds);
    const { size } = await stat(file);
    const source = await readFile(file);
    const undisturbed = path.join(folder, 'undisturbed');
    const made = await runProgram(transcoder, [file, undisturbed], { timeout: 240_000 });
    assert.equal(made.code, 0, made.errors);
    const expected = await renditionsOf(undisturbed);

    const site = await Site.start(t, { settings: '[transcoding]\nniceness = 0\n' });
    await site.addSecretariat();
    const desk = await site.signedIn();
    const next = random(20211228);
    const restart = async () => {
        await site.kill();
        const began = Date.now();
        await site.start();
        // Two seconds on a machine of its own; a test may share it.
        assert.ok(Date.now() - began < 6000, `ready again after ${Date.now() - began} ms`);
    };

    // Half of the killings hit the upload: the server, in the middle of a request's body.
    const { address, video } = await desk.beginUpload(size, 'lecture.mp4');
    for (let killing = 0; killing < killings / 2; ++killing) {
        const before = await desk.offset(address);
        const piece = Math.min(size - before, Math.ceil((size / killings) * (0.5 + next())));
        const acknowledged = next() < 0.5 ? before + piece : before;
        const sending = desk.sendFile(address, file, before, acknowledged > before ? piece : size - before).catch(() => 0);
        if (acknowledged > before) assert.equal(await sending, 204);
        else await delay(next() * 15);
        await restart();
        await sending;
        const after = await desk.offset(address);
        assert.ok(after >= acknowledged, `${after} bytes are left of ${acknowledged} acknowledged`);
        if (after === size) break;
        const kept = await readFile(path.join(site.data, 'uploads', path.basename(address)));
        assert.ok(kept.equals(source.subarray(0, after)), 'what is kept is what was sent');
    }
    const offset = await desk.offset(address);
    if (offset < size) assert.equal(await desk.sendFile(address, file, offset, size - offset), 204);

    // The other half hits the transcoding: the transcoder, or the server with it.
    for (let killing = 0; killing < killings / 2; ++killing) {
        await delay(next() * 2500);
        const { recording } = await desk.deskVideo(video);
        if (recording.state === 'ready') break;
        assert.notEqual(recording.state, 'failed', JSON.stringify(recording.failure));
        const working = await transcodersIn(path.join(site.data, 'media', recording.id));
        assert.ok(working.length <= 1, 'never two on one recording');
        if (next() < 0.5) for (const pid of working) process.kill(pid, 'SIGKILL');
        else await restart();
    }
    const { recording } = await desk.transcoded(video, ['ready', 'failed'], 300_000);
    assert.equal(recording.state, 'ready', JSON.stringify(recording.failure) + site.said);
    const media = path.join(site.data, 'media', recording.id);
    const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
    assert.equal(sum(await readFile(path.join(media, 'source.mp4'))), sum(source));
    assert.deepEqual(await renditionsOf(media), expected);
    assert.equal(await site.broken(), '');
});
