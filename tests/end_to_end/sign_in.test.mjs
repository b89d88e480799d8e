// Signing in: who one is, how it is refused, and what the cookie is worth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/node/program.mjs';
import { totpCode } from '../support/node/totp.mjs';
import { Site } from './site.mjs';

const wrong = (visitor, name) => visitor.post('/api/sign-in', { name, password: 'not this one' });

test('a viewer is known by municipality and department until signing out', async (t) => {
    const site = await Site.start(t);
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    assert.equal((await site.visitor().get('/api/me')).body.viewer, null);
    const viewer = await site.signedIn('chiyoda', 'viewer password');
    assert.deepEqual((await viewer.get('/api/me')).body.viewer, {
        name: 'chiyoda', role: 'viewer', municipality: { code: '131016', name: '千代田区' }, department: '環境課',
    });
    assert.equal((await viewer.get('/api/desk/videos')).status, 403);
    await site.kill();
    await site.start();
    assert.equal((await viewer.get('/api/me')).body.viewer.name, 'chiyoda');
    assert.equal((await viewer.post('/api/sign-out')).status, 204);
    assert.equal((await viewer.get('/api/me')).body.viewer, null);
});

test('the cookie cannot be read by scripts nor sent by other sites, and is new at each sign-in', async (t) => {
    const site = await Site.start(t);
    await site.addSecretariat();
    const first = await site.signedIn();
    const reply = await first.post('/api/sign-in', { name: 'jimukyoku', password: 'secretariat password' });
    const cookie = reply.headers.get('set-cookie');
    assert.match(cookie, /^kiroku_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/);
    assert.notEqual(cookie.split(';')[0], first.cookie);
    assert.equal((await first.get('/api/me')).body.viewer, null, 'the session before has ended');
});

test('a wrong password and an unknown name are refused in the same words', async (t) => {
    const site = await Site.start(t);
    await site.addSecretariat();
    const known = await wrong(site.visitor(), 'jimukyoku');
    const unknown = await wrong(site.visitor(), 'nobody');
    assert.equal(known.status, 401);
    assert.equal(known.body.error.kind, 'wrong_credentials');
    assert.deepEqual(unknown.body, known.body);
    for (const body of ['', '[]', '{"name":"x"}', '{"name":1,"password":2}', '{']) {
        const reply = await site.visitor().ask('POST', '/api/sign-in', { body, headers: { 'Content-Type': 'application/json' } });
        assert.equal(reply.status, 400, body);
    }
    const form = { body: 'name=jimukyoku&password=x', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
    assert.equal((await site.visitor().ask('POST', '/api/sign-in', form)).status, 415);
});

test('after some wrong passwords in a row the account rests, also over a restart, and so does an unknown name', async (t) => {
    const site = await Site.start(t);
    await site.addSecretariat();
    for (const name of ['jimukyoku', 'nobody']) {
        const replies = await Promise.all(Array.from({ length: 12 }, () => wrong(site.visitor(), name)));
        const statuses = replies.map((reply) => reply.status);
        assert.ok(statuses.includes(429), `${name}: ${statuses}`);
        assert.ok(replies.find((reply) => reply.status === 429).headers.get('retry-after') >= 1);
    }
    await site.kill();
    await site.start();
    // One more wrong one brings the next pause: those before it are remembered.
    await eventually('the pause is over', async () => (await wrong(site.visitor(), 'jimukyoku')).status === 401);
    const right = await site.visitor().post('/api/sign-in', { name: 'jimukyoku', password: 'secretariat password' });
    assert.equal(right.status, 429);
});

test('unsafe requests that another site has a browser send are refused', async (t) => {
    const site = await Site.start(t);
    await site.addSecretariat();
    const desk = await site.signedIn();
    const body = JSON.stringify({ title: 'x' });
    for (const foreign of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
        const reply = await desk.ask('POST', '/api/desk/videos', { body, headers: { 'Content-Type': 'application/json', ...foreign } });
        assert.equal(reply.status, 403, JSON.stringify(foreign));
    }
    assert.equal((await desk.get('/api/desk/videos')).body.videos.length, 0);
});

test('a sign-in that is under way while its account changes opens no session', async (t) => {
    const site = await Site.start(t);
    await site.addSecretariat();
    const desk = await site.signedIn();
    await site.mustRun(['account', 'add', 'shusai', '--role', 'organiser'], 'organiser password\n');
    const { id } = (await desk.get('/api/desk/accounts')).body.accounts.find(({ name }) => name === 'shusai');
    const signIn = async (after) => {
        await delay(after);
        const visitor = site.visitor();
        const { status, headers } = await visitor.post('/api/sign-in', { name: 'shusai', password: 'organiser password' });
        visitor.cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
        return { status, visitor };
    };
    /** Nobody who began while `change` was under way is signed in after it. */
    const allVoidAfter = async (change) => {
        const [reply, ...signIns] = await Promise.all([change(), ...[0, 12, 24, 36, 48].map(signIn)]);
        assert.equal(reply.status, 204);
        for (const { status, visitor } of signIns) {
            assert.ok([200, 401, 429].includes(status), `${status}`);
            assert.equal((await visitor.get('/api/me')).body.viewer, null, `a sign-in that answered ${status}`);
        }
    };
    await allVoidAfter(async () => {
        await delay(20);
        return desk.post(`/api/desk/accounts/${id}/disable`);
    });
    assert.equal((await desk.post(`/api/desk/accounts/${id}/enable`)).status, 204);
    const { path } = (await desk.post(`/api/desk/accounts/${id}/password-link`)).body;
    await allVoidAfter(() => site.visitor().post('/api/password', { link: path.split('/').at(-1), password: 'another password' }));
    await site.signedIn('shusai', 'another password');
    assert.ok(!site.said.includes(path), 'a link that sets a password stands in the log');
});

test('only who may try a code as often as a password is told whether one is right', async (t) => {
    const site = await Site.start(t);
    await site.addSecretariat();
    const desk = await site.signedIn();
    assert.equal((await desk.post('/api/desk/second-step/end', { code: 'x' })).status, 409);
    const { secret } = (await desk.post('/api/desk/second-step')).body;
    const code = async () => totpCode(secret, (await desk.get('/api/me')).body.now);
    assert.equal((await desk.post('/api/desk/second-step/confirm', { code: await code() })).status, 200);
    const right = await desk.post('/api/desk/second-step/confirm', { code: await code() });
    const wrong = await desk.post('/api/desk/second-step/confirm', { code: '000000' });
    assert.equal(right.status, 409);
    assert.deepEqual(wrong.body, right.body);
    const statuses = [];
    for (let at = 0; at < 7; ++at) statuses.push((await desk.post('/api/desk/second-step/end', { code: '000000' })).status);
    assert.ok(statuses.includes(429), `${statuses}`);
});
