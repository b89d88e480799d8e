// A handout's pages are made of its PDF, can be read and found inside its window, and go with the archive.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { drawPdf, lockedPdf } from '../support/node/pdf.mjs';
import { eventually, runProgram } from '../support/node/program.mjs';
import { demoCatalog, folderFor, kiroku, Site } from './site.mjs';

/** Of the demo: for all staff, until 17:00 on 28 June. */
const HANDOUT = 'mat-kick-1';
const BEFORE_ITS_END = '2021-06-28T16:00:00+09:00';
const END = Date.parse('2021-06-28T17:00:00+09:00');

/** The demo, its desk, a viewer who is signed in, and somebody who is not. */
async function siteWithHandouts(t, clock) {
    const data = await folderFor(t);
    const imported = await runProgram(kiroku, ['import', demoCatalog, '--data', data]);
    assert.equal(imported.code, 0, imported.errors);
    const site = await Site.start(t, { data, clock });
    await site.addSecretariat();
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'viewer password\n');
    return { site, desk: await site.signedIn(), visitor: await site.signedIn('chiyoda', 'viewer password'), nobody: site.visitor() };
}

/** Uploads bytes as the file of a handout. */
async function give(t, desk, material, bytes, name = '資料.pdf') {
    const file = path.join(await folderFor(t), name);
    await writeFile(file, bytes);
    await desk.upload(file, bytes.length, name, { material });
}

const words = async (visitor, address) => (await visitor.get(address, { Accept: 'text/html' })).body.toString();
const withPages = (visitor, material, count) =>
    eventually(`${material} has ${count} pages`, async () => (await words(visitor, `/materials/${material}/pages`)).includes(`1 / ${count} ページ`), 60_000);
const found = async (visitor, typed) =>
    (await visitor.get(`/api/search?q=${encodeURIComponent(typed)}`)).body.results.filter(({ pages }) => pages.length > 0);

test('the pages of a handout can be seen, read and found, and another file has other pages', { timeout: 180_000 }, async (t) => {
    const { site, desk, visitor, nobody } = await siteWithHandouts(t, BEFORE_ITS_END);
    await give(t, desk, HANDOUT, await drawPdf(['適応策の手引き', 'ゼロカーボンシティ &lt;b&gt;', '']));
    await withPages(visitor, HANDOUT, 3);
    const page = await words(visitor, `/materials/${HANDOUT}/pages`);
    assert.match(page, /適応策の手引き/);
    assert.match(page, /ゼロカーボンシティ &lt;b&gt;/);
    assert.match(page, /読み取れる文字はありません/);
    assert.doesNotMatch(await words(visitor, `/materials/${HANDOUT}/pages?as=text`), /<img/);

    const picture = await visitor.get(`/materials/${HANDOUT}/pages/2.jpg`);
    assert.equal(picture.status, 200);
    assert.equal(picture.headers.get('content-type'), 'image/jpeg');
    assert.equal(picture.headers.get('cache-control'), 'private, no-cache');
    assert.equal(picture.body.subarray(0, 2).toString('hex'), 'ffd8');
    const again = await visitor.get(`/materials/${HANDOUT}/pages/2.jpg`, { 'If-None-Match': picture.headers.get('etag') });
    assert.equal(again.status, 304);
    for (const name of ['0.jpg', '4.jpg', '02.jpg', '2.png', '2', '-1.jpg', '..%2f2.jpg'])
        assert.notEqual((await visitor.get(`/materials/${HANDOUT}/pages/${name}`)).status, 200, name);

    const [hit] = await found(visitor, 'ｾﾞﾛｶｰﾎﾞﾝ');
    assert.equal(hit.kind, 'material');
    assert.equal(hit.id, HANDOUT);
    assert.deepEqual(hit.pages.map(({ number }) => number), [2]);
    assert.match(await words(visitor, `/search?q=${encodeURIComponent('ゼロカーボンシティ')}`), new RegExp(`/materials/${HANDOUT}/pages#page-2`));

    assert.deepEqual(await found(nobody, 'ｾﾞﾛｶｰﾎﾞﾝ'), []);
    for (const address of [`/materials/${HANDOUT}/pages`, `/materials/${HANDOUT}/pages/2.jpg`])
        assert.equal((await nobody.get(address)).status, 401, address);

    const folders = async () => (await readdir(path.join(site.data, 'pages'))).length;
    assert.equal(await folders(), 1);
    await give(t, desk, HANDOUT, await drawPdf(['熱中症対策']));
    await withPages(visitor, HANDOUT, 1);
    assert.deepEqual(await found(visitor, '適応策の手引き'), []);
    assert.equal((await found(visitor, '熱中症')).length, 1);
    assert.equal((await visitor.get(`/materials/${HANDOUT}/pages/2.jpg`)).status, 404);
    assert.equal(await folders(), 1);
    assert.equal(await site.broken(), '');
});

test('a window closes on pages, pictures and what stands on them in its second', { timeout: 180_000 }, async (t) => {
    const { site, desk, visitor } = await siteWithHandouts(t, BEFORE_ITS_END);
    await give(t, desk, HANDOUT, await drawPdf(['適応策の手引き']));
    await withPages(visitor, HANDOUT, 1);
    await site.stop();
    await site.start({ clock: '2021-06-28T16:59:50+09:00' });
    const addresses = [`/materials/${HANDOUT}`, `/materials/${HANDOUT}/pages`, `/materials/${HANDOUT}/pages/1.jpg`];
    for (const address of addresses) assert.equal((await visitor.get(address)).status, 200, address);
    assert.equal((await found(visitor, '適応策の手引き')).length, 1);
    const now = async () => Date.parse((await visitor.get('/api/me')).body.now);
    await eventually('17:00', async () => (await now()) >= END, 15_000);
    for (const address of addresses) assert.equal((await visitor.get(address)).status, 410, address);
    assert.deepEqual(await found(visitor, '適応策の手引き'), []);
    assert.match(await words(visitor, `/materials/${HANDOUT}/pages`), /公開/);
});

test('what cannot be made into pages stays a handout, and says why it has none', { timeout: 180_000 }, async (t) => {
    const { site, desk, visitor } = await siteWithHandouts(t, BEFORE_ITS_END);
    const saysWhy = (sentence) => eventually(sentence, async () => (await words(visitor, `/materials/${HANDOUT}/pages`)).includes(sentence), 60_000);
    const kinds = [
        [lockedPdf(), 'パスワードのかかった PDF のため、ページごとには表示できません。'],
        [Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(100_000, 0x80)]), 'PDF が壊れているため、ページごとには表示できません。'],
        [Buffer.from('PK\x03\x04 a spreadsheet'), 'PDF ではないため、ページごとには表示できません。'],
    ];
    for (const [bytes, sentence] of kinds) {
        await give(t, desk, HANDOUT, bytes);
        await saysWhy(sentence);
        assert.deepEqual((await visitor.get(`/materials/${HANDOUT}`)).body, bytes);
        assert.equal((await visitor.get(`/materials/${HANDOUT}/pages/1.jpg`)).status, 404);
    }
    assert.deepEqual(await readdir(path.join(site.data, 'pages')), []);
    assert.equal(await site.broken(), '');
});

test('pages that a killed server left half made are made, and a backup and a handover know them', { timeout: 240_000 }, async (t) => {
    const { site, desk, visitor } = await siteWithHandouts(t, BEFORE_ITS_END);
    await give(t, desk, HANDOUT, await drawPdf(Array.from({ length: 12 }, (_, at) => `第${at + 1}章 適応策`)));
    await eventually('some pages', () => readdir(path.join(site.data, 'pages')).then((folders) => folders.length > 0));
    await site.kill();
    await site.start();
    await withPages(visitor, HANDOUT, 12);

    const place = await folderFor(t);
    await site.mustRun(['backup', path.join(place, 'backup')]);
    const restored = await runProgram(kiroku, ['restore', path.join(place, 'backup'), '--data', path.join(place, 'data')], { timeout: 120_000 });
    assert.equal(restored.code, 0, restored.output + restored.errors);
    const pages = path.join(place, 'data', 'pages');
    const [folder] = await readdir(pages);
    assert.equal((await readdir(path.join(pages, folder))).filter((name) => name.endsWith('.jpg')).length, 12);
    const checked = await runProgram(kiroku, ['check', '--data', path.join(place, 'data')]);
    assert.equal(checked.code, 0, checked.output + checked.errors);
    await rm(path.join(pages, folder, 'page-0007.jpg'));
    const broken = await runProgram(kiroku, ['check', '--data', path.join(place, 'data')]);
    assert.match(broken.output.toString(), /page-0007\.jpg is missing/);

    const handover = path.join(place, 'handover');
    await site.mustRun(['export', handover]);
    const { materials } = JSON.parse(await readFile(path.join(handover, 'catalog.json'), 'utf8'));
    const handed = materials.find(({ id }) => id === HANDOUT);
    assert.equal(handed.page_texts.length, 12);
    assert.match(handed.page_texts[6], /第7章 適応策/);
    assert.ok(existsSync(path.join(handover, handed.file)));
});

test('the handouts of a draft are nobody’s by their address, and those of a session without a recording are had', { timeout: 120_000 }, async (t) => {
    const { desk, visitor } = await siteWithHandouts(t, BEFORE_ITS_END);
    const audience = 'everybody';
    const made = async (owner) => {
        const { id } = (await desk.post('/api/desk/materials', { ...owner, title: '講演資料' })).body;
        await desk.patch(`/api/desk/materials/${id}`, { audience });
        await give(t, desk, id, await drawPdf(['脱炭素のまちづくり']), '講演資料.pdf');
        return id;
    };
    const video = (await desk.post('/api/desk/videos', { title: '下書き' })).body.id;
    const session = (await desk.post('/api/desk/sessions', { title: '録画のない会' })).body.id;
    const [ofDraft, ofSession] = [await made({ video }), await made({ session })];
    await withPages(visitor, ofSession, 1);
    assert.equal((await visitor.get(`/materials/${ofSession}`)).status, 200);
    assert.match(await words(visitor, `/sessions/${session}`), new RegExp(`/materials/${ofSession}`));

    const addresses = [`/materials/${ofDraft}`, `/materials/${ofDraft}/pages`, `/materials/${ofDraft}/pages/1.jpg`];
    for (const address of addresses) for (const who of [visitor, desk]) assert.equal((await who.get(address)).status, 404, address);
    assert.ok((await found(visitor, '脱炭素のまちづくり')).every(({ id }) => id !== ofDraft));
    // The desk has it from the desk's own address, and beside the preview.
    const file = `/api/desk/materials/${ofDraft}/file`;
    assert.equal((await desk.get(file)).status, 200);
    assert.equal((await visitor.get(file)).status, 403);
    assert.match(await words(desk, `/videos/${video}?preview`), new RegExp(`href="${file}"`));
    const seen = (await desk.get('/api/desk/see-as?viewer=anonymous')).body.items.find(({ id }) => id === ofDraft);
    assert.deepEqual([seen.published, seen.refusal.kind, seen.page.title], [true, 'not_found', '下書き']);

    await desk.patch(`/api/desk/videos/${video}`, { published: true, reason: '資料を先に見せる', audience });
    await withPages(visitor, ofDraft, 1);
    for (const address of addresses) assert.equal((await visitor.get(address)).status, 200, address);
    await desk.patch(`/api/desk/videos/${video}`, { published: false });
    for (const address of addresses) assert.equal((await visitor.get(address)).status, 404, address);
});
