// The secretariat's work on videos.
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

test('a video is drafted, set, published, and forgotten', async (t) => {
    const { desk } = await demoDesk(t);
    const created = await desk.post('/api/desk/videos', { title: '記録', series: 'lectures' });
    assert.equal(created.status, 201);
    const { id } = created.body;
    assert.equal(created.body.state, 'draft');
    assert.equal(created.body.effective_audience, 'staff');
    const changed = await desk.patch(`/api/desk/videos/${id}`, {
        title: '記録 <第1回>', speaker: '講師', description: '"説明"', audience: 'everybody', published: true, reason: '録画は後日届く',
        window: { opens_at: '2021-11-01', closes_at: '2021-11-30T17:00:00+09:00' },
    });
    assert.equal(changed.status, 200);
    assert.deepEqual(changed.body.window, { opens_at: '2021-10-31T15:00:00Z', closes_at: '2021-11-30T08:00:00Z' });
    assert.equal(changed.body.state, 'upcoming');
    assert.deepEqual((await desk.get(`/api/desk/videos/${id}`)).body, changed.body);
    const back = (await desk.patch(`/api/desk/videos/${id}`, { window: null, audience: null })).body;
    assert.deepEqual([back.window, back.audience, back.effective_audience], [null, null, 'staff']);
    assert.equal((await desk.remove(`/api/desk/videos/${id}`)).status, 204);
    assert.equal((await desk.get(`/api/desk/videos/${id}`)).status, 404);
    assert.equal((await desk.remove(`/api/desk/videos/${id}`)).status, 404);
});

test('a change that makes no sense is refused in a sentence, and changes nothing', async (t) => {
    const { desk } = await demoDesk(t);
    const before = await desk.deskVideo('lec-01');
    for (const fields of [
        { title: '' }, { title: 7 }, { colour: 'red' }, { audience: 'friends' }, { published: 'yes' }, { series: 'nothing' }, { session: 5 },
        { window: [] }, { window: { opens_at: '2021-02-30' } }, { window: { opens_at: '2021-12-01', closes_at: '2021-11-30' } },
        { title: 'good', window: { closes_at: 'tomorrow' } },
    ]) {
        const reply = await desk.patch('/api/desk/videos/lec-01', fields);
        assert.equal(reply.status, 400, JSON.stringify(fields));
        assert.match(reply.body.error.message, /[。]$/);
    }
    assert.equal((await desk.ask('PATCH', '/api/desk/videos/lec-01', { body: '[]', headers: { 'Content-Type': 'application/json' } })).status, 400);
    assert.deepEqual(await desk.deskVideo('lec-01'), before);
    assert.equal((await desk.post('/api/desk/videos', {})).status, 400);
    assert.equal((await desk.post('/api/desk/videos/lec-01/retry')).status, 409);
    assert.equal((await desk.post('/api/desk/videos/lec-01/preview')).status, 409);
});

test('a recording goes with the last video that uses it', async (t) => {
    const { site, desk } = await demoDesk(t);
    const file = path.join(await folderFor(t), 'a.mp4');
    await writeFile(file, 'not a recording');
    const video = await desk.upload(file, 15);
    const { recording } = await desk.deskVideo(video);
    assert.equal((await desk.get('/api/desk/videos')).body.videos[0].id, video, 'the newest upload comes first');
    assert.deepEqual(await readdir(path.join(site.data, 'media')), [recording.id]);
    assert.equal((await desk.remove(`/api/desk/videos/${video}`)).status, 204);
    assert.deepEqual(await readdir(path.join(site.data, 'media')), []);
    assert.equal(await site.broken(), '');
});

test('a material takes a file, and gives it to whom it is for while its window is open', async (t) => {
    const { site, desk } = await demoDesk(t);
    const file = path.join(await folderFor(t), '資料.pdf');
    await writeFile(file, '%PDF-1.4 handout');
    await desk.upload(file, 16, '資料.pdf', { material: 'mat-kick-1' });
    const refused = await site.visitor().get('/materials/mat-kick-1');
    assert.equal(refused.status, 410);
    await site.stop();
    await site.start({ clock: '2021-06-26T09:00:00+09:00' });
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    const viewer = await site.signedIn('chiyoda', 'viewer password');
    const given = await viewer.get('/materials/mat-kick-1');
    assert.equal(given.status, 200, JSON.stringify(given.body));
    assert.equal(given.body.toString(), '%PDF-1.4 handout');
    assert.equal(given.headers.get('content-type'), 'application/pdf');
    assert.match(given.headers.get('content-disposition'), /^attachment; .*filename\*=UTF-8''%E8%B3%87%E6%96%99\.pdf$/);
});
