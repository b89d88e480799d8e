// The command line, beside a running server and without one.
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/node/program.mjs';
import { demoCatalog, folderFor, kiroku, Site } from './site.mjs';

const run = (words, input) => runProgram(kiroku, words, { input });

test('help and version are answers, an unknown word is a mistake of usage', async () => {
    assert.equal((await run(['--help'])).code, 0);
    assert.equal((await run(['--version'])).code, 0);
    assert.equal((await run(['dance'])).code, 2);
    assert.equal((await run(['account', 'add', 'a', '--role', 'king'], 'x\n')).code, 2);
});

test('commands make the catalog where there is none, and say what they refuse in one line', async (t) => {
    const data = await folderFor(t);
    const add = (name, more) => run(['account', 'add', name, ...more, '--data', data], 'a password\n');
    assert.equal((await add('jimukyoku', ['--role', 'secretariat'])).code, 0);
    assert.equal((await add('chiyoda', ['--role', 'viewer', '--municipality', '131016', '--department', '環境課'])).code, 0);
    const listed = await run(['account', 'list', '--data', data]);
    assert.equal(listed.output.toString(), 'chiyoda\tviewer\t131016\t環境課\njimukyoku\tsecretariat\n');
    for (const role of ['organiser', 'adviser']) {
        assert.equal((await add(role, ['--role', role])).code, 0);
        assert.equal((await add(`${role} 2`, ['--role', role, '--municipality', '131016', '--department', '環境課'])).code, 2);
    }
    for (const refused of [
        await add('chiyoda', ['--role', 'viewer', '--municipality', '131016', '--department', '環境課']),
        await add('nowhere', ['--role', 'viewer', '--municipality', '131017', '--department', '環境課']),
        await run(['registration', 'add', '--municipality', '131016', '--department', '環境課', '--series', 'nothing', '--data', data]),
        await run(['account', 'add', 'b', '--role', 'secretariat', '--data', data], ''),
        await run(['account', 'second-step-off', 'nobody', '--data', data]),
        await run(['account', 'second-step-off', 'jimukyoku', '--data', data]),
    ]) {
        assert.equal(refused.code, 1);
        assert.match(refused.errors, /^[^\n]+\n$/);
    }
    assert.equal((await run(['check', '--data', data])).code, 0);
});

test('an import changes nothing where it names a mistake, and nothing the second time', async (t) => {
    const data = await folderFor(t);
    const facts = JSON.parse(await readFile(demoCatalog, 'utf8'));
    facts.series[0].audience = 'nobody';
    facts.sessions[1].series = 'no-such-series';
    const broken = path.join(data, 'broken.json');
    await writeFile(broken, JSON.stringify(facts));
    const refused = await run(['import', broken, '--data', data]);
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /series\[0\]/);
    assert.match(refused.errors, /sessions\[1\]/);
    assert.equal((await run(['session', 'list', '--data', data])).output.toString(), '');

    assert.equal((await run(['import', demoCatalog, '--data', data])).code, 0);
    const first = (await run(['session', 'list', '--data', data])).output.toString();
    assert.match(first, /meeting-2021-kickoff/);
    assert.equal((await run(['import', demoCatalog, '--data', data])).code, 0);
    assert.equal((await run(['session', 'list', '--data', data])).output.toString(), first);
});

test('commands reach a running server, which shows the change at once', async (t) => {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00' });
    assert.equal((await stat(path.join(site.data, 'kiroku.sock'))).mode & 0o777, 0o600);
    const before = await site.visitor().get('/api/videos/lec-01');
    assert.equal(before.status, 404);
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    const desk = await site.signedIn();
    const choices = (await desk.get('/api/desk/choices')).body;
    assert.ok(choices.series.some((series) => series.id === 'lectures' && series.audience === 'staff'));
    assert.ok(choices.sessions.some((session) => session.id === 'meeting-2021-kickoff'));
    assert.notEqual((await site.visitor().get('/api/videos/lec-01')).status, 404);
    assert.equal(await site.broken(), '');
});

test('commands given while the server starts and stops are each made exactly once', async (t) => {
    const site = await Site.start(t);
    const names = Array.from({ length: 12 }, (_, index) => `account-${index}`);
    const adding = names.map(async (name, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 40));
        await site.mustRun(['account', 'add', name, '--role', 'secretariat'], 'a password\n');
    });
    await site.stop();
    await site.start();
    await Promise.all(adding);
    const listed = await site.mustRun(['account', 'list']);
    for (const name of names) assert.equal(listed.split('\n').filter((line) => line.startsWith(`${name}\t`)).length, 1, name);
});

test('a second server on the same folder is refused in a sentence', async (t) => {
    const site = await Site.start(t);
    const second = await run(['serve', '--data', site.data, '--listen', '127.0.0.1:0']);
    assert.equal(second.code, 1);
    assert.match(second.errors, /^kiroku: [^\n]+\n$/);
});

test('settings that are wrong are all told at once, with their lines', async (t) => {
    const data = await folderFor(t);
    await writeFile(path.join(data, 'kiroku.toml'), '[site]\nnmae = "x"\nzone = "Mars/Olympus"\n');
    const refused = await run(['serve', '--data', data, '--listen', '127.0.0.1:0']);
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /kiroku\.toml:2: .*nmae/);
    assert.match(refused.errors, /kiroku\.toml:3: .*zone/);
});
