// The schedule and the registrations as tables: out, previewed, and in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoCatalog, Site } from './site.mjs';

const sessions = '/api/desk/sessions.csv';
const programmes = '/api/desk/programmes.csv';
const registrations = '/api/desk/registrations.csv';

async function demoDesk(t) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    const desk = await site.signedIn();
    const send = (address, body) => desk.ask('POST', address, { body, headers: { 'Content-Type': 'text/csv' } });
    return { site, desk, send };
}

const csv = (rows) => `\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;

test('the schedule goes out and comes back without a change', async (t) => {
    const { desk, send } = await demoDesk(t);
    const table = await desk.get(sessions);
    assert.equal(table.headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.match(table.headers.get('content-disposition'), /^attachment/);
    const preview = await send(`${sessions}/preview`, table.body);
    assert.equal(preview.status, 200);
    assert.deepEqual([preview.body.changes, preview.body.mistakes], [[], []]);
    assert.ok(preview.body.unchanged > 5);
    assert.equal((await send(`${sessions}?seen=${preview.body.seen}`, table.body)).status, 400, 'nothing to do');
});

test('a schedule is previewed, then applied as a whole, and is in the log', async (t) => {
    const { desk, send } = await demoDesk(t);
    const { sessions: before } = (await desk.get('/api/desk/sessions')).body;
    const own = before.find(({ id }) => id === 'meeting-2021-kickoff');
    const table = csv([['会合ID', '題名', '状態', '日付', '開始'], ['', '第4回分科会', '開催予定', '2022/1/20', '13:30'], [own.id, own.title, '中止', '', '']]);
    const preview = await send(`${sessions}/preview`, table);
    assert.deepEqual(preview.body.changes.map(({ line, kind, title }) => [line, kind, title]), [[2, 'added', '第4回分科会'], [3, 'changed', own.title]]);
    assert.equal((await desk.get('/api/desk/sessions')).body.sessions.length, before.length, 'a preview changes nothing');
    assert.equal((await send(sessions, table)).status, 409, 'not seen');
    const put = await send(`${sessions}?seen=${preview.body.seen}`, table);
    assert.deepEqual([put.status, put.body], [200, { changed: 2 }]);
    const after = (await desk.get('/api/desk/sessions')).body.sessions;
    const made = after.find(({ title }) => title === '第4回分科会');
    assert.deepEqual(made.when, { first_day: '2022-01-20', last_day: null, reception: null, start: '13:30', end: null, label: '' });
    const kept = after.find(({ id }) => id === own.id);
    assert.equal(kept.status, 'cancelled');
    assert.deepEqual(kept.items, own.items, 'its programme stays');
    const { entries } = (await desk.get('/api/desk/audit?what=sessions')).body;
    assert.deepEqual(entries.map(({ action }) => action), ['session.update', 'session.create']);
    assert.deepEqual(entries[0].changes.find(({ field }) => field === 'status'), { field: 'status', before: 'held', after: 'cancelled' });
});

test('a table with one mistake changes nothing, and what somebody else changed meanwhile is told', async (t) => {
    const { desk, send } = await demoDesk(t);
    const before = (await desk.get('/api/desk/sessions')).body.sessions;
    const broken = csv([['題名', '日付'], ['よい会', '2022-01-20'], ['悪い会', '1月20日']]);
    const preview = await send(`${sessions}/preview`, broken);
    assert.deepEqual(preview.body.mistakes, [{ line: 3, message: '日付「1月20日」を読めません。2021/10/29のように書いてください。' }]);
    const refused = await send(`${sessions}?seen=${preview.body.seen}`, broken);
    assert.equal(refused.status, 400);
    assert.match(refused.body.error.message, /^3行目：/);
    assert.deepEqual((await desk.get('/api/desk/sessions')).body.sessions, before);
    for (const nothing of ['', '色\n赤', Buffer.from([0xff, 0xff, 0xff])])
        assert.equal((await send(`${sessions}/preview`, nothing)).status, 400);

    const { id, version } = before[0];
    const table = csv([['会合ID', '題名'], [id, '別の題名']]);
    const { seen } = (await send(`${sessions}/preview`, table)).body;
    assert.equal((await desk.patch(`/api/desk/sessions/${id}`, { version, title: '先に変えた題名' })).status, 200);
    const late = await send(`${sessions}?seen=${seen}`, table);
    assert.equal(late.status, 409);
    assert.equal((await desk.get(`/api/desk/sessions/${id}`)).body.title, '先に変えた題名');
});

test('registrations come in from Shift_JIS, are added, and are removed only where that is said', async (t) => {
    const { site, desk, send } = await demoDesk(t);
    const department = { municipality: '131016', department: '環境課' };
    await desk.post('/api/desk/departments', { ...department, series: ['adaptation'] });
    const table = await desk.get(registrations);
    assert.equal(table.body.toString(), '\ufeff団体コード,市区町村,部署,シリーズ\r\n131016,千代田区,環境課,適応策分科会\r\n');
    const next = csv([['市区町村', '部署', 'シリーズ'], ['千代田区', '環境課', 'mitigation']]);
    const kept = (await send(`${registrations}/preview`, next)).body;
    assert.deepEqual(kept.changes.map(({ kind }) => kind), ['added']);
    const replaced = (await send(`${registrations}/preview?unnamed=removed`, next)).body;
    assert.deepEqual(replaced.changes.map(({ kind, line }) => [kind, line]), [['added', 2], ['removed', 0]]);
    assert.equal((await send(`${registrations}?unnamed=removed&seen=${kept.seen}`, next)).status, 409, 'another preview');
    assert.equal((await send(`${registrations}?unnamed=removed&seen=${replaced.seen}`, next)).status, 200);
    const [known] = (await desk.get('/api/desk/departments')).body.departments;
    assert.deepEqual(known.series, ['mitigation']);
    const [entry] = (await desk.get('/api/desk/audit?what=departments')).body.entries;
    assert.deepEqual(entry.changes, [{ field: 'registered', before: ['適応策分科会'], after: ['緩和策分科会'] }]);
    // 市区町村,部署,シリーズ / 中央区,環境課,mitigation in CP932.
    const inShiftJis = Buffer.from('8e738be692ac91ba2c95948f902c8356838a815b83590d0a9286899b8be62c8ac28bab89db2c6d697469676174696f6e0d0a', 'hex');
    assert.deepEqual((await send(`${registrations}/preview`, inShiftJis)).body.changes.map(({ title }) => title), ['中央区 環境課']);
    const wrong = await send(`${registrations}/preview`, '市区町村,部署,シリーズ,色\n');
    assert.equal(wrong.status, 400);
    assert.equal(wrong.body.error.message, '1行目：「色」という列はありません。');
    assert.equal(await site.broken(), '');
});

test('programmes go out, come back without a change, and are changed as a table says', async (t) => {
    const { desk, send } = await demoDesk(t);
    const table = await desk.get(programmes);
    assert.equal(table.headers.get('content-type'), 'text/csv; charset=utf-8');
    const same = await send(`${programmes}/preview?unnamed=removed`, table.body);
    assert.deepEqual([same.body.changes, same.body.mistakes], [[], []]);
    assert.ok(same.body.unchanged > 10);
    const address = '/api/desk/sessions/adaptation-2021-2';
    const { items: before, title, version } = (await desk.get(address)).body;
    assert.ok(before.length > 2);
    const rows = csv([['会合ID', '順', '項目ID', '種類', '題名'], ['adaptation-2021-2', '1', '', '講演', '開会の講演'], ['adaptation-2021-2', '2', before[0].id, '対話', before[0].title]]);
    const preview = await send(`${programmes}/preview`, rows);
    assert.deepEqual(preview.body.changes.map(({ line, kind, title: of }) => [line, kind, of]),
        [[2, 'added', `${title} 開会の講演`], [3, 'changed', `${title} ${before[0].title}`]]);
    assert.equal((await desk.get(address)).body.version, version, 'a preview changes nothing');
    assert.equal((await send(programmes, rows)).status, 409, 'not seen');
    assert.deepEqual((await send(`${programmes}?seen=${preview.body.seen}`, rows)).body, { changed: 2 });
    const after = (await desk.get(address)).body.items;
    assert.deepEqual(after.map((item) => item.title), ['開会の講演', ...before.map((item) => item.title)]);
    assert.deepEqual([after[0].kind, after[1].kind, after[1].id, after[1].speaker], ['lecture', 'dialogue', before[0].id, before[0].speaker]);
    const removing = await send(`${programmes}/preview?unnamed=removed`, rows.replace(`,,講演,開会の講演`, `,${after[0].id},講演,開会の講演`));
    assert.equal(removing.body.changes.filter(({ kind }) => kind === 'removed').length, before.length - 1);
    const wrong = await send(`${programmes}/preview`, csv([['会合', '題名'], ['ない会', '講演']]));
    assert.deepEqual(wrong.body.mistakes, [{ line: 2, message: '「ない会」という会合はありません。' }]);
    assert.equal((await desk.get('/api/desk/audit?what=sessions')).body.entries[0].action, 'session.update');
});
