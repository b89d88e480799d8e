// A recording goes in at the desk, and can be had inside its window to the second, and not a second longer.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { addressesBehind, addressesOfStills, folderFor, makeRecording, Site } from './site.mjs';

const untilDecember = { opens_at: '2021-06-29', closes_at: '2021-12-28' };
const end = Date.parse('2021-12-29T00:00:00+09:00');

/** A site on which one video of some seconds is published for everybody, whole. */
async function siteWithVideo(t, clock) {
    const site = await Site.start(t, { clock });
    await site.addSecretariat();
    const desk = await site.signedIn();
    const file = await makeRecording(path.join(await folderFor(t), '講演.mp4'), 8);
    const video = await desk.upload(file, (await stat(file)).size);
    await desk.transcoded(video);
    const published = await desk.patch(`/api/desk/videos/${video}`, { published: true, reason: 'すぐに見せるため', audience: 'everybody', window: untilDecember });
    assert.equal(published.status, 200, JSON.stringify(published.body));
    return { site, desk, video };
}

const maxAge = (reply) => Number(/max-age=(\d+)/.exec(reply.headers.get('cache-control') ?? '')?.[1] ?? 0);

test('a window closes on every address at once, and nothing outlives it', { timeout: 240_000 }, async (t) => {
    const { site, desk, video } = await siteWithVideo(t, '2021-12-28T20:00:00+09:00');
    assert.deepEqual((await desk.deskVideo(video)).effective_window, { opens_at: '2021-06-28T15:00:00Z', closes_at: '2021-12-28T15:00:00Z' });
    await site.stop();
    await site.start({ clock: '2021-12-28T23:59:50+09:00' });

    const viewer = site.visitor();
    const page = `/videos/${video}`;
    const play = (await viewer.post(`/api/videos/${video}/play`)).body;
    assert.ok(Date.parse(play.until) <= end, play.until);
    const stills = await addressesOfStills(viewer, video);
    for (const name of ['/poster.jpg', '/thumbnails-0.jpg', '/slide-0001.webp', '.m4s']) assert.ok(stills.some((address) => address.endsWith(name)), name);
    const addresses = [...await addressesBehind(viewer, play.url), ...stills, `/api/videos/${video}`, page];
    assert.ok(addresses.some((address) => address.endsWith('/init.mp4')) && addresses.some((address) => address.endsWith('.m4s')));
    const ask = (address) => viewer.get(address);
    for (const address of addresses) {
        const before = Date.now();
        const reply = await ask(address);
        assert.equal(reply.status, 200, address);
        const left = 10 + (before - Date.now()) / 1000;
        assert.ok(maxAge(reply) <= Math.ceil(left), `${address} may be kept for ${maxAge(reply)} s`);
    }
    const now = async () => Date.parse((await viewer.get('/api/me')).body.now);
    await eventually('midnight', async () => (await now()) >= end, 15_000);
    const began = Date.now();
    for (const address of addresses) {
        const reply = await ask(address);
        assert.equal(reply.status, 410, address);
        if (address === page) continue;
        assert.equal(reply.body.error.kind, 'closed', address);
        assert.equal(reply.body.error.closed_at, '2021-12-28T15:00:00Z', address);
    }
    assert.ok(Date.now() - began < 1000, `every address was refused after ${Date.now() - began} ms`);
    assert.equal((await viewer.post(`/api/videos/${video}/play`)).status, 410);
});

test('before the opening everything is refused with its time, and shortening a window acts on the next request', { timeout: 240_000 }, async (t) => {
    const { site, desk, video } = await siteWithVideo(t, '2021-12-20T09:00:00+09:00');
    const viewer = site.visitor();
    const play = (await viewer.post(`/api/videos/${video}/play`)).body;
    const addresses = [...await addressesBehind(viewer, play.url), ...await addressesOfStills(viewer, video)];
    const all = async (status, kind) => {
        for (const address of addresses) {
            const reply = await viewer.get(address);
            assert.equal(reply.status, status, address);
            assert.equal(reply.body.error.kind, kind, address);
        }
    };
    const change = (fields) => desk.patch(`/api/desk/videos/${video}`, fields);

    assert.equal((await change({ window: { opens_at: null, closes_at: '2021-12-20T08:59:00+09:00' } })).status, 200);
    await all(410, 'closed');
    assert.equal((await change({ window: { opens_at: '2021-12-24', closes_at: null } })).status, 200);
    await all(403, 'not_yet_open');
    const refused = await viewer.post(`/api/videos/${video}/play`);
    assert.equal(refused.status, 403);
    assert.equal(refused.body.error.opens_at, '2021-12-23T15:00:00Z');
    assert.equal((await change({ published: false })).status, 200);
    await all(404, 'not_found');
    assert.equal((await change({ published: true, reason: '公開を続けるため', window: untilDecember })).status, 200);
    for (const address of addresses) assert.equal((await viewer.get(address)).status, 200, address);

    // The secretariat looks whatever the window, and nobody else with its address.
    await change({ window: { opens_at: null, closes_at: '2021-12-20T08:59:00+09:00' } });
    const preview = (await desk.post(`/api/desk/videos/${video}/preview`)).body;
    for (const address of await addressesBehind(desk, preview.url)) assert.equal((await desk.get(address)).status, 200, address);
    await desk.post('/api/sign-out');
    assert.notEqual((await viewer.get(preview.url)).status, 200);
});
