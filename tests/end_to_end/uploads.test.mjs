// tus 1.0, as its protocol's own words ask for it.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually } from '../support/node/program.mjs';
import { Site } from './site.mjs';

const chunk = { 'Content-Type': 'application/offset+octet-stream' };
// Nothing here is a recording, and nothing is transcoded: what counts is that bytes arrive.
const withoutJobs = '[transcoding]\njobs = 0\n';

async function siteWithDesk(t, settings = withoutJobs) {
    const site = await Site.start(t, { settings });
    await site.addSecretariat();
    return { site, desk: await site.signedIn() };
}

test('the server tells what it can', async (t) => {
    const { site } = await siteWithDesk(t);
    const reply = await site.visitor().ask('OPTIONS', '/api/uploads');
    assert.equal(reply.status, 204);
    assert.equal(reply.headers.get('tus-version'), '1.0.0');
    assert.equal(reply.headers.get('tus-extension'), 'creation,creation-with-upload,termination,expiration,checksum');
    assert.ok(Number(reply.headers.get('tus-max-size')) > 0);
    assert.match(reply.headers.get('tus-checksum-algorithm'), /\bsha1\b/);
});

test('a file sent in pieces becomes the recording of a new draft, byte for byte', async (t) => {
    const { site, desk } = await siteWithDesk(t);
    const bytes = randomBytes(3_000_000);
    const { address, video } = await desk.beginUpload(bytes.length, 'folder\\第1回 講演.MP4');
    assert.equal((await desk.deskVideo(video)).title, '第1回 講演');
    assert.equal(await desk.offset(address), 0);
    for (const [from, to] of [[0, 1_000_000], [1_000_000, 1_000_001], [1_000_001, bytes.length]]) {
        assert.equal((await desk.deskVideo(video)).upload.offset, from);
        const reply = await desk.tus('PATCH', address, { ...chunk, 'Upload-Offset': String(from) }, bytes.subarray(from, to));
        assert.equal(reply.status, 204);
        assert.equal(reply.headers.get('upload-offset'), String(to));
        assert.equal(reply.headers.has('upload-expires'), to < bytes.length);
    }
    const { recording, upload } = await desk.deskVideo(video);
    assert.equal(upload, null);
    assert.equal(recording.state, 'queued');
    assert.equal(recording.bytes, bytes.length);
    const source = await readFile(path.join(site.data, 'media', recording.id, 'source.mp4'));
    assert.ok(source.equals(bytes));
    assert.ok((await desk.get(recording.source_url)).body.equals(bytes));
    assert.equal(await desk.offset(address), bytes.length, 'a whole one still answers');
    assert.equal(await site.broken(), '');
});

test('what the protocol refuses is refused in its own numbers', async (t) => {
    const { desk, site } = await siteWithDesk(t, `${withoutJobs}[uploads]\nlargest = "1 MB"\n`);
    const create = (headers) => desk.tus('POST', '/api/uploads', headers);
    assert.equal((await create({})).status, 400);
    assert.equal((await create({ 'Upload-Length': '-1' })).status, 400);
    assert.equal((await create({ 'Upload-Length': '1000001' })).status, 413);
    assert.equal((await create({ 'Upload-Length': '1', 'Upload-Metadata': 'filename !!!' })).status, 400);
    assert.equal((await create({ 'Upload-Length': '1', 'Upload-Metadata': `video ${btoa('no-such-video')}` })).status, 404);
    assert.equal((await desk.ask('POST', '/api/uploads', { headers: { 'Upload-Length': '1' } })).status, 412);
    assert.equal((await site.visitor().tus('POST', '/api/uploads', { 'Upload-Length': '1' })).status, 401);

    const { address } = await desk.beginUpload(10, 'a.mp4');
    const patch = (headers, body) => desk.tus('PATCH', address, headers, body);
    assert.equal((await patch({ 'Upload-Offset': '0', 'Content-Type': 'video/mp4' }, 'x')).status, 415);
    assert.equal((await patch({ ...chunk }, 'x')).status, 400);
    assert.equal((await patch({ ...chunk, 'Upload-Offset': '3' }, 'x')).status, 409);
    assert.equal((await patch({ ...chunk, 'Upload-Offset': '0' }, 'x'.repeat(11))).status, 413);
    assert.equal((await desk.tus('PATCH', '/api/uploads/unknown', { ...chunk, 'Upload-Offset': '0' }, 'x')).status, 404);
    assert.equal((await desk.tus('DELETE', address)).status, 204);
    assert.equal((await desk.tus('HEAD', address)).status, 404);
});

test('a full disk is told before the first byte', async (t) => {
    const { desk } = await siteWithDesk(t, `${withoutJobs}[uploads]\nlargest = "1000 TB"\n`);
    assert.equal((await desk.tus('POST', '/api/uploads', { 'Upload-Length': String(999e12) })).status, 507);
});

test('a chunk whose checksum does not match is as if it had not come', async (t) => {
    const { desk } = await siteWithDesk(t);
    const { address } = await desk.beginUpload(2000, 'a.mp4');
    const bytes = randomBytes(1000);
    const patch = (checksum) => desk.tus('PATCH', address, { ...chunk, 'Upload-Offset': '0', 'Upload-Checksum': checksum }, bytes);
    const sum = (algorithm, of = bytes) => `${algorithm} ${createHash(algorithm).update(of).digest('base64')}`;
    assert.equal((await patch(`crc7 ${btoa('x')}`)).status, 400);
    assert.equal((await patch(sum('sha1', 'something else'))).status, 460);
    assert.equal(await desk.offset(address), 0);
    assert.equal((await patch(sum('sha1'))).status, 204);
    assert.equal(await desk.offset(address), 1000);
});

test('the first bytes may come with the creation, and a POST may stand for a PATCH', async (t) => {
    const { desk } = await siteWithDesk(t);
    const created = await desk.tus('POST', '/api/uploads', { ...chunk, 'Upload-Length': '8' }, 'abcd');
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('upload-offset'), '4');
    const override = { ...chunk, 'X-HTTP-Method-Override': 'PATCH', 'Upload-Offset': '4' };
    assert.equal((await desk.tus('POST', created.headers.get('location'), override, 'efgh')).status, 204);
});

test('who comes back takes over from the line that was lost', async (t) => {
    const { site, desk } = await siteWithDesk(t);
    const bytes = randomBytes(4_000_000);
    const { address, video } = await desk.beginUpload(bytes.length, 'a.mp4');
    // A sender that goes silent in the middle of its body, and keeps the line.
    const silent = connect(site.port, '127.0.0.1');
    t.after(() => silent.destroy());
    silent.on('error', () => {});
    silent.write(`PATCH ${address} HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\nCookie: ${desk.cookie}\r\nTus-Resumable: 1.0.0\r\n` +
        `Upload-Offset: 0\r\nContent-Type: ${chunk['Content-Type']}\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    silent.write(bytes.subarray(0, 3_000_000));
    await eventually('its first bytes have come', async () => (await desk.deskVideo(video)).upload.offset > 0);
    const offset = await desk.offset(address);
    assert.ok(offset > 0 && offset <= 3_000_000, `${offset}`);
    assert.equal((await desk.tus('PATCH', address, { ...chunk, 'Upload-Offset': String(offset) }, bytes.subarray(offset))).status, 204);
    const { recording } = await desk.deskVideo(video);
    assert.ok((await desk.get(recording.source_url)).body.equals(bytes));
});

test('a file whose video was removed while it came is not lost', async (t) => {
    const { site, desk } = await siteWithDesk(t);
    const { address, video } = await desk.beginUpload(8, 'a.mp4');
    assert.equal((await desk.remove(`/api/desk/videos/${video}`)).status, 204);
    assert.equal((await desk.tus('PATCH', address, { ...chunk, 'Upload-Offset': '0' }, 'abcdefgh')).status, 204);
    const { videos } = (await desk.get('/api/desk/videos')).body;
    assert.equal(videos.length, 1);
    assert.equal((await desk.get(videos[0].recording.source_url)).body.toString(), 'abcdefgh');
    assert.equal(await site.broken(), '');
});

test('an upload whose time is over is gone', async (t) => {
    const { site, desk } = await siteWithDesk(t);
    const { address } = await desk.beginUpload(1000, 'a.mp4');
    await site.stop();
    await site.start({ clock: new Date(Date.now() + 8 * 24 * 3600e3).toISOString().replace(/\.\d+/, '') });
    const later = await site.signedIn();
    await eventually('it is removed', async () => (await later.offset(address)) === null);
    assert.equal(await site.broken(), '');
});
