// Sessions, their materials, notices drafted from what happened, and questions routed to advisers.
import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { demoCatalog, folderFor, Site } from './site.mjs';

async function demoDesk(t) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    return { site, desk: await site.signedIn() };
}

const item = (title, more = {}) => ({ id: '', kind: 'lecture', kind_label: '講演', title, speaker: '', note: '', sub_items: [], ...more });

test('a session is made, filled in, reordered and removed', async (t) => {
    const { site, desk } = await demoDesk(t);
    const made = await desk.post('/api/desk/sessions', { title: '第4回分科会' });
    assert.equal(made.status, 201);
    const { id, version } = made.body;
    assert.equal(made.body.status, 'tentative');
    const fields = {
        series: 'mitigation', kind: 'subcommittee', number: 4, description: '説明', status: 'scheduled',
        when: { first_day: '2022-01-20', last_day: null, reception: '13:00', start: '13:30', end: '16:30', label: '' },
        venue: '墨田区内', venue_address: '墨田区', participation: ['venue', 'zoom'],
        items: [item('講評', { sub_items: ['a', 'b'] }), item('講演')],
    };
    const filled = await desk.patch(`/api/desk/sessions/${id}`, { ...fields, version });
    assert.equal(filled.status, 200);
    const { items, ...rest } = filled.body;
    for (const [name, value] of Object.entries(fields)) if (name !== 'items') assert.deepEqual(rest[name], value, name);
    assert.ok(items.every((each) => each.id !== ''));
    const page = (await site.visitor().get(`/sessions/${id}`)).body.toString();
    assert.match(page, /1月20日\(木\) 13:30〜16:30/);
    const turned = await desk.patch(`/api/desk/sessions/${id}`, { version: rest.version, items: items.toReversed() });
    assert.deepEqual(turned.body.items.map(({ title }) => title), ['講演', '講評']);
    assert.deepEqual(turned.body.items.map((each) => each.id), items.toReversed().map((each) => each.id), 'an item keeps its id');
    const late = await desk.patch(`/api/desk/sessions/${id}`, { version: rest.version, title: '遅い変更' });
    assert.equal(late.status, 409);
    assert.match(late.body.error.message, /ほかの人/);
    assert.equal((await desk.remove(`/api/desk/sessions/${id}`)).status, 204);
    assert.equal((await site.visitor().get(`/sessions/${id}`)).status, 404);
    assert.equal((await desk.remove('/api/desk/sessions/meeting-2021-kickoff')).status, 409, 'it has a record');
    assert.equal(await site.broken(), '');
});

test('a session is cancelled with what takes its place, and what makes no sense is refused', async (t) => {
    const { site, desk } = await demoDesk(t);
    const address = '/api/desk/sessions/adaptation-2021-2';
    const { version, title } = (await desk.get(address)).body;
    for (const fields of [
        { title: '' }, { status: 'postponed' }, { series: 'nothing' }, { number: 0 }, { colour: 'red' }, { participation: ['fax'] },
        { when: { first_day: '2021-02-30' } }, { when: { start: '13:30' } }, { when: { first_day: '2021-11-02', last_day: '2021-11-01' } },
        { when: { first_day: '2021-11-02', start: '13:30', end: '12:00' } }, { items: [{ title: '' }] }, { items: 'all' },
        { replaced_by: ['adaptation-2021-2'] }, { replaced_by: ['nothing'] },
    ]) {
        const reply = await desk.patch(address, { ...fields, version });
        assert.equal(reply.status, 400, JSON.stringify(fields));
        assert.match(reply.body.error.message, /。$/);
    }
    assert.equal((await desk.patch(address, { status: 'held' })).status, 409, 'nobody saw what it was');
    const cancelled = await desk.patch(address, { version, status: 'cancelled', cancel_reason: '台風', replaced_by: ['mitigation-2021-2'] });
    assert.equal(cancelled.status, 200);
    assert.match((await site.visitor().get('/sessions/adaptation-2021-2')).body.toString(), /台風/);
    const { happened } = (await desk.get('/api/desk/notices')).body;
    assert.deepEqual(happened.map(({ kind, titles }) => [kind, titles]), [['cancelled', [title]]]);
    assert.equal(happened[0].session.cancel_reason, '台風');
    assert.equal(happened[0].replacements.length, 1);
});

test('a material is replaced, its versions stay, and one is put back', async (t) => {
    const { site, desk } = await demoDesk(t);
    const folder = await folderFor(t);
    const made = await desk.post('/api/desk/materials', { session: 'adaptation-2021-2', title: '次第', window: { closes_at: '2021-12-28' } });
    assert.equal(made.status, 201);
    const { id } = made.body;
    const upload = async (name, text) => {
        await writeFile(path.join(folder, name), text);
        await desk.upload(path.join(folder, name), text.length, name, { material: id });
    };
    await upload('次第.pdf', '%PDF-1.4 first');
    await upload('次第2.pdf', '%PDF-1.4 second');
    const material = (await desk.get(`/api/desk/materials/${id}`)).body;
    assert.equal(material.file_name, '次第2.pdf');
    assert.deepEqual(material.versions.map(({ number, file_name }) => [number, file_name]), [[1, '次第.pdf']]);
    assert.equal((await desk.get(`/api/desk/materials/${id}/versions/1`)).body.toString(), '%PDF-1.4 first');
    assert.ok((await desk.get('/api/desk/materials?session=adaptation-2021-2')).body.materials.some((each) => each.id === id));
    assert.equal(await site.broken(), '');
    const back = await desk.post(`/api/desk/materials/${id}/versions/1`);
    assert.deepEqual([back.body.file_name, back.body.versions.map(({ file_name }) => file_name)], ['次第.pdf', ['次第2.pdf']]);
    assert.equal((await desk.post(`/api/desk/materials/${id}/versions/1`)).status, 404);
    assert.equal((await desk.get(`/api/desk/materials/${id}/versions/x`)).status, 404);
    const { happened } = (await desk.get('/api/desk/notices')).body;
    assert.deepEqual(happened.map(({ kind, titles, links }) => [kind, titles, links[0].path]), [['materials_replaced', ['次第'], `/materials/${id}`]]);

    const hidden = await desk.patch(`/api/desk/materials/${id}`, { published: false });
    assert.equal(hidden.body.published, false);
    assert.deepEqual((await desk.get('/api/desk/notices')).body.happened, [], 'nobody is told of what nobody can have');
    const [entry] = (await desk.get('/api/desk/audit?what=publishing')).body.entries;
    assert.equal((await desk.post(`/api/desk/audit/${entry.number}/undo`)).status, 204);
    assert.equal((await desk.get(`/api/desk/materials/${id}`)).body.published, true);
    for (const fields of [{ title: '' }, { published: 1 }, { file: 'x' }, { window: { opens_at: '2021-12-01', closes_at: '2021-11-01' } }])
        assert.equal((await desk.patch(`/api/desk/materials/${id}`, fields)).status, 400, JSON.stringify(fields));
    for (const fields of [{ title: 'a' }, { session: 'nothing', title: 'a' }, { session: 'adaptation-2021-2', video: 'lec-01', title: 'a' }, { video: 'lec-01' }])
        assert.equal((await desk.post('/api/desk/materials', fields)).status, 400, JSON.stringify(fields));
    assert.equal((await desk.remove(`/api/desk/materials/${id}`)).status, 204);
    assert.deepEqual(await readdir(path.join(site.data, 'materials')), [], 'its files go with it');
    assert.equal(await site.broken(), '');
});

test('a notice is written of what happened, edited, and removed; what needs none is left', async (t) => {
    const { site, desk } = await demoDesk(t);
    const list = async () => (await desk.get('/api/desk/notices')).body;
    const count = (await list()).notices.length;
    const address = '/api/desk/sessions/adaptation-2021-2';
    const { version, when } = (await desk.get(address)).body;
    await desk.patch(address, { version, when: { ...when, first_day: '2021-11-10' } });
    const [happening] = (await list()).happened;
    assert.equal(happening.kind, 'date_changed');
    const fields = { date: '2021-10-25', title: '日程の変更', body: '11月10日に変わりました。', links: happening.links.map(({ id }) => id) };
    const made = await desk.post('/api/desk/notices', fields);
    assert.equal(made.status, 201);
    assert.deepEqual((await list()).happened, [], 'it is told now');
    assert.match((await site.visitor().get('/')).body.toString(), /日程の変更/);
    const changed = await desk.patch(`/api/desk/notices/${made.body.id}`, { ...fields, title: '日程変更のお知らせ', version: made.body.version });
    assert.equal(changed.body.title, '日程変更のお知らせ');
    assert.equal((await desk.patch(`/api/desk/notices/${made.body.id}`, { ...fields, version: made.body.version })).status, 409);
    for (const wrong of [{ title: '' }, { date: '10月25日' }, { links: ['nothing'] }, { links: 'all' }])
        assert.equal((await desk.post('/api/desk/notices', { ...fields, ...wrong })).status, 400, JSON.stringify(wrong));
    assert.equal((await desk.remove(`/api/desk/notices/${made.body.id}`)).status, 204);
    assert.equal((await list()).notices.length, count);
    const [again] = (await list()).happened;
    assert.equal((await desk.post('/api/desk/happenings/leave', { numbers: again.numbers })).status, 204);
    assert.deepEqual((await list()).happened, []);
    for (const numbers of [[], ['x'], [999999]]) assert.ok((await desk.post('/api/desk/happenings/leave', { numbers })).status >= 400);
});

test('a question is routed to an adviser, whose private link answers it and nothing else', async (t) => {
    const { site, desk } = await demoDesk(t);
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    const viewer = await site.signedIn('chiyoda', 'viewer password');
    const ask = async (text) => (await viewer.post('/api/questions', { video: '', text })).body.id;
    const [routed, other] = [await ask('予算はどう確保しましたか。'), await ask('補助金はありますか。')];
    for (const wrong of [{ questions: [] }, { adviser: '' }, { days: 0 }, { days: 91 }, { questions: ['nothing'] }])
        assert.ok([400, 404].includes((await desk.post('/api/desk/adviser-links', { adviser: '鈴木', questions: [routed], days: 14, ...wrong })).status), JSON.stringify(wrong));
    const made = await desk.post('/api/desk/adviser-links', { adviser: '鈴木', questions: [routed], days: 14 });
    assert.equal(made.status, 201);
    assert.match(made.body.expires_at, /^2021-11-08T00:0/);
    const link = made.body.path.split('/').at(-1);
    const adviser = site.visitor();
    const page = await adviser.get(made.body.path);
    assert.equal(page.status, 200);
    assert.match(page.body.toString(), /予算はどう確保しましたか。/);
    assert.doesNotMatch(page.body.toString(), /補助金|環境課|千代田/, 'neither other questions nor who asked');
    const answer = (question, text, token = link) => adviser.post('/api/answers', { link: token, question, answer: text });
    assert.equal((await answer(routed, '国の補助金です。')).status, 204);
    assert.equal((await answer(other, '答')).status, 404);
    assert.equal((await answer(routed, ' ')).status, 400);
    assert.equal((await answer(routed, '答', 'made-up')).status, 404);
    const listed = (await desk.get('/api/desk/questions')).body.questions.find(({ id }) => id === routed);
    assert.equal(listed.answer, '', 'the secretariat takes it over');
    assert.deepEqual(listed.routed.map((each) => [each.adviser, each.answer]), [['鈴木', '国の補助金です。']]);
    const [kept] = (await desk.get('/api/desk/adviser-links')).body.links;
    assert.deepEqual([kept.questions, kept.answered, kept.revoked_at], [1, 1, null]);
    assert.doesNotMatch(site.said, new RegExp(link), 'the log holds no link');
    await desk.patch(`/api/desk/questions/${routed}`, { text: listed.text, answer: '国の補助金です。' });
    await desk.post('/api/desk/questions/publish', { ids: [routed] });
    assert.equal((await answer(routed, '別の答')).status, 409);
    assert.equal((await desk.post(`/api/desk/adviser-links/${kept.id}/revoke`)).status, 204);
    assert.equal((await adviser.get(made.body.path)).status, 404);
    assert.equal((await answer(routed, '答')).status, 404);
    const statuses = [];
    for (let each = 0; each < 70; each += 1) statuses.push((await answer(other, '答', `guess-${each}`)).status);
    assert.equal(statuses.at(-1), 429, 'guesses are not looked at for ever');
    assert.ok((await desk.get('/api/desk/audit?what=questions')).body.entries.some(({ action, title }) => action === 'adviser_link.answer' && title === '鈴木'));
});

test('an adviser’s link ends at its time', async (t) => {
    const { site, desk } = await demoDesk(t);
    const { id } = (await desk.post('/api/questions', { video: '', text: '問' })).body;
    const { path: address } = (await desk.post('/api/desk/adviser-links', { adviser: '鈴木', questions: [id], days: 1 })).body;
    await site.stop();
    await site.start({ clock: '2021-10-26T08:59:00+09:00' });
    assert.equal((await site.visitor().get(address)).status, 200);
    await site.stop();
    await site.start({ clock: '2021-10-26T09:00:01+09:00' });
    assert.equal((await site.visitor().get(address)).status, 404);
});
