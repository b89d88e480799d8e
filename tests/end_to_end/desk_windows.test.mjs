// Windows and publication of many at once: looked at beforehand, made together or not at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoCatalog, Site } from './site.mjs';

async function demoDesk(t) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    return { site, desk: await site.signedIn() };
}

const video = (id) => ({ kind: 'video', id });
const material = (id) => ({ kind: 'material', id });
const series = (id) => ({ kind: 'series', id });

async function looked(desk, items, change) {
    const reply = await desk.post('/api/desk/windows/preview', { items, change });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body.changes;
}
const wanted = (changes) => changes.map(({ kind, id, now, then }) => ({ kind, id, now, then }));
const reason = '録画は後日届く';
const apply = (desk, changes) => desk.post('/api/desk/windows', { items: wanted(changes), reason });
const kinds = ({ warnings }) => warnings.map(({ kind }) => kind);

test('lectures get a new end together, after a look at what that means, and the old one back', async (t) => {
    const { site, desk } = await demoDesk(t);
    const lectures = ['lec-01', 'lec-02', 'lec-05'].map(video);
    const before = await Promise.all(lectures.map(({ id }) => desk.deskVideo(id)));
    const changes = await looked(desk, lectures, { window: { closes: { day: '2022-01-01' } } });
    assert.deepEqual(changes.map(({ then }) => then.window.closes_at), Array(3).fill('2022-01-01T15:00:00Z'));
    assert.deepEqual(changes.map(({ then }) => then.window.opens_at), before.map(({ effective_window }) => effective_window.opens_at));
    const dayOff = changes[0].warnings.find(({ kind }) => kind === 'closes_on_day_off');
    assert.deepEqual(dayOff, { kind: 'closes_on_day_off', day: '2022-01-01', why: 'year_end', holiday: '元日' });
    assert.deepEqual(await desk.deskVideo('lec-01'), before[0], 'a look changes nothing');

    assert.deepEqual((await apply(desk, changes)).body, { changed: 3 });
    assert.equal((await desk.deskVideo('lec-05')).window.closes_at, '2022-01-01T15:00:00Z');
    const back = wanted(changes).map(({ now, then, ...item }) => ({ ...item, now: then, then: now }));
    assert.deepEqual((await desk.post('/api/desk/windows', { items: back })).body, { changed: 3 });
    assert.deepEqual(await Promise.all(lectures.map(({ id }) => desk.deskVideo(id))), before);
    assert.equal(await site.broken(), '');
});

test('ends are counted from the session, and until the fiscal year’s end', async (t) => {
    const { desk } = await demoDesk(t);
    const { items, sessions } = (await desk.get('/api/desk/windows')).body;
    const handout = items.find(({ id }) => id === 'mat-mit1');
    assert.deepEqual([handout.kind, handout.session, handout.series], ['material', 'mitigation-2021-1', 'mitigation']);
    assert.equal(sessions.find(({ id }) => id === 'mitigation-2021-1').day, '2021-07-28');
    const [twoWeeks] = await looked(desk, [material('mat-mit1')], { window: { closes: { session_days: 14 } } });
    assert.equal(twoWeeks.then.window.closes_at, '2021-08-11T15:00:00Z');
    assert.ok(kinds(twoWeeks).includes('never_open'), 'August is over');
    const [eve] = await looked(desk, [material('mat-mit1')], { window: { opens: null, closes: { session_days: -1, time: '17:00' } } });
    assert.deepEqual(eve.then.window, { opens_at: null, closes_at: '2021-07-27T08:00:00Z' });
    const [year] = await looked(desk, [material('mat-mit1')], { window: { closes: { fiscal_year_end: true } } });
    assert.equal(year.then.window.closes_at, '2022-03-31T15:00:00Z');
    // A lecture belongs to no session: it alone cannot be, and says why.
    const mixed = await looked(desk, [video('lec-01'), material('mat-mit1')], { window: { closes: { session_days: 14 } } });
    assert.deepEqual([mixed[0].then, mixed[1].problem], [null, null]);
    assert.match(mixed[0].problem, /会合に属していない/);
    const [early] = await looked(desk, [video('lec-01')], { window: { closes: { day: '2021-06-01' } } });
    assert.match(early.problem, /始まりより後/);
});

test('what somebody else has changed meanwhile is told, and nothing of it is made', async (t) => {
    const { desk } = await demoDesk(t);
    const changes = await looked(desk, [video('lec-01'), video('lec-02')], { published: false });
    const title = (await desk.deskVideo('lec-02')).title;
    assert.equal((await desk.patch('/api/desk/videos/lec-02', { window: { opens_at: null, closes_at: '2021-11-30' } })).status, 200);
    const refused = await apply(desk, changes);
    assert.equal(refused.status, 409);
    assert.ok(refused.body.error.message.includes(`「${title}」`), refused.body.error.message);
    assert.equal((await desk.deskVideo('lec-01')).published, true, 'all or nothing');
    await desk.remove('/api/desk/videos/lec-02');
    assert.equal((await apply(desk, changes)).status, 409);
    assert.equal((await desk.deskVideo('lec-01')).published, true);
});

test('unpublishing many acts on the next request, and so does a series’ window on what inherits it', async (t) => {
    const { site, desk } = await demoDesk(t);
    const visitor = site.visitor();
    const free = await desk.post('/api/desk/videos', { title: '概要', series: 'lectures', audience: 'everybody', published: true, reason });
    const page = `/api/videos/${free.body.id}`;
    assert.equal((await visitor.get(page)).status, 200);
    const [hidden] = await looked(desk, [video(free.body.id)], { published: false });
    assert.deepEqual([hidden.now, hidden.then], [{ window: null, published: true }, { window: null, published: false }]);
    assert.equal((await apply(desk, [hidden])).status, 200);
    assert.equal((await visitor.get(page)).status, 404);
    assert.equal((await apply(desk, await looked(desk, [video(free.body.id)], { published: true }))).status, 200);

    const [whole] = await looked(desk, [series('lectures')], { window: { opens: null, closes: { day: '2021-10-22' } } });
    assert.deepEqual(kinds(whole), ['never_open', 'inherited']);
    assert.equal(whole.warnings[1].count, (await desk.get('/api/desk/windows')).body.items.filter((item) => item.series === 'lectures' && item.now.window === null).length);
    assert.equal((await apply(desk, [whole])).status, 200);
    assert.equal((await visitor.get(page)).status, 410);
    // With its own window it no longer follows.
    const [own] = await looked(desk, [video(free.body.id)], { window: { closes: null } });
    assert.ok(kinds(own).includes('leaves_series') && kinds(own).includes('no_recording'));
    assert.equal((await apply(desk, [own])).status, 200);
    assert.equal((await visitor.get(page)).status, 200);
    const [back] = await looked(desk, [video(free.body.id)], { window: null });
    assert.deepEqual(back.effective_then, whole.then.window);
    assert.equal((await looked(desk, [series('lectures')], { window: null }))[0].then, null);
});

test('a video and its material change together: the warning is about both as they would be', async (t) => {
    const { desk } = await demoDesk(t);
    const shorter = { window: { closes: { day: '2021-11-30' } } };
    const [alone] = await looked(desk, [video('lec-01')], shorter);
    assert.ok(kinds(alone).includes('materials_beyond'));
    const [together] = await looked(desk, [video('lec-01'), material('mat-lec-01')], { window: { opens: { day: '2021-06-29' }, closes: { day: '2021-11-30' } } });
    assert.ok(!kinds(together).includes('materials_beyond'));
});

test('a text is read into ends, and a wrong weekday is refused with the right one', async (t) => {
    const { desk } = await demoDesk(t);
    const read = (text) => desk.post('/api/desk/windows/read', { text });
    assert.deepEqual((await read('６月２９日（火）〜１２月２８日（火）17時')).body, {
        opens: { day: '2021-06-29', time: null }, closes: { day: '2021-12-28', time: '17:00' }, day: null,
    });
    assert.deepEqual((await read('令和3年6月29日')).body, { opens: null, closes: null, day: { day: '2021-06-29', time: null } });
    const wrong = await read('6月29日(木)〜12月28日(木)');
    assert.equal(wrong.status, 400);
    assert.match(wrong.body.error.message, /2021年6月29日は火曜日です/);
});

test('what makes no sense is refused in a sentence, and only the secretariat may ask', async (t) => {
    const { site, desk } = await demoDesk(t);
    const items = [video('lec-01')];
    const change = { published: false };
    for (const body of [
        {}, { items }, { items: [], change }, { items: [{ kind: 'notice', id: 'x' }], change }, { items: [7], change }, { items: [...items, ...items], change },
        { items, change: {} }, { items, change: { window: {} } }, { items, change: { window: 5 } }, { items, change: { window: { closes: 'soon' } } },
        { items, change: { window: { closes: { day: '2021-02-30' } } } }, { items, change: { window: { closes: { day: '2021-02-01', time: '25:00' } } } },
        { items, change: { window: { closes: { session_days: 1e9 } } } }, { items, change: { window: { closes: { session_days: 1.5 } } } },
        { items: Array.from({ length: 1001 }, (_, n) => video(`v${n}`)), change },
    ]) {
        const reply = await desk.post('/api/desk/windows/preview', body);
        assert.equal(reply.status, 400, JSON.stringify(body).slice(0, 200));
        assert.match(reply.body.error.message, /。$/);
    }
    assert.equal((await desk.post('/api/desk/windows/preview', { items: [video('none')], change })).status, 404);
    const [one] = await looked(desk, items, change);
    for (const then of [null, {}, { window: null }, { window: { opens_at: 'x' }, published: true }, { window: { opens_at: '2021-02-01T00:00:00Z', closes_at: '2021-01-01T00:00:00Z' }, published: true }])
        assert.equal((await apply(desk, [{ ...one, then }])).status, 400, JSON.stringify(then));
    assert.equal((await desk.deskVideo('lec-01')).published, true);
    const asks = [['GET', ''], ['POST', ''], ['POST', '/preview'], ['POST', '/read']];
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    const viewer = await site.signedIn('chiyoda', 'viewer password');
    for (const [method, place] of asks) {
        const more = method === 'POST' ? { body: '{}', headers: { 'Content-Type': 'application/json' } } : {};
        assert.equal((await site.visitor().ask(method, `/api/desk/windows${place}`, more)).status, 401, place);
        assert.equal((await viewer.ask(method, `/api/desk/windows${place}`, more)).status, 403, place);
    }
    assert.equal((await desk.ask('POST', '/api/desk/windows', { body: '{}', headers: { 'Content-Type': 'application/json', Origin: 'https://example.org' } })).status, 403);
});

test('a video without a series of its own takes its session’s window', async (t) => {
    const { desk } = await demoDesk(t);
    await apply(desk, await looked(desk, [series('mitigation')], { window: { closes: { day: '2022-03-30' } } }));
    assert.equal((await desk.patch('/api/desk/videos/lec-01', { series: null, session: 'mitigation-2021-1', window: null })).status, 200);
    assert.equal((await desk.deskVideo('lec-01')).effective_window.closes_at, '2022-03-30T15:00:00Z');
});

test('a window that counts from its session follows when that moves, after a look, and not when it was set otherwise since', async (t) => {
    const { site, desk } = await demoDesk(t);
    const session = '/api/desk/sessions/adaptation-2021-2';
    const handout = async (title) => (await desk.post('/api/desk/materials', { session: 'adaptation-2021-2', title })).body.id;
    const [first, second, third] = [await handout('次第'), await handout('名簿'), await handout('報告')];
    const set = async (ids, window) => {
        const items = (await looked(desk, ids.map(material), { window })).map(({ kind, id, now, then }) => ({ kind, id, now, then, how: window }));
        const reply = await desk.post('/api/desk/windows', { items });
        assert.equal(reply.status, 200, JSON.stringify(reply.body));
        return reply.body.changed;
    };
    const moved = async (query = '?session=adaptation-2021-2') => (await desk.get(`/api/desk/windows/moved${query}`)).body.changes;
    const moveTo = async (day) => {
        const { version, when } = (await desk.get(session)).body;
        const times = day ? {} : { reception: null, start: null, end: null };
        const reply = await desk.patch(session, { version, when: { ...when, ...times, first_day: day } });
        assert.equal(reply.status, 200, JSON.stringify(reply.body));
    };
    const closes = async (id) => (await desk.get(`/api/desk/materials/${id}`)).body.window.closes_at;

    assert.equal((await desk.get(session)).body.when.first_day, '2021-10-27');
    assert.equal(await set([first, second], { opens: { day: '2021-10-20' }, closes: { session_days: 14 } }), 2);
    assert.equal(await set([third], { closes: { session_days: -1, time: '17:00' } }), 1);
    assert.deepEqual(await moved(), [], 'nothing has moved');
    await moveTo('2021-11-10');
    const changes = await moved();
    assert.deepEqual(changes.map(({ id }) => id).sort(), [first, second, third].sort());
    const of = (id) => changes.find((each) => each.id === id);
    assert.deepEqual(of(first).how, { closes: { session_days: 14, time: null } });
    assert.deepEqual(of(third).how, { closes: { session_days: -1, time: '17:00' } });
    assert.deepEqual(of(first).then.window, { opens_at: '2021-10-19T15:00:00Z', closes_at: '2021-11-24T15:00:00Z' });
    assert.equal(of(third).then.window.closes_at, '2021-11-09T08:00:00Z');
    assert.deepEqual(await moved(''), changes, 'among all they are the same');
    assert.deepEqual(await moved('?session=mitigation-2021-1'), []);
    assert.equal(await closes(first), '2021-11-10T15:00:00Z', 'a look changes nothing');

    // Set by hand meanwhile, it counts from nothing any more.
    await desk.patch(`/api/desk/materials/${second}`, { window: { opens_at: null, closes_at: '2021-12-28' } });
    assert.ok((await moved()).every(({ id }) => id !== second));
    // Publishing is nothing of its window.
    await desk.patch(`/api/desk/materials/${third}`, { published: false });
    await desk.patch(`/api/desk/materials/${third}`, { published: true });
    // An end that is kept goes on counting.
    assert.equal(await set([first], { opens: null }), 1);
    const left = await moved();
    assert.deepEqual(left.map(({ id }) => id).sort(), [first, third].sort());
    const follow = left.map(({ kind, id, now, then, how }) => ({ kind, id, now, then, how }));
    assert.deepEqual((await desk.post('/api/desk/windows', { items: follow })).body, { changed: 2 });
    assert.deepEqual([await closes(first), await closes(second), await closes(third)], ['2021-11-24T15:00:00Z', '2021-12-28T15:00:00Z', '2021-11-09T08:00:00Z']);
    assert.deepEqual(await moved(), []);

    // It goes on counting, also from the same window; where the day is not known any more, that is told and nothing can be made.
    await moveTo('2021-11-17');
    assert.deepEqual((await moved()).map(({ id }) => id).sort(), [first, third].sort());
    const stale = (await moved()).map(({ kind, id, now, then, how }) => ({ kind, id, now, then, how }));
    await moveTo('2021-11-18');
    const refused = await desk.post('/api/desk/windows', { items: stale });
    assert.equal(refused.status, 409);
    assert.match(refused.body.error.message, /会合の日が/);
    await moveTo(null);
    assert.ok((await moved()).every(({ then, problem }) => then === null && /会合の日が決まっていない/.test(problem)));
    await moveTo('2021-11-10');
    assert.deepEqual(await moved(), []);
    assert.equal(await set([second], { closes: { day: '2021-11-24' } }), 1);
    assert.equal(await set([second], { closes: { session_days: 14 } }), 1, 'the same window, which counts from now on');
    await moveTo('2021-11-11');
    assert.equal((await moved()).length, 3);
    assert.equal(await site.broken(), '');
});
