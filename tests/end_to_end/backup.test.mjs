// Backups made while people upload, publish and remove, and put back where nothing is.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually, runProgram } from '../support/node/program.mjs';
import { entry, keepPublishing, listed, liveSite, showsMoreThan } from './live_site.mjs';
import { addressesBehind, folderFor, kiroku, makeRecording, Site } from './site.mjs';

const quick = '[transcoding]\nniceness = 0\n';
const withoutJobs = '[transcoding]\njobs = 0\n';

/** Puts a backup back into a new folder, which is then checked; gives that folder. */
async function putBack(t, backup) {
    const data = path.join(await folderFor(t), 'data');
    const restored = await runProgram(kiroku, ['restore', backup, '--data', data], { timeout: 120_000 });
    assert.equal(restored.code, 0, restored.output + restored.errors);
    assert.match(restored.output.toString(), /Everything is sound\.\n$/);
    return data;
}

/** Every file below a folder, by its name there. */
async function filesIn(folder) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((each) => each.isFile()).map((each) => path.relative(folder, path.join(each.parentPath ?? each.path, each.name))).sort();
}

/** What a backup says: how many files it has, and how many of them it copied. */
function counts(said) {
    const [, files, copied] = /^Backed up (\d+) files? .*; copied (\d+) files? /.exec(said);
    return { files: Number(files), copied: Number(copied) };
}

async function siteWithDesk(t, settings) {
    const site = await Site.start(t, { settings });
    await site.addSecretariat();
    return { site, desk: await site.signedIn(), backup: path.join(await folderFor(t), 'backup') };
}

/** A recording of random bytes, which nobody transcodes; gives its video. */
async function uploadBytes(t, desk, size, name) {
    const file = path.join(await folderFor(t), name);
    await writeFile(file, randomBytes(size));
    return desk.upload(file, size);
}

test('a backup made while a recording is transcoded and another comes in is all there when it is put back', { timeout: 600_000 }, async (t) => {
    const { site, desk, backup } = await siteWithDesk(t, quick);
    const folder = await folderFor(t);
    const file = await makeRecording(path.join(folder, 'lecture.mp4'), 90);
    const { size } = await stat(file);
    const video = await desk.upload(file, size);
    const { recording } = await eventually('it can be watched', async () => {
        const about = await desk.deskVideo(video);
        return about.recording.playable && about;
    });
    const bytes = randomBytes(8_000_000);
    const other = path.join(folder, 'other.mp4');
    await writeFile(other, bytes);
    const upload = await desk.beginUpload(bytes.length, 'other.mp4');
    let data;
    let sent = 0;
    for (let number = 0; number < 4; ++number) {
        const piece = 1_500_000;
        const sending = desk.sendFile(upload.address, other, sent, piece);
        const said = await site.mustRun(['backup', backup]);
        assert.equal(await sending, 204);
        sent += piece;
        assert.ok(counts(said).copied > 0);
        data = await putBack(t, backup);
    }
    assert.equal((await desk.deskVideo(video)).recording.state, 'working', 'all of this was while it was transcoded');
    const index = await readFile(path.join(data, 'media', recording.id, 'v180.m3u8'), 'utf8');
    assert.match(index, /#EXTINF/);
    assert.doesNotMatch(index, /ENDLIST/);

    const restored = await Site.start(t, { data });
    const there = await restored.signedIn();
    const offset = await there.offset(upload.address);
    assert.ok(offset >= sent - 1_500_000 && offset <= sent, `${offset}`);
    assert.equal(await there.sendFile(upload.address, other, offset, bytes.length - offset), 204);
    const { recording: came } = await there.deskVideo(upload.video);
    assert.ok((await there.get(came.source_url)).body.equals(bytes), 'an upload goes on where the backup has it');

    await there.transcoded(video, ['ready'], 300_000);
    const { url } = (await there.post(`/api/desk/videos/${video}/preview`)).body;
    const addresses = await addressesBehind(there, url);
    assert.ok(addresses.length > 20);
    for (const address of addresses) assert.equal((await there.get(address)).status, 200, address);
    await there.transcoded(upload.video, ['failed']);
    assert.equal(await restored.broken(), '');
});

test('a second backup copies little, and knows what was removed', { timeout: 240_000 }, async (t) => {
    const { site, desk, backup } = await siteWithDesk(t, quick);
    const file = await makeRecording(path.join(await folderFor(t), 'lecture.mp4'), 4);
    const video = await desk.upload(file, (await stat(file)).size);
    const { recording } = await desk.transcoded(video);
    const media = path.join(site.data, 'media', recording.id);
    const longAgo = new Date('2021-10-25T00:00:00Z');
    for (const name of await filesIn(media)) await utimes(path.join(media, name), longAgo, longAgo);

    const first = counts(await site.mustRun(['backup', backup]));
    assert.equal(first.copied, first.files);
    const kept = path.join(backup, 'data/media', recording.id, 'source.mp4');
    const { ino } = await stat(kept);
    const second = counts(await site.mustRun(['backup', backup]));
    assert.equal(second.files, first.files);
    assert.equal(second.copied, first.files - (await filesIn(media)).length);
    assert.equal((await stat(kept)).ino, ino);
    assert.deepEqual(await filesIn(path.join(backup, 'data/media', recording.id)), await filesIn(media));
    await putBack(t, backup);

    assert.equal((await desk.remove(`/api/desk/videos/${video}`)).status, 204);
    await site.mustRun(['backup', backup]);
    assert.deepEqual(await readdir(path.join(backup, 'data')).then((names) => names.includes('media')), false);
    await putBack(t, backup);
});

test('recordings that are removed while they are copied are in no backup, and no harm to it', { timeout: 240_000 }, async (t) => {
    const { site, desk, backup } = await siteWithDesk(t, withoutJobs);
    const videos = [];
    for (const name of ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']) videos.push(await uploadBytes(t, desk, 60_000_000, name));
    const making = site.mustRun(['backup', backup]);
    await eventually('the catalog was copied', () => existsSync(path.join(backup, 'next/catalog.sqlite')) || existsSync(path.join(backup, 'manifest.json')));
    for (const video of videos.slice(1)) assert.equal((await desk.remove(`/api/desk/videos/${video}`)).status, 204);
    await making;
    await putBack(t, backup);
    await site.mustRun(['backup', backup]);
    assert.equal((await readdir(path.join(backup, 'data/media'))).length, 1);
});

test('a backup that is killed at any moment leaves one that can be put back', { timeout: 240_000 }, async (t) => {
    const { site, desk, backup } = await siteWithDesk(t, withoutJobs);
    for (const name of ['a.mp4', 'b.mp4']) await uploadBytes(t, desk, 40_000_000, name);
    await site.mustRun(['backup', backup]);
    let killed = 0;
    for (let number = 0; number < 10; ++number) {
        await uploadBytes(t, desk, 10_000_000, `${number}.mp4`);
        const child = spawn(kiroku, ['backup', backup, '--data', site.data], { stdio: 'ignore' });
        const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(signal)));
        await delay(number * 25);
        child.kill('SIGKILL');
        killed += (await ended) === 'SIGKILL' ? 1 : 0;
        const data = await putBack(t, backup);
        assert.ok((await readdir(path.join(data, 'media'))).length >= 2);
    }
    assert.ok(killed > 2, `${killed} were killed before they were done`);
    await site.mustRun(['backup', backup]);
    assert.equal((await readdir(path.join(await putBack(t, backup), 'media'))).length, 12);
    assert.deepEqual(await readdir(backup), ['data', 'kiroku-backup.lock', 'manifest.json']);
});

test('a backup of a live stream is a stream that was interrupted', { timeout: 240_000 }, async (t) => {
    const { site, desk, clip, key, rtmp } = await liveSite(t);
    const backup = path.join(await folderFor(t), 'backup');
    keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, 3);
    for (let number = 0; number < 3; ++number) {
        await site.mustRun(['backup', backup]);
        await putBack(t, backup);
    }
    const restored = await Site.start(t, { data: await putBack(t, backup), clock: '2021-10-27T13:20:00+09:00' });
    const there = await restored.signedIn();
    assert.equal((await there.get(`/api/desk/videos/${entry}/live`)).body.state, 'interrupted');
    assert.ok((await listed(there)).seconds > 3);
    const { url } = (await there.post(`/api/desk/videos/${entry}/preview`)).body;
    const addresses = await addressesBehind(there, url);
    // The part that would have come next does not.
    const hinted = new Set();
    for (const playlist of addresses.filter((each) => each.endsWith('.m3u8'))) {
        const hint = /PRELOAD-HINT.*URI="([^"]+)"/.exec((await there.get(playlist)).body.toString())?.[1];
        if (hint) hinted.add(new URL(hint, 'http://host' + playlist).pathname);
    }
    for (const address of addresses.filter((each) => !hinted.has(each))) assert.equal((await there.get(address)).status, 200, address);
});

test('a damaged backup is refused in a line that names the file, and nothing is left', async (t) => {
    const { site, desk, backup } = await siteWithDesk(t, withoutJobs);
    await uploadBytes(t, desk, 100_000, 'a.mp4');
    await site.mustRun(['backup', backup]);
    const [name] = (await filesIn(path.join(backup, 'data'))).filter((each) => each.endsWith('source.mp4'));
    const file = path.join(backup, 'data', name);
    const bytes = await readFile(file);
    bytes[50_000] ^= 1;
    await writeFile(file, bytes);
    const folder = await folderFor(t);
    const refused = await runProgram(kiroku, ['restore', backup, '--data', path.join(folder, 'data')]);
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /^[^\n]+\n$/);
    assert.ok(refused.errors.includes(`${file} is damaged`), refused.errors);
    assert.deepEqual(await readdir(folder), []);

    // What a backup trusts, one with --verify does not.
    await site.mustRun(['backup', backup, '--verify']);
    await putBack(t, backup);
});

test('what cannot be done is said in a line, and changes nothing', async (t) => {
    const { site, backup } = await siteWithDesk(t, withoutJobs);
    await mkdir(backup);
    await writeFile(path.join(backup, 'letter.txt'), 'dear');
    for (const words of [['backup', backup], ['backup', path.join(site.data, 'backup')], ['restore', backup],
        ['restore', path.join(backup, 'nowhere')]]) {
        const refused = await site.command(words);
        assert.equal(refused.code, 1, words.join(' '));
        assert.match(refused.errors, /^kiroku: [^\n]+\.\n$/);
    }
    assert.deepEqual(await readdir(backup), ['letter.txt']);
    assert.equal(existsSync(path.join(site.data, 'backup')), false);
    assert.equal(await site.broken(), '');
});

test('a full disk is told, and the earlier backup stays', async (t) => {
    const { site, desk } = await siteWithDesk(t, withoutJobs);
    const mount = await folderFor(t);
    await uploadBytes(t, desk, 100_000, 'a.mp4');
    // A disk of three megabytes, which only this script sees.
    const script = `mount -t tmpfs -o size=3m none "$0" && "$1" backup "$0/backup" --data "$2" && sha256sum "$0"/backup/manifest.json && touch "$2/go" &&
        while [ -e "$2/go" ]; do sleep 0.1; done && { "$1" backup "$0/backup" --data "$2"; echo "code $?"; sha256sum "$0"/backup/manifest.json; } &&
        ls -A "$0/backup" && "$1" restore "$0/backup" --data "$2.restored"`;
    const running = runProgram('unshare', ['-rm', 'sh', '-c', script, mount, kiroku, site.data]);
    let over = false;
    running.then(() => (over = true));
    const go = path.join(site.data, 'go');
    await eventually('the first backup is made', () => over || existsSync(go));
    if (over) return t.skip(`no disk can be mounted here: ${(await running).errors}`);
    await uploadBytes(t, desk, 4_000_000, 'b.mp4');
    await rm(go);
    const ran = await running;
    const said = ran.output.toString();
    assert.match(ran.errors, /^kiroku: There is no room left for [^\n]+\/source\.mp4\.\n$/);
    assert.match(said, /\ncode 1\n/);
    const sums = said.match(/^[0-9a-f]{64}/gm);
    assert.equal(sums.length, 2);
    assert.equal(sums[0], sums[1]);
    assert.match(said, /\ndata\nkiroku-backup\.lock\nmanifest\.json\n/);
    assert.match(said, /Everything is sound\.\n$/);
    t.after(() => rm(`${site.data}.restored`, { recursive: true }));
});
