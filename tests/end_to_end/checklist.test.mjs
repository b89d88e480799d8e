// What is looked at before a video is published, and the reason that is asked for where something fails.
import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/node/program.mjs';
import { demoCatalog, folderFor, Site } from './site.mjs';

const reason = '字幕は後日追加する';

async function startDesk(t, jobs) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: `[transcoding]\njobs = ${jobs}\n` });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    return { site, desk: await site.signedIn() };
}

/** Four seconds with this sound; none: a recording without any. */
async function record(file, sound) {
    const heard = sound ? ['-f', 'lavfi', '-t', '4', '-i', sound, '-c:a', 'aac'] : [];
    const made = await runProgram('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-t', '4', '-i', 'testsrc2=size=160x90:rate=12', ...heard,
        '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-shortest', file]);
    assert.equal(made.code, 0, made.errors);
    return file;
}

const findings = ({ checklist }) => Object.fromEntries(checklist.checks.map(({ subject, finding }) => [subject, finding]));
const failing = ({ checklist }) => checklist.checks.filter(({ passes }) => !passes).map(({ subject }) => subject);

test('sound is judged by what viewers will hear', { timeout: 240_000 }, async (t) => {
    const { desk } = await startDesk(t, 1);
    const folder = await folderFor(t);
    const sounds = [
        ['good', 'sine=frequency=440:sample_rate=48000'],
        ['too_quiet', 'sine=frequency=440:sample_rate=48000,volume=-28dB'],
        ['silent', 'anullsrc=sample_rate=48000'],
        ['missing', null],
    ];
    for (const [finding, sound] of sounds) {
        const file = await record(path.join(folder, `${finding}.mp4`), sound);
        const video = await desk.upload(file, (await stat(file)).size);
        await desk.transcoded(video);
        const checked = await desk.deskVideo(video);
        assert.equal(findings(checked).sound, finding);
        assert.equal(findings(checked).thumbnail, 'good');
    }
});

test('a video whose checks fail is published with a reason alone, which is kept', async (t) => {
    const { site, desk } = await startDesk(t, 0);
    const { body: draft } = await desk.post('/api/desk/videos', { title: '記録', series: 'lectures' });
    const address = `/api/desk/videos/${draft.id}`;
    assert.deepEqual(findings(draft), { sound: 'missing', captions: 'missing', window: 'missing', chapters: 'missing', thumbnail: 'missing', materials: 'missing' });
    const refused = await desk.patch(address, { published: true });
    assert.equal(refused.status, 409);
    assert.match(refused.body.error.message, /音声、字幕、公開期間、チャプター、サムネイル、資料.*理由を入力/);
    assert.equal((await desk.patch(address, { published: true, reason: ' \n ' })).status, 409);
    assert.equal((await desk.patch(address, { published: true, reason: 'あ'.repeat(400) })).status, 400);
    assert.equal((await desk.deskVideo(draft.id)).published, false);

    // What is set in the same request counts.
    const published = await desk.patch(address, { published: true, reason, window: { opens_at: '2021-10-01', closes_at: '2021-12-28' } });
    assert.equal(published.status, 200);
    assert.deepEqual(published.body.checklist.overridden, {
        at: published.body.checklist.overridden.at, by: 'jimukyoku', reason, failed: ['sound', 'captions', 'chapters', 'thumbnail', 'materials'],
    });
    assert.deepEqual((await desk.deskVideo(draft.id)).checklist, published.body.checklist);
    // What is published already is changed without one.
    assert.equal((await desk.patch(address, { title: '別の題名', published: true })).status, 200);
    assert.equal((await desk.patch(address, { window: { opens_at: '2021-09-01', closes_at: '2021-10-01' } })).status, 200);
    assert.equal(findings(await desk.deskVideo(draft.id)).window, 'over');
    assert.equal((await desk.post('/api/desk/videos', { title: '記録', published: true })).status, 409);
    assert.equal((await desk.get('/api/desk/videos')).body.videos.filter(({ title }) => title === '記録').length, 0);
    assert.equal(await site.broken(), '');
});

test('captions, chapters and materials that are there pass, and a file that is missing is told', async (t) => {
    const { desk } = await startDesk(t, 0);
    const lecture = await desk.deskVideo('lec-01');
    assert.equal(findings(lecture).materials, 'without_file');
    assert.equal(findings(lecture).window, 'good');
    const file = path.join(await folderFor(t), 'handout.pdf');
    await writeFile(file, '%PDF-1.4 handout');
    await desk.upload(file, 16, '資料.pdf', { material: 'mat-lec-01' });
    assert.equal(findings(await desk.deskVideo('lec-01')).materials, 'good');
    const captions = await desk.ask('PUT', '/api/desk/videos/lec-02/captions/ja', { body: '1\n00:00:01,000 --> 00:00:02,000\nはじめに\n', headers: { 'Content-Type': 'application/octet-stream' } });
    assert.ok(captions.status < 300, String(captions.status));
    assert.equal(findings(await desk.deskVideo('lec-02')).captions, 'good');
    const record = await desk.deskVideo('rec-kickoff');
    assert.equal(findings(record).chapters, 'good');
});

test('many are published at once with one reason, kept for each whose checks fail', async (t) => {
    const { desk } = await startDesk(t, 0);
    const items = ['lec-01', 'lec-02'].map((id) => ({ kind: 'video', id }));
    for (const { id } of items) await desk.patch(`/api/desk/videos/${id}`, { published: false });
    const { changes } = (await desk.post('/api/desk/windows/preview', { items, change: { published: true } })).body;
    const warned = changes.map(({ warnings }) => warnings.find(({ kind }) => kind === 'checklist').failed);
    assert.deepEqual(warned[0], failing(await desk.deskVideo('lec-01')));
    const wanted = changes.map(({ kind, id, now, then }) => ({ kind, id, now, then }));
    const refused = await desk.post('/api/desk/windows', { items: wanted });
    assert.equal(refused.status, 409);
    assert.match(refused.body.error.message, /「脱炭素社会に向けた市区町村の役割」「公共施設の省エネルギー改修の進め方」は、公開前の確認が済んでいません。/);
    assert.equal((await desk.deskVideo('lec-01')).published, false);
    assert.deepEqual((await desk.post('/api/desk/windows', { items: wanted, reason })).body, { changed: 2 });
    for (const { id } of items) assert.equal((await desk.deskVideo(id)).checklist.overridden.reason, reason);
    const [hidden] = (await desk.post('/api/desk/windows/preview', { items, change: { published: false } })).body.changes;
    assert.ok(!hidden.warnings.some(({ kind }) => kind === 'checklist'), 'taking back needs none');
});
