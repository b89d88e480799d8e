// A video taken along as a file: allowed at the desk, made when asked for, served inside the window, gone with the recording.
import assert from 'node:assert/strict';
import { readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually, runProgram } from '../support/node/program.mjs';
import { folderFor, makeRecording, Site } from './site.mjs';

const title = '脱炭素社会に向けた市区町村の役割 / 第1回';
const fileName = '脱炭素社会に向けた市区町村の役割 _ 第1回.mp4';
const clock = '2021-10-25T09:00:00+09:00';
const open = { opens_at: '2021-06-29', closes_at: '2021-12-28' };

/** A site with one published video of so many seconds that may be taken along. */
async function siteWithVideo(t, seconds = 14) {
    const site = await Site.start(t, { clock });
    await site.addSecretariat();
    const desk = await site.signedIn();
    const file = await makeRecording(path.join(await folderFor(t), 'lecture.mp4'), seconds);
    const video = await desk.upload(file, (await stat(file)).size);
    await desk.transcoded(video);
    const changed = await desk.patch(`/api/desk/videos/${video}`, { title, audience: 'everybody', published: true, reason: '字幕は後日追加する', window: open, download: true });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    return { site, desk, video };
}

/** Asks until the file is there. */
const taken = (visitor, video) => eventually('the file is there', async () => {
    const { status, body } = await visitor.post(`/api/videos/${video}/download`);
    assert.ok([200, 202].includes(status), JSON.stringify(body));
    return status === 200 && body;
});

const pathOf = (url) => new URL(url, 'http://host').pathname;

/** Seconds of the picture and of the sound of a file, and whether all of it decodes. */
async function lengthsOf(t, bytes) {
    const file = path.join(await folderFor(t), 'taken.mp4');
    await writeFile(file, bytes);
    const decoded = await runProgram('ffmpeg', ['-v', 'error', '-nostdin', '-xerror', '-i', file, '-f', 'null', '-']);
    assert.equal(decoded.code, 0, decoded.errors);
    const probed = await runProgram('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_type,start_time,duration', '-of', 'json', file]);
    return JSON.parse(probed.output).streams.map(({ codec_type, start_time, duration }) => [codec_type, Number(start_time), Number(duration)]);
}

test('what may be taken along is made when asked for, and is a whole file with a name that people read', async (t) => {
    const { site, desk, video } = await siteWithVideo(t);
    const visitor = site.visitor();
    assert.equal((await visitor.post(`/api/videos/${video}/download`)).status, 202);
    const answer = await taken(visitor, video);
    assert.equal(answer.file_name, fileName);
    const whole = await visitor.get(pathOf(answer.url));
    assert.equal(whole.status, 200);
    assert.equal(whole.body.length, answer.bytes);
    assert.equal(whole.headers.get('content-type'), 'video/mp4');
    assert.equal(whole.headers.get('content-disposition').split("filename*=UTF-8''")[1], encodeURIComponent(fileName));
    assert.equal(whole.headers.get('cache-control'), 'no-store');
    assert.equal(whole.headers.get('accept-ranges'), 'bytes');
    for (const [kind, start, duration] of await lengthsOf(t, whole.body)) {
        assert.ok(Math.abs(duration - 14) < 0.1 && Math.abs(start) < 0.05, `${kind} of ${duration} s from ${start} s on`);
    }

    // A line that broke goes on where it was.
    const part = await visitor.get(pathOf(answer.url), { Range: 'bytes=1000-1999', 'If-Range': whole.headers.get('etag') });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes 1000-1999/${answer.bytes}`);
    assert.ok(part.body.equals(whole.body.subarray(1000, 2000)));
    assert.equal((await visitor.get(pathOf(answer.url), { Range: `bytes=${answer.bytes}-` })).status, 416);
    const head = await visitor.ask('HEAD', pathOf(answer.url));
    assert.equal(Number(head.headers.get('content-length')), answer.bytes);

    // It is kept: the next one has it at once. A restart leaves it.
    assert.equal((await visitor.post(`/api/videos/${video}/download`)).status, 200);
    await site.stop();
    await site.start();
    assert.equal((await site.visitor().post(`/api/videos/${video}/download`)).status, 200);
    assert.equal(await site.broken(), '');
    const again = await site.signedIn();
    assert.deepEqual(await readdir(path.join(site.data, 'downloads')), [`${(await again.deskVideo(video)).recording.id}.mp4`]);
    assert.equal((await again.remove(`/api/desk/videos/${video}`)).status, 204);
    assert.deepEqual(await readdir(path.join(site.data, 'downloads')), [], 'it goes with the recording');
});

test('of a clip what it shows is taken along, and nothing of what is left out', async (t) => {
    const { site, desk, video } = await siteWithVideo(t);
    const { clip } = await desk.deskVideo(video);
    const cut = { begin_s: 2.5, end_s: 13, cuts: [{ begin_s: 5, end_s: 6.5 }] };
    const changed = await desk.post(`/api/desk/videos/${video}/clip`, { ...cut, seen: clip });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const visitor = site.visitor();
    const part = await visitor.get(pathOf((await taken(visitor, video)).url));
    for (const [kind, start, duration] of await lengthsOf(t, part.body)) {
        assert.ok(Math.abs(duration - 9) < 0.1 && Math.abs(start) < 0.05, `${kind} of ${duration} s from ${start} s on`);
    }
    // Another clip is another file.
    const again = (await desk.deskVideo(video)).clip;
    assert.equal((await desk.post(`/api/desk/videos/${video}/clip`, { begin_s: 10, end_s: null, cuts: [], seen: again })).status, 200);
    const end = await visitor.get(pathOf((await taken(visitor, video)).url));
    for (const [kind, , duration] of await lengthsOf(t, end.body)) assert.ok(Math.abs(duration - 4) < 0.1, `${kind} of ${duration} s`);
});

test('nobody takes along what the desk does not allow, nor outside the window, nor without a grant', async (t) => {
    const { site, desk, video } = await siteWithVideo(t, 3);
    const visitor = site.visitor();
    const address = pathOf((await taken(visitor, video)).url);
    const refusal = async (change, status, kind) => {
        assert.equal((await desk.patch(`/api/desk/videos/${video}`, change)).status, 200);
        const asked = await visitor.post(`/api/videos/${video}/download`);
        assert.equal(asked.status, status, JSON.stringify(asked.body));
        assert.equal(asked.body.error.kind, kind);
        assert.match(asked.body.error.message, /。$/);
        return visitor.get(address);
    };
    const off = await refusal({ download: false }, 403, 'forbidden');
    assert.equal(off.status, 404, 'though the file and the grant are there');
    const closed = await refusal({ download: true, window: { opens_at: '2021-06-29', closes_at: '2021-10-24' } }, 410, 'closed');
    assert.equal(closed.status, 410);
    assert.match(closed.body.error.message, /。$/);
    assert.equal((await refusal({ window: { opens_at: '2021-10-26', closes_at: null } }, 403, 'not_yet_open')).status, 403);
    assert.equal((await refusal({ window: open, published: false }, 404, 'not_found')).status, 404);
    await desk.patch(`/api/desk/videos/${video}`, { published: true, reason: '字幕は後日追加する', audience: 'staff' });
    assert.equal((await visitor.post(`/api/videos/${video}/download`)).status, 401);
    assert.equal((await visitor.get(address.replace(/play\/[^/]+/, 'play/AAAA'))).status, 404);
    assert.equal((await visitor.post('/api/videos/nothing/download')).status, 404);
    for (const wrong of ['yes', 1, null]) assert.equal((await desk.patch(`/api/desk/videos/${video}`, { download: wrong })).status, 400);
    const foreign = await visitor.ask('POST', `/api/videos/${video}/download`, { headers: { Origin: 'https://elsewhere.example' } });
    assert.equal(foreign.status, 403);
});

test('a draft is off by default, and what is still being made is refused in words', async (t) => {
    const site = await Site.start(t, { clock, settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    const desk = await site.signedIn();
    const { body } = await desk.post('/api/desk/videos', { title: '講演' });
    assert.equal(body.download, false);
    await desk.patch(`/api/desk/videos/${body.id}`, { published: true, reason: '録画はこの後で送る', audience: 'everybody', window: open, download: true });
    const early = await site.visitor().post(`/api/videos/${body.id}/download`);
    assert.equal(early.status, 409);
    assert.equal(early.body.error.message, '動画の変換が終わると、ダウンロードできるようになります。');
});

test('one that cannot be made is told once, and tried again the next time', async (t) => {
    const { site, desk, video } = await siteWithVideo(t, 3);
    const { recording } = await desk.deskVideo(video);
    const file = path.join(site.data, 'media', recording.id, `${recording.renditions.find((name) => name.startsWith('a'))}.mp4`);
    await writeFile(file, Buffer.alloc((await stat(file)).size)); // bytes that are none, in an index that is right
    site.spoilt = true;
    const visitor = site.visitor();
    const told = await eventually('it is told', async () => {
        const reply = await visitor.post(`/api/videos/${video}/download`);
        return reply.status !== 202 && reply;
    });
    assert.equal(told.status, 429);
    assert.equal(told.body.error.message, 'ファイルを用意できませんでした。しばらくしてから、もう一度お試しください。');
    assert.deepEqual(await readdir(path.join(site.data, 'downloads')), []);
    assert.equal((await visitor.post(`/api/videos/${video}/download`)).status, 202);
});
