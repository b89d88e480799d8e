// Who took part: what viewers' pages report, compared with a count of our own, and who may ask for it.
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { entry, keepPublishing, listed, liveSite, showsMoreThan } from './live_site.mjs';
import { demoCatalog, folderFor, makeRecording, Site } from './site.mjs';

const CLOCK = '2021-10-25T09:00:00+09:00';
const LENGTH_S = 100;
const { municipalities } = JSON.parse(await readFile(new URL('../../catalog/municipalities.json', import.meta.url), 'utf8'));
const password = 'a viewer\'s password';

/** A site with a video of a hundred seconds that staff may watch. */
async function siteWithVideo(t) {
    const site = await Site.start(t, { clock: CLOCK, settings: '[sign_in]\nhashes = 2\n' });
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    const clerk = await site.signedIn();
    const file = await makeRecording(path.join(await folderFor(t), 'lecture.mp4'), LENGTH_S, { size: '160x90', rate: 12 });
    const video = await clerk.upload(file, (await stat(file)).size);
    await clerk.transcoded(video);
    const opened = await clerk.patch(`/api/desk/videos/${video}`, {
        title: '長さ100秒の講演', published: true, reason: '字幕は後日追加する', audience: 'staff', window: { opens_at: '2021-10-01T00:00:00+09:00', closes_at: null },
    });
    assert.equal(opened.status, 200);
    assert.equal(Math.round(opened.body.recording.duration_s), LENGTH_S);
    return { site, clerk, video };
}

async function addViewer(site, name, code, department) {
    await site.mustRun(['account', 'add', name, '--role', 'viewer', '--municipality', code, '--department', department], `${password}\n`);
}

const watched = (viewer, video, ...spans) => viewer.post(`/api/videos/${video}/watched`, { spans });

/** How viewers watch: requests one after the other, those of a list within at once, as tabs send them. */
const habits = [
    [[[[0, 50]]], [[[50, 80]]]],
    [[[[0, 10.4], [10.4, 20], [60, 79.6]]]],
    [[[[0, 79]]], [[[0, 79]]]],
    [[[[0, 45]], [[30, 70]]]],
    [[[[0, 85]]]],
    [[[[5, 25]]], [[[5, 25], [5, 25], [90, 100]]]],
    [],
];

/** Seconds that were played, counted without the archive's help. */
function secondsOf(habit) {
    const seconds = new Set();
    for (const [begin, end] of habit.flat(2))
        for (let second = Math.round(begin); second < Math.round(end); ++second) seconds.add(second);
    return seconds.size;
}

const rowOf = (report, code) => report.rows.find(({ municipality }) => municipality.code === code);
const figuresOf = (report, id, row) => (row ?? { cells: report.totals }).cells[report.columns.findIndex((column) => column.id === id)];

/** A table taken apart again. */
function cellsOf(text) {
    const rows = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
        rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
        if (end === '') break;
        if (end === '\r\n') rows.push([]);
    }
    return rows.slice(0, -1);
}

test('the report of three hundred viewers is what they watched, to the second', { timeout: 600_000 }, async (t) => {
    const { site, clerk, video } = await siteWithVideo(t);
    const expected = new Map();
    const expect = (key, figures) => {
        const sum = expected.get(key) ?? { watched_people: 0, viewers: 0, seconds: 0 };
        for (const [name, value] of Object.entries(figures)) sum[name] += value;
        expected.set(key, sum);
    };
    const visit = async (number) => {
        const { code } = municipalities[number % 61];
        const department = number % 2 ? '環境課' : '企画課';
        await addViewer(site, `viewer-${number}`, code, department);
        const viewer = await site.signedIn(`viewer-${number}`, password);
        const people = number % 9 === 0 ? 1 + (number % 23) : 1;
        if (people > 1) {
            assert.equal((await viewer.post(`/api/videos/${video}/headcount`, { people: 400 })).status, 204);
            assert.equal((await viewer.post(`/api/videos/${video}/headcount`, { people })).status, 204);
        }
        const habit = habits[number % habits.length];
        for (const tabs of habit) {
            const replies = await Promise.all(tabs.map((spans) => watched(viewer, video, ...spans)));
            for (const { status } of replies) assert.equal(status, 204);
        }
        const seconds = secondsOf(habit);
        const figures = { watched_people: seconds >= 0.8 * LENGTH_S ? people : 0, viewers: seconds ? 1 : 0, seconds };
        for (const key of [code, `${code} ${department}`, 'all']) expect(key, figures);
    };
    for (let number = 0; number < 300; number += 2) await Promise.all([visit(number), visit(number + 1)]);
    assert.equal((await watched(clerk, video, [0, 80])).status, 204, 'the secretariat may look, and is not counted');
    const { status, body: report } = await clerk.get('/api/desk/report?year=2021');
    assert.equal(status, 200);
    assert.equal(report.rows.length, 62);
    const told = ({ watched_people, viewers, seconds }) => ({ watched_people, viewers, seconds });
    const nothing = { watched_people: 0, viewers: 0, seconds: 0 };
    for (const row of report.rows) {
        const { code } = row.municipality;
        assert.deepEqual(told(figuresOf(report, video, row)), expected.get(code) ?? nothing, code);
        for (const department of row.departments)
            assert.deepEqual(told(figuresOf(report, video, department)), expected.get(`${code} ${department.name}`), `${code} ${department.name}`);
    }
    assert.deepEqual(told(figuresOf(report, video)), expected.get('all'));
    assert.ok(expected.get('all').watched_people > 60);
    await site.kill();
    await site.start();
    assert.deepEqual((await clerk.get('/api/desk/report?year=2021')).body, report, 'what was answered outlives a kill');
    assert.equal(await site.broken(), '');
});

test('what cannot have been played is cut, and what is no report is refused', { timeout: 300_000 }, async (t) => {
    const { site, clerk, video } = await siteWithVideo(t);
    await addViewer(site, 'hasty', '131016', '環境課');
    const viewer = await site.signedIn('hasty', password);
    const begun = Date.now();
    for (let turn = 0; turn < 3; ++turn) assert.equal((await watched(viewer, video, [0, 100])).status, 204);
    const passed = (Date.now() - begun) / 1000;
    const { body: report } = await clerk.get('/api/desk/report?year=2021');
    const { seconds } = figuresOf(report, video, rowOf(report, '131016'));
    assert.ok(seconds >= 90 && seconds <= 90 + 2 * passed, `${seconds} s claimed in ${passed} s`);

    const wrong = [
        {}, { spans: 'all' }, { spans: [[0]] }, { spans: [[0, 1, 2]] }, { spans: [[5, 5]] }, { spans: [[9, 3]] }, { spans: [[-1, 3]] },
        { spans: [['0', '3']] }, { spans: [[0, 86401]] }, { spans: [[0, 1e400]] }, { spans: Array(201).fill([0, 1]) },
    ];
    for (const body of wrong) assert.equal((await viewer.post(`/api/videos/${video}/watched`, body)).status, 400, JSON.stringify(body));
    assert.equal((await viewer.post(`/api/videos/${video}/watched`, { spans: Array(200).fill([0, 1]) })).status, 204);
    assert.equal((await watched(viewer, video)).status, 204, 'nothing new');
    for (const people of [0, 501, -1, 1.5, '3', null]) {
        const reply = await viewer.post(`/api/videos/${video}/headcount`, { people });
        assert.equal(reply.status, 400, `${people} people`);
    }
    assert.equal((await watched(viewer, 'nowhere', [0, 1])).status, 404);
    await clerk.patch(`/api/desk/videos/${video}`, { audience: 'registered' });
    assert.equal((await watched(viewer, video, [0, 1])).body.error.kind, 'not_registered');
    await clerk.patch(`/api/desk/videos/${video}`, { window: { opens_at: null, closes_at: '2021-10-24T00:00:00+09:00' } });
    assert.equal((await watched(viewer, video, [0, 1])).status, 410);
    assert.equal((await viewer.post(`/api/videos/${video}/headcount`, { people: 3 })).status, 410);
});

test('who watches a stream is told apart from who watches its archive, and a trim moves nothing', { timeout: 300_000 }, async (t) => {
    const { site, desk, clip, key, rtmp } = await liveSite(t);
    for (const name of ['early', 'late']) {
        await addViewer(site, name, '131016', '環境課');
        await site.mustRun(['registration', 'add', '--municipality', '131016', '--department', '環境課', '--series', 'adaptation']);
    }
    const [early, late] = [await site.signedIn('early', password), await site.signedIn('late', password)];
    await early.post(`/api/videos/${entry}/headcount`, { people: 4 });
    const publisher = keepPublishing(t, clip, rtmp + key);
    await showsMoreThan(desk, 9);
    assert.equal((await watched(early, entry, [2, 8])).status, 204);
    await site.mustRun(['live', 'end', entry]);
    await eventually('it is the archive', async () => (await listed(desk)).hasEnded, 3000);
    await publisher.ended;
    await desk.transcoded(entry);
    const figures = async () => {
        const { body } = await desk.get('/api/desk/report?year=2021');
        const { live, viewers, watched_people, seconds, live_seconds } = figuresOf(body, entry, rowOf(body, '131016'));
        return { live, viewers, watched_people, seconds, live_seconds };
    };
    assert.deepEqual(await figures(), { live: 4, viewers: 1, watched_people: 0, seconds: 0, live_seconds: 6 });
    assert.equal((await desk.post(`/api/desk/videos/${entry}/live/trim`, { begin_s: 3, end_s: 8 })).status, 204);
    assert.deepEqual(await figures(), { live: 4, viewers: 1, watched_people: 0, seconds: 0, live_seconds: 5 });
    await site.kill();
    await site.start({ clock: '2021-10-27T15:30:00+09:00' });
    assert.equal((await watched(late, entry, [0, 4])).status, 204);
    assert.deepEqual(await figures(), { live: 4, viewers: 2, watched_people: 1, seconds: 4, live_seconds: 5 });
    assert.equal((await watched(early, entry, [0, 1])).status, 204);
    assert.deepEqual(await figures(), { live: 4, viewers: 2, watched_people: 5, seconds: 5, live_seconds: 5 });
});

test('the secretariat alone sees the report, and viewers alone are counted', { timeout: 300_000 }, async (t) => {
    const site = await Site.start(t, { clock: CLOCK });
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    await addViewer(site, 'hana', '131016', '環境課');
    const [clerk, viewer] = [await site.signedIn(), await site.signedIn('hana', password)];
    const attendance = '/api/desk/sessions/adaptation-2021-2/attendance';
    for (const [method, address] of [['GET', '/api/desk/report'], ['GET', '/api/desk/report.csv'], ['GET', attendance], ['POST', attendance]]) {
        const body = method === 'POST' ? '{"venue":{"131016":1}}' : undefined;
        const ask = (who) => who.ask(method, address, { body, headers: { 'Content-Type': 'application/json' } });
        assert.equal((await ask(site.visitor())).status, 401, `${method} ${address} signed out`);
        assert.equal((await ask(viewer)).status, 403, `${method} ${address} as a viewer`);
        assert.equal((await ask(clerk)).status, 200, `${method} ${address}`);
    }
    assert.equal((await site.visitor().post('/api/videos/lec-01/watched', { spans: [] })).status, 401);
    assert.equal((await site.visitor().post('/api/videos/lec-01/headcount', { people: 2 })).status, 401);
    for (const year of ['21', 'abcd', '20211', '']) assert.equal((await clerk.get(`/api/desk/report?year=${year}`)).status, 400, year);
    assert.equal((await clerk.get('/api/desk/report')).body.year, 2021);
    assert.equal((await clerk.get('/desk/report')).status, 200);
    assert.equal((await viewer.get('/desk/report')).status, 403);
    assert.equal((await site.visitor().get('/desk/report')).status, 303);
    const { definitions } = (await clerk.get('/api/desk/report')).body;
    const texts = JSON.parse(await readFile(new URL('../../player/messages/ja.json', import.meta.url), 'utf8'));
    for (const [name, text] of Object.entries(definitions)) assert.equal(text, texts[`report.defined_${name}`], name);
});

test('who came is read from Zoom\'s list, and no name is kept', { timeout: 300_000 }, async (t) => {
    const site = await Site.start(t, { clock: CLOCK });
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    const clerk = await site.signedIn();
    const session = 'adaptation-2021-2';
    const attendance = `/api/desk/sessions/${session}/attendance`;
    const send = (body, to = attendance) => clerk.ask('POST', to, { body, headers: { 'Content-Type': 'text/csv' } });
    const list = '\ufeff名前（元の名前）,メール,参加時刻\r\n千代田区 環境課 山田太郎,,13:20\r\n千代田区 環境課 山田太郎,,13:50\r\n"中央区, 佐藤",sato@example.jp,13:21\r\n三鷹 太郎,,13:01\r\n講師の方,,13:00\r\n';
    const read = await send(list);
    assert.equal(read.status, 200);
    assert.deepEqual(read.body.matched, { 131016: 1, 131024: 1 });
    assert.deepEqual(read.body.unmatched, [{ name: '三鷹 太郎', proposed: '132047' }, { name: '講師の方', proposed: null }]);
    assert.deepEqual((await clerk.post(attendance, { zoom: { 132047: 1, 131016: 1 }, add: true })).body.zoom, { 131016: 2, 131024: 1, 132047: 1 });
    // 名前,メール / 千代田区 山田, in CP932; the list before it is forgotten.
    const inShiftJis = Buffer.from('96bc914f2c8381815b838b0d0a90e791e39363 8be6208e5293632c0d0a'.replace(' ', ''), 'hex');
    assert.deepEqual((await send(inShiftJis)).body.matched, { 131016: 1 });
    assert.deepEqual((await clerk.post(attendance, { venue: { 131016: 3, 134210: 2 } })).body.venue, { 131016: 3, 134210: 2 });
    assert.deepEqual((await clerk.post(attendance, { venue: { 134210: 0 } })).body, { venue: { 131016: 3 }, zoom: { 131016: 1 } });
    for (const body of [{}, { venue: 3 }, { venue: { 131016: -1 } }, { venue: { 131016: 1.5 } }, { venue: { 999999: 1 } }])
        assert.equal((await clerk.post(attendance, body)).status, 400, JSON.stringify(body));
    for (const body of ['', 'a,b\n1,2', Buffer.from([0xff, 0xff, 0xff])]) assert.equal((await send(body)).status, 400);
    assert.equal((await send(list, '/api/desk/sessions/nowhere/attendance')).status, 404);
    // Refused by its length: the answer may come while the sender still sends, who then finds the line closed.
    const { status } = await send('x'.repeat(5 * 1024 * 1024)).catch(() => ({ status: 413 }));
    assert.equal(status, 413);
    const { body: report } = await clerk.get('/api/desk/report?year=2021');
    const { venue, zoom } = figuresOf(report, session, rowOf(report, '131016'));
    assert.deepEqual([venue, zoom], [3, 1]);
    await site.stop();
    for (const file of ['catalog.sqlite', 'catalog.sqlite-wal']) {
        const bytes = await readFile(path.join(site.data, file)).catch(() => Buffer.alloc(0));
        for (const name of ['山田', 'sato@example.jp', '講師の方']) assert.equal(bytes.includes(name), false, `${name} in ${file}`);
    }
});

test('the report opens in a spreadsheet, and runs nothing there', { timeout: 300_000 }, async (t) => {
    const { site, clerk, video } = await siteWithVideo(t);
    const departments = ['=HYPERLINK("http://example.jp","環境課")', '+1', '-1', '@SUM(A1)', '＝課', '環境,企画課'];
    const broken = ['account', 'add', 'x', '--role', 'viewer', '--municipality', '131016', '--department', '\t課'];
    assert.notEqual((await site.command(broken, `${password}\n`)).code, 0);
    for (const [index, department] of departments.entries()) await addViewer(site, `viewer-${index}`, '131016', department);
    await clerk.patch(`/api/desk/videos/${video}`, { title: '=1+1' });
    const viewer = await site.signedIn('viewer-0', password);
    await watched(viewer, video, [0, 12]);
    const reply = await clerk.get('/api/desk/report.csv?year=2021');
    assert.equal(reply.headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.match(reply.headers.get('content-disposition'), /^attachment; filename=".*2021.*\.csv"; filename\*=UTF-8''/);
    const text = reply.body.toString();
    assert.ok(text.startsWith('\ufeff団体コード,市区町村,部署,'));
    assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
    const [heads, ...rows] = cellsOf(text.slice(1));
    for (const row of [heads, ...rows]) {
        assert.equal(row.length, heads.length);
        for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@\t\r\n＝＋－＠]/);
    }
    assert.deepEqual(rows.slice(1, 1 + departments.length).map(([, , department]) => department).sort(),
        ['\'=HYPERLINK("http://example.jp","環境課")', '\'+1', '\'-1', '\'@SUM(A1)', '\'＝課', '環境,企画課'].sort());
    const figures = rows.slice(0, 62 + departments.length + 1);
    const told = rows.slice(figures.length);
    assert.deepEqual(told.slice(0, 2).map(([first]) => first), ['', '数え方']);
    assert.equal(new Map(told.map(([what, how]) => [what, how])).get('会場'), '会場に来た人数。事務局が入力した数です。');
    const counted = ['会場', 'Zoom', 'ライブ', '録画を80%以上視聴', '資料を開いたアカウント', '再生したアカウント', 'ライブで再生した秒数', '録画を再生した秒数', '合計', '数える人'];
    assert.deepEqual(told.slice(2).map(([what]) => what), counted);
    for (const [, how] of told.slice(2)) assert.match(how, /。$/);
    const seconds = heads.indexOf('\'=1+1 録画を再生した秒数');
    assert.equal(rows[0][seconds], '12');
    assert.equal(figures.at(-1)[seconds], '12');
});

test('who opens a handout is counted once, and stays counted when the department is removed', { timeout: 300_000 }, async (t) => {
    const site = await Site.start(t, { clock: '2021-06-26T09:00:00+09:00', settings: '[sign_in]\nhashes = 2\n' });
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    const clerk = await site.signedIn();
    const file = path.join(await folderFor(t), '資料.pdf');
    await writeFile(file, '%PDF-1.4 handout');
    await clerk.upload(file, 16, '資料.pdf', { material: 'mat-kick-1' });
    const department = { municipality: '131016', department: '環境課' };
    const made = await clerk.post('/api/desk/departments', { ...department, series: [] });
    assert.equal(made.status, 201);
    const viewer = await site.signedIn('千代田区 環境課', made.body.code);
    const figures = async () => {
        const { body } = await clerk.get('/api/desk/report?year=2021');
        const at = body.columns.findIndex(({ id }) => id === 'meeting-2021-kickoff');
        const row = rowOf(body, '131016');
        return { openers: row.cells[at].openers, departments: row.departments.map(({ name }) => name), absent: body.absent[at] };
    };
    assert.equal((await viewer.ask('HEAD', '/materials/mat-kick-1')).status, 200);
    assert.deepEqual(await figures(), { openers: 0, departments: ['環境課'], absent: 62 });
    for (const who of [viewer, viewer, clerk]) assert.equal((await who.get('/materials/mat-kick-1')).status, 200);
    assert.deepEqual(await figures(), { openers: 1, departments: ['環境課'], absent: 61 });
    assert.equal((await clerk.remove('/api/desk/departments?municipality=131016&department=%E7%92%B0%E5%A2%83%E8%AA%B2')).status, 204);
    assert.deepEqual(await figures(), { openers: 1, departments: ['環境課'], absent: 61 });
    assert.equal(await site.broken(), '');
});
