// Chapters at the desk: what was found in the recording is proposed, and what the clerk writes is shown.
import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/node/program.mjs';
import { demoCatalog, folderFor, Site } from './site.mjs';

/** Two chapters, and five seconds of silence from the fourth on. */
async function recordingWithChapters(folder) {
    const meta = path.join(folder, 'chapters.txt');
    await writeFile(meta, ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=8000\ntitle=開会\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=8000\nEND=16000\ntitle=講演 <第1部>\n');
    const file = path.join(folder, 'lecture.mp4');
    const made = await runProgram('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=24:duration=16',
        '-f', 'lavfi', '-i', "aevalsrc='0.4*sin(2764*t)*(lt(t,4)+gt(t,9))':s=48000:d=16", '-i', meta, '-map', '0', '-map', '1', '-map_chapters', '2',
        '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file]);
    assert.equal(made.code, 0, made.errors);
    return file;
}

test('what was found in a recording is proposed, and nothing of it is shown before it is saved', async (t) => {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00' });
    await site.addSecretariat();
    const desk = await site.signedIn();
    const file = await recordingWithChapters(await folderFor(t));
    const video = await desk.upload(file, (await stat(file)).size);
    const address = `/api/desk/videos/${video}/chapters`;
    await desk.transcoded(video);
    const { body } = await desk.get(address);
    assert.deepEqual(body.chapters, []);
    assert.deepEqual(body.found.chapters, [{ at_s: 0, title: '開会' }, { at_s: 8, title: '講演 <第1部>' }]);
    assert.equal(body.found.silences.length, 1);
    const [{ begin_s, end_s }] = body.found.silences;
    assert.ok(Math.abs(begin_s - 4) < 0.5 && Math.abs(end_s - 9) < 0.5, `${begin_s} to ${end_s}`);
    assert.equal(body.found.waveform.interval_s, 0.125);
    assert.equal(body.found.waveform.peaks.length, 128);
    assert.ok(body.found.waveform.peaks[8] > 10 && body.found.waveform.peaks[50] < 3, 'loud, then silent');
    assert.ok(Math.abs(body.duration_s - 16) < 0.1);

    const chapters = [{ at_s: 8, title: ' 講演 ' }, { at_s: 0, title: '開会' }, { at_s: 12.345, title: '質疑' }];
    const saved = await desk.post(address, { chapters });
    assert.equal(saved.status, 200, JSON.stringify(saved.body));
    const expected = [{ at_s: 0, title: '開会' }, { at_s: 8, title: '講演' }, { at_s: 12.345, title: '質疑' }];
    assert.deepEqual(saved.body, { chapters: expected, version: (await desk.get(address)).body.version });
    await desk.patch(`/api/desk/videos/${video}`, { audience: 'everybody', published: true, reason: '字幕は後日追加する' });
    assert.deepEqual((await site.visitor().get(`/api/videos/${video}`)).body.chapters, expected);
    assert.match((await site.visitor().get(`/videos/${video}`)).body.toString(), /0:08<\/span><span>講演</);
    const late = await desk.post(address, { chapters: [{ at_s: 17, title: '閉会' }] });
    assert.equal(late.body.error.message, '「閉会」の時刻が、動画の終わりより後になっています。');
    assert.deepEqual((await desk.get(address)).body.chapters, expected);
    assert.deepEqual((await desk.post(address, { chapters: [] })).body.chapters, []);
    assert.equal(await site.broken(), '');
});

test('chapters that are wrong are refused in words, and the old ones stay', async (t) => {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    const desk = await site.signedIn();
    const { id: video } = (await desk.post('/api/desk/videos', { title: '講演', session: 'meeting-2021-kickoff' })).body;
    const address = `/api/desk/videos/${video}/chapters`;
    const { found, items } = (await desk.get(address)).body;
    assert.deepEqual(found, { chapters: [], silences: [], waveform: null });
    assert.deepEqual(items, ['脱炭素社会、気候変動に適応した社会についての講演', '研究会ガイダンス']);
    assert.equal((await desk.post(address, { chapters: [{ at_s: 3, title: '開会' }] })).status, 200);
    for (const [body, message] of [
        [{}, 'チャプターを読み取れませんでした。'],
        [{ chapters: [7] }, '1番目のチャプターを読み取れませんでした。'],
        [{ chapters: [{ title: 'x' }] }, '1番目のチャプターの時刻を読み取れませんでした。'],
        [{ chapters: [{ at_s: -1, title: 'x' }] }, '1番目のチャプターの時刻を読み取れませんでした。'],
        [{ chapters: [{ at_s: 1, title: 'x' }, { at_s: 2, title: ' ' }] }, '2番目のチャプターに題名を入力してください。'],
        [{ chapters: [{ at_s: 1, title: 'あ\nい' }] }, '1番目のチャプターの題名は、1行で200文字以内にしてください。'],
        [{ chapters: [{ at_s: 1, title: 'あ'.repeat(201) }] }, '1番目のチャプターの題名は、1行で200文字以内にしてください。'],
        [{ chapters: [{ at_s: 5, title: '甲' }, { at_s: 5, title: '乙' }] }, '「甲」と「乙」が同じ時刻です。どちらかを変えてください。'],
        [{ chapters: Array.from({ length: 501 }, (_, at_s) => ({ at_s, title: 'x' })) }, 'チャプターは500個までです。'],
    ]) {
        const reply = await desk.post(address, body);
        assert.equal(reply.status, 400, JSON.stringify(reply.body));
        assert.equal(reply.body.error.message, message);
    }
    assert.deepEqual((await desk.get(address)).body.chapters, [{ at_s: 3, title: '開会' }]);
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    const viewer = await site.signedIn('chiyoda', 'viewer password');
    for (const [visitor, status] of [[viewer, 403], [site.visitor(), 401]]) {
        assert.equal((await visitor.get(address)).status, status);
        assert.equal((await visitor.post(address, { chapters: [] })).status, status);
    }
    assert.equal((await desk.get('/api/desk/videos/nothing/chapters')).status, 404);
    assert.equal((await desk.post('/api/desk/videos/nothing/chapters', { chapters: [] })).status, 404);
    const foreign = await desk.ask('POST', address, { body: '{"chapters":[]}', headers: { 'Content-Type': 'application/json', Origin: 'https://elsewhere.example' } });
    assert.equal(foreign.status, 403);
});
