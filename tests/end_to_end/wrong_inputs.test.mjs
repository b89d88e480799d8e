// What is no recording is told at the desk in one plain sentence, while everything else goes on.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { folderFor, makeRecording, Site } from './site.mjs';

test('each wrong file fails with a sentence of its own kind, and a right one after them is made', { timeout: 240_000 }, async (t) => {
    const site = await Site.start(t);
    await site.addSecretariat();
    const desk = await site.signedIn();
    const folder = await folderFor(t);
    const right = await makeRecording(path.join(folder, 'right.mp4'), 4);
    const whole = await readFile(right);
    const wrong = {
        'text.mp4': ['not_a_recording', Buffer.from('これは動画ではありません。\n'.repeat(500))],
        'playlist.mp4': ['playlist', Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n/etc/passwd\n#EXT-X-ENDLIST\n')],
        'empty.mp4': ['empty', Buffer.alloc(0)],
        'truncated.mp4': ['truncated', whole.subarray(0, Math.floor(whole.length / 2))],
        'noise.mp4': ['not_a_recording', randomBytes(10_000_000)],
    };
    const videos = {};
    for (const [name, [, bytes]] of Object.entries(wrong)) {
        await writeFile(path.join(folder, name), bytes);
        videos[name] = await desk.upload(path.join(folder, name), bytes.length);
    }
    const last = await desk.upload(right, (await stat(right)).size);
    for (const [name, [kind]] of Object.entries(wrong)) {
        const { recording } = await desk.transcoded(videos[name], ['failed', 'ready']);
        assert.equal(recording.state, 'failed', name);
        assert.equal(recording.failure.kind, kind, `${name}: ${recording.failure.message}`);
        assert.match(recording.failure.message, /^[^\n]*[぀-ヿ一-鿿][^\n]*。$/, name);
        assert.equal(recording.playable, false);
        const left = await readdir(path.join(site.data, 'media', recording.id));
        assert.deepEqual(left, ['source.mp4'], `${name} leaves its source and nothing else`);
    }
    const { recording } = await desk.transcoded(last);
    assert.ok(recording.playable && recording.duration_s > 3.9 && recording.duration_s < 4.2);
    assert.equal((await desk.post(`/api/desk/videos/${videos['text.mp4']}/retry`)).status, 202);
    await desk.transcoded(videos['text.mp4'], ['failed']);
    assert.equal(await site.broken(), '');
});
