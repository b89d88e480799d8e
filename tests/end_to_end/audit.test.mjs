// Who did what, before and after; and taking publishing back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoCatalog, Site } from './site.mjs';

async function demoDesk(t) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    return { site, desk: await site.signedIn() };
}

const log = async (desk, query = '') => (await desk.get(`/api/desk/audit${query}`)).body;

test('what was done is told with who, what and what changed, and can be narrowed', async (t) => {
    const { desk } = await demoDesk(t);
    const before = await desk.deskVideo('lec-01');
    await desk.patch('/api/desk/videos/lec-01', { title: '新しい題名' });
    const { entries, more, accounts } = await log(desk);
    assert.equal(more, false);
    assert.equal(entries[0].action, 'video.update');
    assert.equal(entries[0].title, '新しい題名');
    assert.equal(entries[0].link, '/desk/videos/lec-01');
    assert.equal(entries[0].undo, null, 'a title is no publishing');
    assert.deepEqual(entries[0].changes.find(({ field }) => field === 'title'), { field: 'title', before: before.title, after: '新しい題名' });
    assert.deepEqual(accounts.map(({ name }) => name).sort(), ['jimukyoku', null].sort());
    assert.deepEqual((await log(desk, '?who=-')).entries.map(({ action }) => action), ['catalog.import', 'account.add']);
    assert.deepEqual((await log(desk, '?what=commands')).entries.map(({ action }) => action), ['catalog.import']);
    assert.equal((await log(desk, '?what=publishing')).entries.length, 0);
    assert.equal((await log(desk, '?from=2021-10-26')).entries.length, 0);
    assert.equal((await log(desk, '?from=2021-10-25&until=2021-10-25')).entries.length, entries.length);
    for (const wrong of ['?what=nothing', '?from=yesterday'])
        assert.equal((await desk.get(`/api/desk/audit${wrong}`)).status, 400);
    for (let each = 0; each < 60; each += 1) await desk.patch('/api/desk/videos/lec-01', { title: `題名${each}` });
    const first = await log(desk);
    assert.deepEqual([first.entries.length, first.more], [50, true]);
    const second = await log(desk, `?before=${first.entries.at(-1).number}`);
    assert.deepEqual([second.entries.length, second.more], [60 + entries.length - 50, false]);
});

test('publishing is undone where nothing has changed since, at once and in the log', async (t) => {
    const { site, desk } = await demoDesk(t);
    const before = await desk.deskVideo('lec-01');
    assert.equal(before.published, true);
    await desk.patch('/api/desk/videos/lec-01', { published: false, title: '残る題名' });
    assert.equal((await site.visitor().get('/api/videos/lec-01')).status, 404);
    const [entry] = (await log(desk)).entries;
    assert.equal(entry.undo, 'possible');
    assert.equal((await desk.post(`/api/desk/audit/${entry.number}/undo`)).status, 204);
    assert.notEqual((await site.visitor().get('/api/videos/lec-01')).status, 404);
    const after = await desk.deskVideo('lec-01');
    assert.equal(after.published, true);
    assert.equal(after.title, '残る題名', 'only publishing is put back');
    const [undone, undoneEntry] = (await log(desk)).entries;
    assert.equal(undone.action, 'video.undo');
    assert.equal(undone.undoes, entry.number);
    assert.deepEqual(undone.changes, [{ field: 'published', before: false, after: true }]);
    assert.equal(undoneEntry.undo, 'changed_since');
    const again = await desk.post(`/api/desk/audit/${entry.number}/undo`);
    assert.equal(again.status, 409);
    assert.match(again.body.error.message, /もう一度変えられています/);
    // The undoing is a change like others.
    assert.equal((await desk.post(`/api/desk/audit/${undone.number}/undo`)).status, 204);
    assert.equal((await desk.deskVideo('lec-01')).published, false);
});

test('a window is put back to the second, or to that of the series', async (t) => {
    const { desk } = await demoDesk(t);
    await desk.patch('/api/desk/videos/lec-01', { window: { opens_at: '2021-11-01', closes_at: '2021-11-30T17:00:00+09:00' } });
    const once = (await desk.deskVideo('lec-01')).window;
    await desk.patch('/api/desk/videos/lec-01', { window: null });
    const [toSeries, toOwn] = (await log(desk)).entries;
    assert.equal(toOwn.undo, 'changed_since');
    assert.equal((await desk.post(`/api/desk/audit/${toSeries.number}/undo`)).status, 204);
    assert.deepEqual((await desk.deskVideo('lec-01')).window, once);
    const kept = (await log(desk)).entries.find(({ number }) => number === toOwn.number);
    assert.equal(kept.undo, 'possible', 'it is as that change left it again');
    assert.equal((await desk.post(`/api/desk/audit/${toOwn.number}/undo`)).status, 204);
    assert.equal((await desk.post('/api/desk/audit/999999/undo')).status, 404);
    assert.equal((await desk.post('/api/desk/audit/first/undo')).status, 404);
});

test('what is gone keeps its name in the log, and is not undone', async (t) => {
    const { desk } = await demoDesk(t);
    const { id } = (await desk.post('/api/desk/videos', { title: '消える動画' })).body;
    await desk.patch(`/api/desk/videos/${id}`, { published: true, reason: '録画は後日届く' });
    await desk.remove(`/api/desk/videos/${id}`);
    const { entries } = await log(desk);
    const [removed] = entries;
    const published = entries.find(({ action }) => action === 'video.update');
    assert.deepEqual([removed.title, removed.link], ['消える動画', null]);
    assert.equal(published.undo, 'changed_since');
    assert.equal((await desk.post(`/api/desk/audit/${published.number}/undo`)).status, 409);
});
