// Captions at the desk: files in, edited, served under a grant, and gone again.
import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/node/program.mjs';
import { demoCatalog, folderFor, makeRecording, Site } from './site.mjs';

/** SRT in CP932: 「適応～①」 and 「ｵﾝﾗｲﾝ」, as an editor on Windows saves it. */
const shiftJis = Buffer.concat([
    Buffer.from('1\r\n00:00:00,500 --> 00:00:01,000\r\n'), Buffer.from('934b899e81608740', 'hex'),
    Buffer.from('\r\n\r\n2\r\n00:00:01,000 --> 00:00:02,000\r\n<i>'), Buffer.from('b5ddd7b2dd', 'hex'), Buffer.from('</i>\r\n'),
]);
const cues = [{ start_s: 0.5, end_s: 1, text: '適応～①' }, { start_s: 1, end_s: 2, text: 'ｵﾝﾗｲﾝ' }];
const webvtt = 'WEBVTT\n\n00:00:00.500 --> 00:00:01.000\n適応～①\n\n00:00:01.000 --> 00:00:02.000\nｵﾝﾗｲﾝ\n';

const put = (desk, address, body, type = 'application/x-subrip') => desk.ask('PUT', address, { body, headers: { 'Content-Type': type } });

/** What is answered to the head of a PUT of so many bytes, of which none is sent. */
function statusOfHead(desk, address, length) {
    return new Promise((resolve, reject) => {
        const sent = request(desk.site.address + address, { method: 'PUT', headers: { Cookie: desk.cookie, 'Content-Length': length } });
        sent.once('response', (reply) => resolve(reply.resume().statusCode)).once('error', reject).flushHeaders();
    });
}

async function demoSite(t, jobs = 0) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: `[transcoding]\njobs = ${jobs}\n` });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    return { site, desk: await site.signedIn() };
}

test('a file is served as captions under a grant at once, and a refused one leaves them', async (t) => {
    const { site, desk } = await demoSite(t, 1);
    const file = await makeRecording(path.join(await folderFor(t), 'lecture.mp4'), 3);
    const video = await desk.upload(file, (await stat(file)).size);
    await desk.transcoded(video);
    await desk.patch(`/api/desk/videos/${video}`, { audience: 'everybody', published: true, reason: '字幕はこの後で登録する' });
    const { body: play } = await site.visitor().post(`/api/videos/${video}/play`);
    assert.deepEqual(play.captions, []);
    const served = new URL('captions/ja.vtt', 'http://host' + play.url).pathname;
    assert.equal((await site.visitor().get(served)).status, 404);

    const ja = `/api/desk/videos/${video}/captions/ja`;
    const sent = await put(desk, ja, shiftJis);
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    assert.deepEqual(sent.body, {
        language: 'ja', label: '日本語', cues: 2, encoding: 'CP932', notes: ['6行目：文字の飾りを外しました。'],
    });
    const reply = await site.visitor().get(served);
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get('content-type'), 'text/vtt; charset=utf-8');
    assert.equal(reply.body.toString(), webvtt);
    const { body: again } = await site.visitor().post(`/api/videos/${video}/play`);
    assert.deepEqual(again.captions.map(({ language, label }) => [language, label]), [['ja', '日本語']]);

    const refused = await put(desk, ja, '1\n00:00:05,000 --> 00:00:04,000\n逆\n', 'text/plain');
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.body.error, { kind: 'invalid', message: '2行目の字幕は、終わりの時刻が始まりの時刻より前です。' });
    assert.equal((await site.visitor().get(served)).body.toString(), webvtt);

    assert.equal((await desk.remove(ja)).status, 204);
    assert.equal((await site.visitor().get(served)).status, 404);
    assert.equal(await site.broken(), '');
});

test('captions are read, edited, replaced in, and deleted', async (t) => {
    const { site, desk } = await demoSite(t);
    const { id } = (await desk.post('/api/desk/videos', { title: '講演' })).body;
    const all = `/api/desk/videos/${id}/captions`;
    assert.deepEqual((await desk.get(all)).body, { captions: [] });
    assert.equal((await desk.get(`${all}/ja`)).status, 404);
    assert.equal((await put(desk, `${all}/en?label=English+(auto)`, 'WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n', '')).body.label, 'English (auto)');
    assert.equal((await put(desk, `${all}/ja`, shiftJis)).status, 200);
    assert.deepEqual((await desk.get(all)).body, {
        captions: [{ language: 'en', label: 'English (auto)', cues: 1, found: false }, { language: 'ja', label: '日本語', cues: 2, found: false }],
    });
    const { version, ...japanese } = (await desk.get(`${all}/ja`)).body;
    assert.match(version, /^[0-9a-f]{64}$/);
    assert.deepEqual(japanese, { language: 'ja', label: '日本語', cues });

    const edited = await desk.post(`${all}/en/cues`, { cues: [{ start_s: 2, end_s: 3.25, text: 'b' }, { start_s: 0, end_s: 1, text: '<a>\n\n&' }] });
    assert.equal(edited.status, 200, JSON.stringify(edited.body));
    assert.deepEqual(edited.body, { language: 'en', label: 'English (auto)', cues: 2 });
    assert.deepEqual((await desk.get(`${all}/en`)).body.cues, [{ start_s: 0, end_s: 1, text: '<a>\n&' }, { start_s: 2, end_s: 3.25, text: 'b' }]);
    for (const [body, message] of [
        [{}, '字幕を読み取れませんでした。'],
        [{ cues: [] }, '字幕が1つもありません。'],
        [{ cues: [7] }, '1番目の字幕を読み取れませんでした。'],
        [{ cues: [{ ...cues[0] }, { start_s: 2, end_s: 1, text: 'x' }] }, '2番目の字幕は、終わりの時刻が始まりの時刻より前です。'],
        [{ cues: [{ start_s: -1, end_s: 1, text: 'x' }] }, '1番目の字幕の時刻が、0より前になっています。'],
        [{ cues: [{ start_s: '1', end_s: 1, text: 'x' }] }, '1番目の字幕の時刻を読み取れませんでした。'],
        [{ cues: [{ start_s: 0, end_s: 1e300, text: 'x' }] }, '1番目の字幕の時刻を読み取れませんでした。'],
        [{ cues: [{ start_s: 0, end_s: 1 }] }, '1番目の字幕の文を読み取れませんでした。'],
        [{ cues, label: 'あ\nい' }, '字幕の名前は、1行で40字までにしてください。'],
    ]) {
        const reply = await desk.post(`${all}/ja/cues`, body);
        assert.equal(reply.status, 400, JSON.stringify(body));
        assert.equal(reply.body.error.message, message);
    }
    assert.deepEqual((await desk.get(`${all}/ja`)).body.cues, cues, 'what was refused changed nothing');

    assert.deepEqual((await desk.post(`${all}/ja/replace`, { from: '適応', to: '緩和' })).body, { replaced: 1 });
    assert.equal((await desk.get(`${all}/ja`)).body.cues[0].text, '緩和～①');
    assert.deepEqual((await desk.post(`${all}/ja/replace`, { from: '適応', to: '緩和' })).body, { replaced: 0 });
    for (const body of [{}, { from: '', to: 'x' }, { from: 'x' }, { from: 1, to: 'x' }, { from: 'x'.repeat(601), to: '' }])
        assert.equal((await desk.post(`${all}/ja/replace`, body)).status, 400, JSON.stringify(body));
    assert.equal((await desk.post(`${all}/fr/replace`, { from: 'a', to: 'b' })).status, 404);

    assert.equal((await desk.remove(`${all}/ja`)).status, 204);
    assert.equal((await desk.remove(`${all}/ja`)).status, 404);
    await site.stop();
    await site.start();
    assert.deepEqual((await (await site.signedIn()).get(all)).body, { captions: [{ language: 'en', label: 'English (auto)', cues: 2, found: false }] });
    assert.equal(await site.broken(), '');
});

/** The recording with captions inside, `{ jpn: 'text' }`, as an editor exports it. */
async function withCaptionsInside(folder, recording, captions) {
    const languages = Object.keys(captions);
    const inputs = await Promise.all(languages.map(async (language) => {
        const file = path.join(folder, `${language}.srt`);
        await writeFile(file, `1\n00:00:01,000 --> 00:00:02,000\n${captions[language]}\n`);
        return ['-i', file];
    }));
    const file = path.join(folder, `${languages.join('-')}.mp4`);
    const made = await runProgram('ffmpeg', ['-v', 'error', '-y', '-i', recording, ...inputs.flat(), '-map', '0',
        ...languages.flatMap((language, at) => ['-map', `${at + 1}`, `-metadata:s:s:${at}`, `language=${language}`]),
        '-c', 'copy', '-c:s', 'mov_text', file]);
    assert.equal(made.code, 0, made.errors);
    return file;
}

test('captions inside a recording become the video’s, and give way to those of the secretariat', async (t) => {
    const { site, desk } = await demoSite(t, 1);
    const folder = await folderFor(t);
    const plain = await makeRecording(path.join(folder, 'plain.mp4'), 3);
    const first = await withCaptionsInside(folder, plain, { jpn: 'はじめに', eng: 'Welcome' });
    const video = await desk.upload(first, (await stat(first)).size);
    const all = `/api/desk/videos/${video}/captions`;
    await desk.transcoded(video);
    const told = async () => (await desk.get(all)).body.captions.map(({ language, label, cues, found }) => [language, label, cues, found]);
    assert.deepEqual(await told(), [['en', 'English', 1, true], ['ja', '日本語', 1, true]]);
    assert.equal((await site.visitor().post(`/api/videos/${video}/play`)).status, 404, 'a draft, as the video is');
    await desk.patch(`/api/desk/videos/${video}`, { audience: 'everybody', published: true, reason: '確認のため' });
    const { body: play } = await site.visitor().post(`/api/videos/${video}/play`);
    assert.deepEqual(play.captions.map(({ language }) => language), ['en', 'ja']);
    const served = await site.visitor().get(new URL('captions/ja.vtt', 'http://host' + play.url).pathname);
    assert.match(served.body.toString(), /00:00:01\.\d+ --> 00:00:02\.\d+\nはじめに\n$/);

    // One word put right makes them the secretariat's: the next recording's do not take their place.
    assert.deepEqual((await desk.post(`${all}/ja/replace`, { from: 'はじめに', to: '開会' })).body, { replaced: 1 });
    assert.deepEqual(await told(), [['en', 'English', 1, true], ['ja', '日本語', 1, false]]);
    const second = await withCaptionsInside(folder, plain, { jpn: '二回目', deu: 'Willkommen' });
    await desk.upload(second, (await stat(second)).size, 'second.mp4', { video });
    await desk.transcoded(video);
    assert.deepEqual(await told(), [['de', 'de', 1, true], ['ja', '日本語', 1, false]]);
    assert.equal((await desk.get(`${all}/ja`)).body.cues[0].text, '開会');
    assert.equal(await site.broken(), '');
});

test('a hundred thousand cues are taken, given, and kept', { timeout: 300_000 }, async (t) => {
    const { desk } = await demoSite(t);
    const ja = '/api/desk/videos/lec-01/captions/ja';
    const time = (at) => new Date(at * 100).toISOString().slice(11, 23);
    const lines = Array.from({ length: 100_000 }, (_, at) => `${time(at)} --> ${time(at + 1)}\n字幕${at}\n`);
    const sent = await put(desk, ja, `WEBVTT\n\n${lines.join('\n')}`, 'text/vtt');
    assert.equal(sent.body.cues, 100_000, JSON.stringify(sent.body));
    const { body } = await desk.get(ja);
    assert.deepEqual(body.cues.at(-1), { start_s: 9999.9, end_s: 10000, text: '字幕99999' });
    assert.equal((await desk.post(`${ja}/cues`, body)).body.cues, 100_000);
    const one_more = await put(desk, ja, `WEBVTT\n\n${lines.join('\n')}\n9:00:00.000 --> 9:00:01.000\nあ\n`, 'text/vtt');
    assert.equal(one_more.body.error.message, '300003行目で字幕が10万件を超えるので、入れられません。');
    assert.equal(await statusOfHead(desk, ja, 20_000_001), 413, 'before a byte of it is sent');
});

test('only the secretariat may, and only for what is there', async (t) => {
    const { site, desk } = await demoSite(t);
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    const viewer = await site.signedIn('chiyoda', 'viewer password');
    const ja = '/api/desk/videos/lec-01/captions/ja';
    for (const [visitor, status] of [[viewer, 403], [site.visitor(), 401]]) {
        for (const ask of [
            () => put(visitor, ja, shiftJis), () => visitor.get(ja), () => visitor.get('/api/desk/videos/lec-01/captions'), () => visitor.remove(ja),
            () => visitor.post(`${ja}/cues`, { cues }), () => visitor.post(`${ja}/replace`, { from: 'a', to: 'b' }),
        ]) assert.equal((await ask()).status, status, String(ask));
    }
    const foreign = await desk.ask('PUT', ja, { body: shiftJis, headers: { Origin: 'https://elsewhere.example' } });
    assert.equal(foreign.status, 403);
    assert.equal((await put(desk, '/api/desk/videos/nothing/captions/ja', shiftJis)).status, 404);
    assert.equal((await desk.get('/api/desk/videos/nothing/captions')).status, 404);
    assert.equal((await put(desk, '/api/desk/videos/lec-01/captions/Japanese', shiftJis)).status, 400);
    assert.equal((await put(desk, `${ja}?label=${'x'.repeat(121)}`, shiftJis)).status, 400);
    assert.equal((await put(desk, `${ja}?label=%FF`, shiftJis)).status, 400);
    assert.equal((await put(desk, ja, '')).body.error.message, 'ファイルが空です。');
    assert.equal((await desk.post(ja, { cues })).status, 405);
});
