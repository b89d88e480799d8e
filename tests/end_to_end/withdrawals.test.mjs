// Withdrawn remarks: gone from all that is served in the second that they are withdrawn, and then from the disk.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually, runProgram } from '../support/node/program.mjs';
import { addressesBehind, addressesOfStills, demoCatalog, folderFor, makeRecording, Site, transcoder } from './site.mjs';

const LENGTH_S = 40;
/** Seconds of the recording. */
const SPAN = { begin_s: 14.2, end_s: 16.7 };
const CAPTIONS = 'WEBVTT\n\n00:02.000 --> 00:04.000\n開会します\n\n00:14.000 --> 00:16.000\n不適切な発言\n\n00:30.000 --> 00:32.000\n質疑です\n';

/** A transcoder that withdraws nothing before there is a file. */
async function patientTranscoder(t) {
    const folder = await folderFor(t);
    const program = path.join(folder, 'transcoder');
    const go = path.join(folder, 'go');
    await writeFile(program, `#!/bin/bash\nif [ "$1" = --withdraw ]; then while [ ! -e "${go}" ]; do sleep 0.1; done; fi\nexec "${transcoder}" "$@"\n`);
    await chmod(program, 0o755);
    return { program, go: () => writeFile(go, '') };
}

/** The demo's facts and a recording with captions and chapters that may be taken along. */
async function siteWithLecture(t, program = transcoder) {
    const settings = `[transcoding]\nniceness = 0\nprogram = "${program}"\n`;
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    const desk = await site.signedIn();
    const file = await makeRecording(path.join(await folderFor(t), 'lecture.mp4'), LENGTH_S);
    const video = await desk.upload(file, (await stat(file)).size);
    await desk.transcoded(video);
    await desk.patch(`/api/desk/videos/${video}`, { audience: 'everybody', published: true, download: true, reason: '字幕は後日追加する' });
    await desk.ask('PUT', `/api/desk/videos/${video}/captions/ja`, { body: CAPTIONS, headers: { 'Content-Type': 'text/vtt' } });
    const chapters = [[0, '開会'], [15, '取り消される話題'], [30, '質疑']].map(([at_s, title]) => ({ at_s, title }));
    const put = await desk.post(`/api/desk/videos/${video}/chapters`, { chapters, seen: [] });
    assert.equal(put.status, 200, JSON.stringify(put.body));
    return { site, desk, video };
}

const sumOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What each address answers: its status, and its bytes where they are no list. */
async function answers(visitor, addresses) {
    const all = {};
    for (const address of addresses) {
        const { status, body } = await visitor.get(address);
        all[address] = { status, bytes: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)) };
    }
    return all;
}

/** Every segment behind a main playlist: `{ address, begin, end, isSound, isGap }`. */
async function segmentsBehind(visitor, main) {
    const all = [];
    const text = async (address) => (await visitor.get(address)).body.toString();
    const under = (name) => new URL(name, 'http://host' + main).pathname;
    const indexes = [...(await text(main)).matchAll(/([\w]+\/(?:index|iframes)\.m3u8)/g)].map(([, name]) => name);
    for (const index of new Set(indexes)) {
        const address = under(index);
        let begin = 0;
        let isGap = false;
        let length = 0;
        for (const line of (await text(address)).split('\n'))
            if (line === '#EXT-X-GAP') isGap = true;
            else if (line.startsWith('#EXTINF:')) length = Number.parseFloat(line.slice(8));
            else if (line && !line.startsWith('#')) {
                all.push({ address: new URL(line, 'http://host' + address).pathname, begin, end: (begin += length), isSound: index.startsWith('a'), isGap });
                isGap = false;
            }
    }
    return all;
}

/** Whether a span takes something of it: windows of sound reach 50 ms further. */
const isTouched = ({ begin, end, isSound }, span, lost) => {
    const reach = isSound ? 0.05 : 0;
    return (isSound || lost === 'picture_and_sound') && begin < span.end_s + reach && end > span.begin_s - reach;
};

async function filesIn(folder) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

const removed = (desk, video) =>
    eventually('what was withdrawn is removed', async () => {
        const { body } = await desk.get(`/api/desk/videos/${video}/withdrawals`);
        assert.equal(body.failure, null, body.failure);
        return body.withdrawals.every(({ state }) => state === 'removed') && body;
    }, 60_000);

async function found(visitor, words) {
    return (await visitor.get(`/api/search?q=${encodeURIComponent(words)}`)).body.results.length;
}

/** The mean light of each picture of a file, and when it is shown. */
async function pictures(file) {
    const read = await runProgram('ffprobe', ['-v', 'error', '-f', 'lavfi', '-of', 'csv=p=0', '-show_entries', 'frame=pts_time:frame_tags=lavfi.signalstats.YAVG', `movie=${file},signalstats`]);
    return read.output.toString().trim().split('\n').map((line) => line.split(',').map(Number));
}

/** The highest sample in each hundredth of a second, of full scale. */
async function peaks(index) {
    const { output } = await runProgram('ffmpeg', ['-v', 'error', '-i', index, '-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 's16le', '-']);
    const all = [];
    for (let at = 0; at + 960 <= output.length; at += 960) {
        let peak = 0;
        for (let sample = 0; sample < 480; ++sample) peak = Math.max(peak, Math.abs(output.readInt16LE(at + 2 * sample)));
        all.push(peak / 32768);
    }
    return all;
}

test('a blanked span is gone from all that is served at once, then from the disk, and nothing else is', async (t) => {
    const { program, go } = await patientTranscoder(t);
    const { site, desk, video } = await siteWithLecture(t, program);
    const visitor = site.visitor();
    const play = (await visitor.post(`/api/videos/${video}/play`)).body;
    const stills = await addressesOfStills(visitor, video);
    const segments = [...(await segmentsBehind(visitor, play.url)), ...(await segmentsBehind(visitor, play.stills.slides.url))];
    const before = await answers(visitor, [...new Set([...(await addressesBehind(visitor, play.url)), ...stills, ...segments.map(({ address }) => address)])]);
    for (const [address, { status }] of Object.entries(before)) assert.equal(status, 200, address);
    assert.equal(await found(visitor, '不適切な発言'), 1);
    assert.equal(await found(visitor, '取り消される話題'), 1);
    await eventually('the file to take along is there', async () => (await visitor.post(`/api/videos/${video}/download`)).body.state === 'ready');
    const download = (await visitor.post(`/api/videos/${video}/download`)).body.url;
    // Something that is in the segments of the span and nowhere else.
    const marks = segments.filter((each) => isTouched(each, SPAN, 'picture_and_sound')).map(({ address }) => before[address].bytes)
        .map((bytes) => bytes.subarray(Math.floor(bytes.length * 0.6), Math.floor(bytes.length * 0.6) + 64));

    const effect = await desk.post(`/api/desk/videos/${video}/withdrawals/effect`, SPAN);
    assert.deepEqual([effect.body.cues, effect.body.chapters, effect.body.source, effect.body.videos.length], [1, 1, true, 1]);
    const wish = { ...SPAN, lost: 'picture_and_sound', reason: '本人から取消しの申し出があった' };
    for (const wrong of [{ ...wish, reason: '' }, { ...wish, lost: 'all' }, { ...wish, begin_s: 20 }, { ...wish, end_s: 'x' }])
        assert.equal((await desk.post(`/api/desk/videos/${video}/withdrawals`, wrong)).status, 400);
    const asked = await desk.post(`/api/desk/videos/${video}/withdrawals`, wish);
    assert.equal(asked.status, 201, JSON.stringify(asked.body));

    const isWithheld = async () => {
        const again = site.visitor();
        for (const each of segments) {
            const { status, body } = await again.get(each.address);
            if (isTouched(each, SPAN, 'picture_and_sound')) assert.equal(status, 410, each.address);
            else assert.equal(sumOf(body), sumOf(before[each.address].bytes), each.address);
        }
        const now = (await again.post(`/api/videos/${video}/play`)).body;
        for (const each of [...(await segmentsBehind(again, now.url)), ...(await segmentsBehind(again, now.stills.slides.url))])
            assert.equal(each.isGap, isTouched(each, SPAN, 'picture_and_sound'), each.address);
        const captions = (await again.get(now.captions[0].url)).body.toString();
        assert.ok(captions.includes('開会します') && !captions.includes('不適切'), captions);
        const transcript = (await again.get(`/videos/${video}/transcript`)).body.toString();
        assert.ok(transcript.includes('開会します') && !transcript.includes('不適切'));
        assert.deepEqual([await found(again, '不適切な発言'), await found(again, '取り消される話題'), await found(again, '質疑です')], [0, 0, 1]);
        assert.deepEqual((await again.get(`/api/videos/${video}`)).body.chapters.map(({ title }) => title), ['開会', '質疑']);
        assert.equal(now.stills.poster, null);
        for (const address of stills.filter((each) => /\/(poster|thumbnails-\d+|slide-\d+)\./.test(each)))
            assert.equal((await again.get(address)).status, 410, address);
        const tiles = now.stills.thumbnails ? (await again.get(now.stills.thumbnails)).body.toString() : '';
        assert.ok(!tiles.includes('thumbnails-0'), tiles);
        assert.equal((await again.get(download)).status, 410);
        assert.equal((await again.post(`/api/videos/${video}/download`)).status, 409);
        assert.equal((await desk.get(`/api/desk/videos/${video}/source`)).status, 404);
        const { waveform } = (await desk.get(`/api/desk/videos/${video}/chapters`)).body.found;
        assert.equal(waveform.peaks[Math.round(15.5 / waveform.interval_s)], 0);
    };
    await isWithheld();
    const { body: { withdrawals: [kept] } } = await desk.get(`/api/desk/videos/${video}/withdrawals`);
    assert.deepEqual([kept.begin_s, kept.end_s, kept.lost, kept.reason, kept.by, kept.state], [14.2, 16.7, 'picture_and_sound', wish.reason, 'jimukyoku', 'withheld']);
    // Killed meanwhile, and started again: nothing of it is given away.
    await site.kill();
    await site.start();
    await isWithheld();

    await go();
    await removed(desk, video);
    const now = (await visitor.post(`/api/videos/${video}/play`)).body;
    const renewed = [...(await segmentsBehind(visitor, now.url)), ...(await segmentsBehind(visitor, now.stills.slides.url))];
    assert.equal(renewed.length, segments.length);
    const after = await answers(visitor, [...new Set([...(await addressesBehind(visitor, now.url)), ...(await addressesOfStills(visitor, video))])]);
    for (const [address, { status }] of Object.entries(after)) assert.equal(status, 200, address);
    const nameOf = (address) => address.split(`/${video}/`)[1];
    for (let at = 0; at < segments.length; ++at) {
        const was = segments[at];
        const { status, body } = await visitor.get(was.address);
        if (isTouched(was, SPAN, 'picture_and_sound')) {
            assert.equal(status, 410, was.address);
            assert.equal(nameOf(renewed[at].address), nameOf(was.address).replace('.m4s', '-r1.m4s'));
            assert.notEqual(sumOf((await visitor.get(renewed[at].address)).body), sumOf(before[was.address].bytes), was.address);
        } else if (!/\/i\d+\.m4s$/.test(was.address)) {
            assert.equal(sumOf(body), sumOf(before[was.address].bytes), was.address);
            assert.equal(nameOf(renewed[at].address), nameOf(was.address));
        }
        assert.equal(renewed[at].end.toFixed(6), was.end.toFixed(6));
    }
    assert.equal((await visitor.get(download)).status, 404);

    // What lies on the disk: nothing of the old bytes, black and silence in the span, and the rest as it was.
    for (const file of await filesIn(site.data)) {
        const bytes = await readFile(file);
        for (const mark of marks) assert.equal(bytes.indexOf(mark), -1, file);
        assert.equal(bytes.indexOf('不適切な発言'), -1, file);
        assert.ok(!path.basename(file).startsWith('source'), file);
    }
    const [recording, ...others] = await readdir(path.join(site.data, 'media'));
    assert.deepEqual(others, []);
    const folder = path.join(site.data, 'media', recording);
    for (const file of (await filesIn(folder)).filter((each) => /\/v\w+\.mp4$/.test(each)))
        for (const [at, light] of await pictures(file))
            if (at > SPAN.begin_s - 1e-4 && at < SPAN.end_s - 1e-4) assert.ok(light < 18, `${file} at ${at}: ${light}`);
            else assert.ok(light > 60, `${file} at ${at}: ${light}`);
    for (const file of (await filesIn(folder)).filter((each) => /\/a\d+\.m3u8$/.test(each)))
        for (const [at, peak] of (await peaks(file)).slice(3, -10).entries()) {
            const second = (at + 3.5) / 100;
            if (second > SPAN.begin_s + 0.03 && second < SPAN.end_s - 0.03) assert.ok(peak < 0.002, `${file} at ${second}: ${peak}`);
            else if (second < SPAN.begin_s - 0.05 || second > SPAN.end_s + 0.05) assert.ok(peak > 0.05, `${file} at ${second}: ${peak}`);
        }
    await eventually('it can be taken along again', async () => (await visitor.post(`/api/videos/${video}/download`)).body.state === 'ready');
    assert.equal(await site.broken(), '');

    // Another start, another video of the recording: the same addresses.
    const copy = (await desk.post(`/api/desk/videos/${video}/clips`, { title: '写し' })).body.id;
    await site.kill();
    await site.start();
    await desk.patch(`/api/desk/videos/${copy}`, { published: true, audience: 'everybody', reason: '確認' });
    const other = await segmentsBehind(visitor, (await visitor.post(`/api/videos/${copy}/play`)).body.url);
    assert.deepEqual(other.map(({ address }) => address.split(`/${copy}/`)[1]), (await segmentsBehind(visitor, now.url)).map(({ address }) => nameOf(address)));
    const log = (await desk.get('/api/desk/audit?kind=video')).body.entries.filter(({ action }) => action === 'video.withdraw');
    assert.equal(log.length, 1);
});

test('a muted span keeps its picture, and holds through a clip and a kill while its files are made', async (t) => {
    const { program, go } = await patientTranscoder(t);
    const { site, desk, video } = await siteWithLecture(t, program);
    assert.equal((await desk.post(`/api/desk/videos/${video}/clip`, { begin_s: 12, end_s: 34, cuts: [] })).status, 200);
    const visitor = site.visitor();
    const play = (await visitor.post(`/api/videos/${video}/play`)).body;
    const wish = { ...SPAN, lost: 'sound', reason: '個人名が含まれていた' };
    assert.equal((await desk.post(`/api/desk/videos/${video}/withdrawals`, wish)).status, 201);
    assert.equal((await visitor.get(new URL('a64/2.m4s', 'http://host' + play.url).pathname)).status, 410);
    await go();
    // Whenever it is killed, it begins anew: until all is whole nothing of it can be had.
    for (let kills = 0; kills < 4; ++kills) {
        await new Promise((resolve) => setTimeout(resolve, 60 * kills));
        await site.kill();
        await site.start();
        assert.equal((await visitor.get(new URL('a64/2.m4s', 'http://host' + play.url).pathname)).status, 410);
    }
    await removed(desk, video);
    const now = await segmentsBehind(visitor, (await visitor.post(`/api/videos/${video}/play`)).body.url);
    assert.deepEqual(now.filter(({ address }) => address.includes('-r')).map(({ address }) => address.split(`/${video}/`)[1]), ['a64/2-r1.m4s']);
    for (const { address } of now) assert.equal((await visitor.get(address)).status, 200, address);
    assert.deepEqual((await readdir(path.join(site.data, 'media'))).filter((name) => name.includes('.')), []);
    assert.equal(await site.broken(), '');
});
