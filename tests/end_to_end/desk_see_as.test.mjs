// Looking as somebody else at any instant: what it says is what that somebody is really answered at that instant.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { demoCatalog, folderFor, Site } from './site.mjs';

const now = '2021-10-25T09:00:00+09:00';
/** Two minutes before an edge leave a running clock time enough. */
const instants = [now, '2021-06-28T23:58:00+09:00', '2021-06-29T00:00:00+09:00', '2021-12-28T23:58:00+09:00', '2021-12-29T00:00:00+09:00'];
const registered = { viewer: 'staff', municipality: '131016', department: '環境課' };
const unregistered = { viewer: 'staff', municipality: '132012' };
const viewers = [
    { asked: { viewer: 'anonymous' }, account: null },
    { asked: registered, account: 'chiyoda' },
    { asked: unregistered, account: 'hachioji' },
    { asked: { viewer: 'adviser' }, account: 'senmonka' },
];

async function demoDesk(t) {
    const site = await Site.start(t, { clock: now, settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    const place = ['--municipality', '131016', '--department', '環境課'];
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', ...place], 'password of chiyoda\n');
    await site.mustRun(['registration', 'add', ...place, '--series', 'adaptation']);
    await site.mustRun(['account', 'add', 'hachioji', '--role', 'viewer', '--municipality', '132012', '--department', '総務課'], 'password of hachioji\n');
    await site.mustRun(['account', 'add', 'senmonka', '--role', 'adviser'], 'password of senmonka\n');
    return { site, desk: await site.signedIn() };
}

const seeAs = (desk, asked, at) => desk.get(`/api/desk/see-as?${new URLSearchParams({ ...asked, ...(at && { at }) })}`);
const itemOf = ({ items }, id) => items.find((item) => item.id === id);

/** How a thing really answers: null, or the refusal's kind. */
async function answered(visitor, { kind, id }) {
    const reply = await visitor.get(kind === 'video' ? `/api/videos/${id}` : `/materials/${id}`);
    return reply.status === 200 ? null : reply.body.error.kind;
}

test('what it says of everybody at every edge of the windows is what they are answered then', async (t) => {
    const { site, desk } = await demoDesk(t);
    const file = path.join(await folderFor(t), 'handout.pdf');
    await writeFile(file, '%PDF-1.4 handout');
    const { items } = (await seeAs(desk, { viewer: 'anonymous' })).body;
    for (const { kind, id } of items) if (kind === 'material') await desk.upload(file, 16, '資料.pdf', { material: id });
    await desk.patch('/api/desk/videos/lec-06', { published: false });
    await desk.patch('/api/desk/videos/lec-05', { audience: 'everybody' });

    const said = [];
    for (const at of instants)
        for (const { asked, account } of viewers) {
            const { status, body } = await seeAs(desk, asked, at);
            assert.equal(status, 200);
            said.push({ at, account, items: body.items });
        }
    const kinds = new Set();
    for (const at of instants) {
        await site.stop();
        await site.start({ clock: at });
        for (const { account, items: told } of said.filter((each) => each.at === at)) {
            const visitor = account ? await site.signedIn(account, `password of ${account}`) : site.visitor();
            for (const item of told) {
                assert.equal(await answered(visitor, item), item.refusal?.kind ?? null, `${item.id} for ${account} at ${at}`);
                kinds.add(item.refusal?.kind ?? 'seen');
            }
        }
    }
    assert.deepEqual([...kinds].sort(), ['closed', 'not_found', 'not_registered', 'not_yet_open', 'seen', 'sign_in_required']);
});

test('it says which rule decided, and whose setting that is', async (t) => {
    const { desk } = await demoDesk(t);
    const eve = '2021-12-28T23:59:00+09:00';
    const { body } = await seeAs(desk, unregistered, eve);
    assert.deepEqual(body.viewer, { kind: 'staff', municipality: '132012', department: '', registered: [] });
    assert.equal(body.at, '2021-12-28T14:59:00Z');
    const lecture = itemOf(body, 'lec-01');
    assert.deepEqual([lecture.refusal, lecture.window_set_by, lecture.audience, lecture.audience_set_by], [null, 'itself', 'staff', 'itself']);
    const record = itemOf(body, 'rec-adaptation-1');
    assert.deepEqual(record.refusal, { kind: 'not_registered', at: null });
    assert.deepEqual(record.series, { id: 'adaptation', title: '適応策分科会' });
    assert.deepEqual((await seeAs(desk, registered, eve)).body.viewer.registered, [{ id: 'adaptation', title: '適応策分科会' }]);
    assert.equal(itemOf((await seeAs(desk, registered, eve)).body, 'rec-adaptation-1').refusal, null);
    assert.deepEqual(itemOf((await seeAs(desk, unregistered, '2021-12-29T00:00:00+09:00')).body, 'lec-01').refusal, {
        kind: 'closed', at: '2021-12-28T15:00:00Z',
    });
    await desk.patch('/api/desk/videos/lec-01', { window: null, audience: null });
    const inherited = itemOf((await seeAs(desk, unregistered, eve)).body, 'lec-01');
    assert.deepEqual([inherited.window_set_by, inherited.audience_set_by, inherited.lacks], ['series', 'series', 'recording']);
    await desk.patch('/api/desk/videos/lec-01', { series: null });
    const stray = itemOf((await seeAs(desk, unregistered, eve)).body, 'lec-01');
    assert.deepEqual([stray.window_set_by, stray.audience_set_by, stray.refusal.kind], ['nobody', 'nobody', 'not_registered']);
    // Its handout's own audience lets them have it, but the page on which it is listed does not open.
    const handout = itemOf((await seeAs(desk, unregistered, eve)).body, 'mat-lec-01');
    assert.deepEqual(handout.page, { id: 'lec-01', title: '脱炭素社会に向けた市区町村の役割', seen: false });
    const { municipalities } = body;
    assert.equal(municipalities.length, 62);
    assert.deepEqual(municipalities.find(({ code }) => code === '131016').departments, ['環境課']);
});

test('who cannot be, an instant that is none, and anybody but the secretariat are refused', async (t) => {
    const { site, desk } = await demoDesk(t);
    for (const [asked, at] of [[{ viewer: 'secretariat' }], [{ viewer: 'staff' }], [{ viewer: 'staff', municipality: '999999' }], [{ viewer: 'anonymous' }, '2021-02-30T00:00:00Z']]) {
        const reply = await seeAs(desk, asked, at);
        assert.equal(reply.status, 400, JSON.stringify(asked));
        assert.match(reply.body.error.message, /。$/);
    }
    await site.mustRun(['account', 'add', 'shusai', '--role', 'organiser'], 'password of shusai\n');
    for (const name of ['chiyoda', 'senmonka', 'shusai']) {
        const other = await site.signedIn(name, `password of ${name}`);
        assert.equal((await seeAs(other, { viewer: 'anonymous' })).status, 403, name);
        assert.equal((await other.get('/desk/see-as', { Accept: 'text/html' })).status, 403, name);
    }
    assert.equal((await seeAs(site.visitor(), { viewer: 'anonymous' })).status, 401);
});

/** The words of a page's own part. */
const wordsOf = (page) => page.body.toString().replace(/^[^]*<main/, '<main').replace(/<\/main>[^]*$/, '').replace(/<script[^]*?<\/script>/g, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
const pageAs = (desk, asked, at, page) => desk.get(`/desk/see-as/page?${new URLSearchParams({ ...asked, at, page })}`, { Accept: 'text/html' });

test('the pages that it shows are those that they get then, to the word', async (t) => {
    const { site, desk } = await demoDesk(t);
    const asked = [{ viewer: 'anonymous' }, { viewer: 'adviser' }];
    const pages = ['/', '/videos/lec-01', '/videos/lec-03', '/sessions/adaptation-2021-1', '/years/2021', '/videos/none'];
    const shown = [];
    for (const at of ['2021-10-25T09:00:00+09:00', '2021-12-29T00:00:00+09:00'])
        for (const who of asked) for (const page of pages) shown.push({ at, who, page, reply: await pageAs(desk, who, at, page) });
    assert.ok(shown.every(({ reply }) => reply.status === 200));
    for (const at of new Set(shown.map((each) => each.at))) {
        await site.stop();
        await site.start({ clock: at });
        const adviser = await site.signedIn('senmonka', 'password of senmonka');
        for (const { who, page, reply } of shown.filter((each) => each.at === at)) {
            const visitor = who.viewer === 'adviser' ? adviser : site.visitor();
            const really = await visitor.get(page, { Accept: 'text/html' });
            assert.equal(wordsOf(reply), wordsOf(really), `${who.viewer} ${at} ${page}`);
        }
    }
});

test('a page that is shown as somebody’s leads to others like it, and does nothing of its own', async (t) => {
    const { desk, site } = await demoDesk(t);
    const reply = await pageAs(desk, unregistered, '2021-12-28T23:59:00+09:00', '/');
    const page = reply.body.toString();
    assert.match(page, /八王子市 参加登録をしていない部署として、12月28日\(火\)23:59の表示/);
    assert.match(page, /<form inert/);
    assert.doesNotMatch(page, /<form(?! inert)/);
    assert.doesNotMatch(page, /\/assets\/site-[^"]*\.js/, 'the script that signs in, sends and reloads');
    const links = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href.replaceAll('&amp;', '&'));
    assert.ok(links.length > 10);
    for (const link of links) assert.match(link, /^(#|\/desk\/see-as[?/])/, link);
    for (const link of new Set(links.filter((each) => each.startsWith('/desk/see-as/page'))))
        assert.equal((await desk.get(link, { Accept: 'text/html' })).status, 200, link);
    assert.match((await pageAs(desk, unregistered, '2021-12-28T23:59:00+09:00', '/desk')).body.toString(), /見つかりません/, 'no page of the desk');

    // What is played on it is the secretariat's preview, and nothing is told of it.
    const free = (await desk.post('/api/desk/videos', { title: '概要', series: 'lectures', published: true, reason: '録画は後日届く' })).body.id;
    const watching = (await pageAs(desk, unregistered, now, `/videos/${free}`)).body.toString();
    assert.match(watching, /概要/);
    for (const address of [`/api/videos/${free}/watched`, `/api/videos/${free}/place`, `/api/videos/${free}/headcount`, `/api/videos/${free}/play`])
        assert.ok(!watching.includes(address), address);

    for (const visitor of [site.visitor(), await site.signedIn('chiyoda', 'password of chiyoda')])
        assert.notEqual((await pageAs(visitor, { viewer: 'anonymous' }, now, '/')).status, 200);
    assert.equal((await pageAs(desk, { viewer: 'staff' }, now, '/')).status, 400);
});
