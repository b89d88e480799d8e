// Clips: several videos of one recording, each with what it shows and nothing else, without a new encode.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { demoCatalog, folderFor, makeRecording, Site } from './site.mjs';

const LENGTH_S = 60;

/** The demo's facts and a recording of a minute. */
async function siteWithLecture(t) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\nniceness = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    const desk = await site.signedIn();
    const file = await makeRecording(path.join(await folderFor(t), 'lecture.mp4'), LENGTH_S);
    const video = await desk.upload(file, (await stat(file)).size);
    await desk.transcoded(video);
    await desk.patch(`/api/desk/videos/${video}`, { audience: 'everybody', published: true, reason: '字幕は後日追加する' });
    return { site, desk, video };
}

const clip = (desk, video, wish) => desk.post(`/api/desk/videos/${video}/clip`, wish);

const sumOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Checksums of all files of the recording. */
async function sums(site) {
    const media = path.join(site.data, 'media');
    const found = {};
    for (const entry of await readdir(media, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) {
            const file = path.join(entry.parentPath ?? entry.path, entry.name);
            found[path.relative(media, file)] = sumOf(await readFile(file));
        }
    return found;
}

/** What a grant opens of each rendition of a presentation: `{rendition: [numbers]}`, tried and not read from the playlist. */
async function opened(visitor, main, last) {
    const names = [...(await visitor.get(main)).body.toString().matchAll(/([\w]+)\/(?:index|iframes)\.m3u8/g)].map(([, name]) => name);
    const found = {};
    for (const name of new Set(names)) {
        const numbers = [];
        for (let number = 0; number <= last; ++number) {
            const { status } = await visitor.get(new URL(`${name}/${number}.m4s`, 'http://host' + main).pathname);
            assert.ok(status === 200 || status === 404, `${name}/${number}.m4s: ${status}`);
            if (status === 200) numbers.push(number);
        }
        found[name] = numbers;
    }
    return found;
}

/** `[begin, end]` of each segment of the rendition that a player starts with. */
async function segmentsOf(visitor, main) {
    const first = (await visitor.get(main)).body.toString().split('\n').find((line) => line.endsWith('/index.m3u8'));
    const index = (await visitor.get(new URL(first, 'http://host' + main).pathname)).body.toString();
    let begin = 0;
    return [...index.matchAll(/#EXTINF:([\d.]+)/g)].map(([, length]) => [begin, (begin += Number(length))]);
}

/** The numbers of those that hold something of the pieces. */
const holding = (segments, pieces) =>
    segments.flatMap(([begin, end], number) => (pieces.some(([from, to]) => begin < to && end > from) ? [number] : []));

test('a clip gives its own segments and no others, and the recording stays as it was', async (t) => {
    const { site, desk, video } = await siteWithLecture(t);
    const before = await sums(site);
    const visitor = site.visitor();
    const whole = (await visitor.post(`/api/videos/${video}/play`)).body;
    const all = await opened(visitor, whole.url, 12);
    const times = await segmentsOf(visitor, whole.url);
    const segments = holding(times, [[14, 30], [44, 58]]);
    assert.ok(segments.length < times.length && segments[0] > 0, JSON.stringify(times));
    for (const numbers of Object.values(all)) assert.equal(numbers.length, times.length);
    const captions = 'WEBVTT\n\n00:01.000 --> 00:03.000\n雑談です\n\n00:20.000 --> 00:24.000\n講演です\n\n00:32.000 --> 00:34.000\n休憩中\n\n00:50.000 --> 00:52.000\n質疑です\n';
    const put = await desk.ask('PUT', `/api/desk/videos/${video}/captions/ja`, { body: captions, headers: { 'Content-Type': 'text/vtt' } });
    assert.equal(put.status, 200, JSON.stringify(put.body));

    const set = await clip(desk, video, { begin_s: 14, end_s: 58, cuts: [{ begin_s: 30, end_s: 44 }] });
    assert.equal(set.status, 200, JSON.stringify(set.body));
    assert.deepEqual(set.body.clip, { begin_s: 14, end_s: 58, cuts: [{ begin_s: 30, end_s: 44 }] });

    // The old grant is for the same video: it opens no more than a new one does.
    const { body: play } = await visitor.post(`/api/videos/${video}/play`);
    for (const url of [whole.url, play.url])
        for (const [rendition, numbers] of Object.entries(await opened(visitor, url, 12)))
            assert.deepEqual(numbers, segments, rendition);
    const [[begin, length], [second, rest]] = play.pieces;
    assert.deepEqual([length, rest], [16, 14]);
    assert.ok(Math.abs(begin - (14 - times[segments[0]][0])) < 0.01, `${begin}`);
    const before44 = segments.filter((number) => times[number][1] <= 44).reduce((sum, number) => sum + times[number][1] - times[number][0], 0);
    const holds44 = times.find(([from, to]) => from <= 44 && to > 44);
    assert.ok(Math.abs(second - (before44 + 44 - holds44[0])) < 0.01, `${second}`);
    assert.equal((await visitor.get(`/api/videos/${video}`)).body.duration_s, 30);
    for (const name of Object.keys(all)) {
        const index = (await visitor.get(new URL(`${name}/index.m3u8`, 'http://host' + play.url).pathname)).body.toString();
        assert.deepEqual([...index.matchAll(/^(\d+)\.m4s$/gm)].map(([, number]) => Number(number)), segments, name);
        assert.equal(index.match(/#EXT-X-DISCONTINUITY\n/g).length, 1, name);
    }

    const served = (await visitor.get(play.captions[0].url)).body.toString();
    assert.equal(served, 'WEBVTT\n\n00:00:06.000 --> 00:00:10.000\n講演です\n\n00:00:22.000 --> 00:00:24.000\n質疑です\n');
    const transcript = (await visitor.get(`/videos/${video}/transcript`)).body.toString();
    assert.ok(transcript.includes('講演です') && !transcript.includes('休憩中') && !transcript.includes('雑談です'));
    const found = async (words) => (await visitor.get(`/api/search?q=${encodeURIComponent(words)}`)).body.results.length;
    assert.deepEqual([await found('休憩中'), await found('雑談です'), await found('質疑です')], [0, 0, 1]);

    for (const name of ['whole/main.m3u8', `whole/${Object.keys(all)[0]}/0.m4s`])
        assert.equal((await visitor.get(new URL(name, 'http://host' + play.url).pathname)).status, 404);
    const preview = (await desk.post(`/api/desk/videos/${video}/preview`, { whole: true })).body;
    for (const numbers of Object.values(await opened(desk, preview.url, 12))) assert.equal(numbers.length, times.length);

    assert.deepEqual(await sums(site), before);
    assert.equal((await clip(desk, video, { seen: set.body.clip })).status, 200);
    assert.equal((await visitor.get(play.captions[0].url)).body.toString().match(/-->/g).length, 4);
    assert.deepEqual(await opened(visitor, whole.url, 12), all);
    assert.equal(await site.broken(), '');
});

test('two sessions share a block of one recording, which goes with the last video of it', async (t) => {
    const { site, desk, video } = await siteWithLecture(t);
    const times = await segmentsOf(site.visitor(), (await site.visitor().post(`/api/videos/${video}/play`)).body.url);
    await clip(desk, video, { begin_s: 0, end_s: 36 });
    const made = await desk.post(`/api/desk/videos/${video}/clips`, { title: '適応策分科会' });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const second = made.body.id;
    assert.equal(made.body.published, false);
    assert.deepEqual(made.body.recording.shown_by.map(({ id }) => id), [video]);
    assert.equal((await clip(desk, second, { begin_s: 24, end_s: 60 })).status, 200);
    await desk.patch(`/api/desk/videos/${second}`, { published: true, reason: '字幕は後日追加する' });
    const visitor = site.visitor();
    const play = async (id) => (await visitor.post(`/api/videos/${id}/play`)).body.url;
    for (const numbers of Object.values(await opened(visitor, await play(video), 12))) assert.deepEqual(numbers, holding(times, [[0, 36]]));
    for (const numbers of Object.values(await opened(visitor, await play(second), 12))) assert.deepEqual(numbers, holding(times, [[24, 60]]));
    // The grant of one opens nothing of the other.
    const other = (await play(second)).replace(`/${second}/`, `/${video}/`);
    assert.equal((await visitor.get(other)).status, 404);

    const [folder] = await readdir(path.join(site.data, 'media'));
    assert.equal((await desk.remove(`/api/desk/videos/${video}`)).status, 204);
    assert.deepEqual(await readdir(path.join(site.data, 'media')), [folder]);
    assert.equal((await visitor.get(await play(second))).status, 200);
    assert.equal((await desk.remove(`/api/desk/videos/${second}`)).status, 204);
    assert.deepEqual(await readdir(path.join(site.data, 'media')), []);
    assert.equal(await site.broken(), '');
});

test('a clip that cannot be is refused in a sentence, and nobody overwrites another', async (t) => {
    const { site, desk, video } = await siteWithLecture(t);
    for (const wish of [
        { begin_s: 20, end_s: 10 }, { begin_s: 100, end_s: 200 }, { begin_s: 'x' }, { begin_s: -1 }, { cuts: [{ begin_s: 1 }] },
        { cuts: 'all' }, { cuts: [{ begin_s: 0, end_s: 60 }] }, { begin_s: 10, end_s: 20, cuts: [{ begin_s: 30, end_s: 40 }] },
    ]) {
        const refused = await clip(desk, video, wish);
        assert.equal(refused.status, 400, JSON.stringify(wish));
        assert.match(refused.body.error.message, /。$/);
    }
    const nothing = { begin_s: null, end_s: null, cuts: [] };
    const first = await clip(desk, video, { begin_s: 10, end_s: 40, seen: nothing });
    assert.deepEqual(first.body.clip, { begin_s: 10, end_s: 40, cuts: [] });
    const late = await clip(desk, video, { begin_s: 20, end_s: 30, seen: nothing });
    assert.equal(late.status, 409);
    assert.deepEqual((await desk.get(`/api/desk/videos/${video}`)).body.clip, first.body.clip);
    const draft = (await desk.post('/api/desk/videos', { title: '録画なし' })).body.id;
    assert.equal((await clip(desk, draft, { begin_s: 1, end_s: 2 })).status, 409);
    assert.equal((await desk.post(`/api/desk/videos/${draft}/clips`, { title: '写し' })).status, 409);
    assert.equal((await desk.post(`/api/desk/videos/${video}/clips`, { title: '' })).status, 400);
    assert.equal((await clip(desk, 'nobody', { begin_s: 1 })).status, 404);
    assert.equal((await site.visitor().post(`/api/desk/videos/${video}/clip`, { begin_s: 1 })).status, 401);
});
