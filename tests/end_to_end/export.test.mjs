// The handover: a folder that tells and plays an archive without Kiroku.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/node/program.mjs';
import { serveFolder } from '../support/node/static_server.mjs';
import { demoCatalog, folderFor, makeRecording, programs, Site } from './site.mjs';

const hlsCheck = path.join(programs, 'kiroku-hls-check');

async function filesIn(folder) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((each) => each.isFile()).map((each) => path.relative(folder, path.join(each.parentPath ?? each.path, each.name))).sort();
}

const unescaped = (text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** Where the addresses of a page or a playlist lead: names in the folder, with the place in a page behind '#'. Throws where one leads out. */
function targetsOf(name, text) {
    const found = name.endsWith('.html') ? [...text.matchAll(/\b(?:href|src|poster)="([^"]*)"/g)].map(([, each]) => unescaped(each))
        : text.split('\n').flatMap((line) => (line.startsWith('#') ? /URI="([^"]+)"/.exec(line)?.[1] ?? [] : line || []));
    return found.map((each) => {
        assert.doesNotMatch(each, /^[a-z]+:|^\//i, `${name} leads to ${each}`);
        const [place, fragment] = each.split('#');
        const target = place ? path.posix.join(path.posix.dirname(name), decodeURIComponent(place)) : name;
        assert.ok(!target.startsWith('..'), `${name} leads to ${each}`);
        return { target, fragment };
    });
}

/** Every address in every page and playlist leads to a file of the folder; gives how many there are. */
async function checkLinks(folder) {
    const files = new Set(await filesIn(folder));
    let links = 0;
    for (const name of files) {
        if (!/\.(html|m3u8)$/.test(name)) continue;
        const text = await readFile(path.join(folder, name), 'utf8');
        for (const { target, fragment } of targetsOf(name, text)) {
            ++links;
            assert.ok(files.has(target), `${name} leads to ${target}, which is not there`);
            if (fragment) assert.ok((await readFile(path.join(folder, target), 'utf8')).includes(`id="${fragment}"`), `${name}: #${fragment}`);
        }
    }
    return links;
}

/** What each media playlist names lies within its file. */
async function checkRanges(folder) {
    let ranges = 0;
    for (const name of (await filesIn(folder)).filter((each) => each.endsWith('.m3u8'))) {
        const text = await readFile(path.join(folder, name), 'utf8');
        if (text.includes('#EXT-X-STREAM-INF')) continue;
        assert.match(text, /#EXT-X-ENDLIST\n$/, name);
        const { size } = await stat(path.join(folder, path.dirname(name), text.split('\n').find((line) => line && !line.startsWith('#'))));
        for (const [, bytes, offset] of text.matchAll(/BYTERANGE[:=]"?(\d+)@(\d+)/g)) {
            ++ranges;
            assert.ok(Number(bytes) + Number(offset) <= size, `${name}: ${bytes}@${offset} of ${size}`);
        }
    }
    return ranges;
}

/** The demo's facts, with a recording of a lecture, a draft with one of its own, and a handout. */
async function filledSite(t) {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\nniceness = 0\n[site]\nname = "記録 <研究会>"\ncontact = "事務局"\n' });
    await site.mustRun(['import', demoCatalog]);
    await site.addSecretariat();
    const desk = await site.signedIn();
    const folder = await folderFor(t);
    const file = await makeRecording(path.join(folder, 'lecture.mp4'), 8);
    const { size } = await stat(file);
    await desk.upload(file, size, '講演 1.mp4', { video: 'lec-01' });
    const draft = await desk.upload(file, size, '下書き & "その他".mp4');
    for (const video of ['lec-01', draft]) await desk.transcoded(video);
    const { materials } = JSON.parse(await readFile(demoCatalog, 'utf8'));
    const handout = path.join(folder, 'handout.pdf');
    await writeFile(handout, '%PDF-1.4 handout');
    // One name twice, and one that no file system would take as it is.
    for (const [{ id }, name] of [[materials[0], '議事次第 #1?.pdf'], [materials[1], '議事次第 #1?.pdf'], [materials[2], '../a/b: c.pdf']])
        await desk.upload(handout, 16, name, { material: id });
    return { site, desk, draft, target: path.join(folder, 'handover'), source: file };
}

test('a handover tells and plays everything by itself, beside the running server', { timeout: 240_000 }, async (t) => {
    const { site, draft, target } = await filledSite(t);
    assert.match(await site.mustRun(['export', target]), /^Exported \d+ files \([^)]+\) to [^\n]+\.\n$/);
    const links = await checkLinks(target);
    assert.ok(links > 200, `${links}`);
    assert.ok((await checkRanges(target)) > 20);

    const sums = await runProgram('sha256sum', ['--strict', '--quiet', '-c', 'checksums.sha256'], { cwd: target });
    assert.equal(sums.code, 0, sums.output + sums.errors);
    const listed = (await readFile(path.join(target, 'checksums.sha256'), 'utf8')).trimEnd().split('\n').map((line) => line.slice(66));
    assert.deepEqual([...listed, 'checksums.sha256'].sort(), await filesIn(target));

    const recordings = await readdir(path.join(target, 'recordings'));
    assert.equal(recordings.length, 2);
    for (const name of recordings) {
        const folder = path.join(target, 'recordings', name);
        const checked = await runProgram(hlsCheck, [folder]);
        assert.equal(checked.code, 0, checked.output + checked.errors);
        assert.ok(!(await readdir(folder)).some((each) => /^source|^\./.test(each)));
    }
    assert.deepEqual(await readdir(path.join(target, 'materials')), ['_a_b_ c.pdf', '議事次第 #1_ (2).pdf', '議事次第 #1_.pdf']);

    const catalog = JSON.parse(await readFile(path.join(target, 'catalog.json'), 'utf8'));
    const facts = JSON.parse(await readFile(demoCatalog, 'utf8'));
    for (const kind of ['series', 'sessions', 'materials', 'notices'])
        assert.deepEqual(catalog[kind].map(({ id }) => id).sort(), facts[kind].map(({ id }) => id).sort(), kind);
    const lecture = catalog.videos.find(({ id }) => id === 'lec-01');
    assert.deepEqual(lecture.window, { opens_at: '2021-06-28T15:00:00Z', closes_at: '2021-12-28T15:00:00Z' });
    assert.ok(lecture.chapters.length > 2);
    for (const { page, playlist } of catalog.videos) for (const file of [page, playlist]) if (file) assert.ok(existsSync(path.join(target, file)), file);

    const page = await readFile(path.join(target, lecture.page), 'utf8');
    assert.match(page, /^<!doctype html>\n<html lang="ja">/);
    assert.match(page, /2021年6月29日\(火\)〜2021年12月28日\(火\)/);
    assert.match(page, /<track kind="captions" src="\.\.\/captions\/lec-01-ja\.vtt" srclang="ja"/);
    assert.match(await readFile(path.join(target, 'captions/lec-01-ja.vtt'), 'utf8'), /^WEBVTT\n/);
    assert.match(await readFile(path.join(target, `videos/${draft}.html`), 'utf8'), /<h1>下書き &amp; &quot;その他&quot; <span class="draft">/);
    assert.doesNotMatch(page, /class="draft"/);
    assert.match(await readFile(path.join(target, 'index.html'), 'utf8'), /記録 &lt;研究会&gt;/);

    // Nobody who signs in, and nothing that opens anything, is in what is handed on.
    for (const name of (await filesIn(target)).filter((each) => /\.(html|json|sha256|vtt)$/.test(each)))
        assert.doesNotMatch(await readFile(path.join(target, name), 'utf8'), /argon2|jimukyoku|password|token|secret/i, name);
    assert.equal((await stat(target)).mode & 0o777, 0o700);
    assert.equal(await site.broken(), '');

    const server = await serveFolder(target);
    t.after(() => server.close());
    const played = await runProgram('ffmpeg', ['-v', 'error', '-xerror', '-i', `${server.address}/${lecture.playlist}`, '-f', 'null', '-']);
    assert.equal(played.code, 0, played.errors);
    assert.equal(played.errors, '');
});

test('recordings as they were uploaded go along where that is asked for', { timeout: 240_000 }, async (t) => {
    const { site, desk, draft, target, source } = await filledSite(t);
    assert.equal((await desk.post(`/api/desk/videos/${draft}/clip`, { begin_s: 0, end_s: 3 })).status, 200);
    await site.mustRun(['export', target, '--sources']);
    await checkLinks(target);
    const sources = (await filesIn(target)).filter((each) => each.endsWith('source.mp4'));
    assert.equal(sources.length, 2);
    assert.ok((await readFile(path.join(target, sources[0]))).equals(await readFile(source)));
    assert.match(await readFile(path.join(target, 'videos/lec-01.html'), 'utf8'), /source\.mp4">講演 1\.mp4<\/a>/);
    // Beside a clip nothing leads to what it does not show.
    const clip = await readFile(path.join(target, `videos/${draft}.html`), 'utf8');
    assert.ok(clip.includes(`${draft}/main.m3u8`) && !clip.includes('source.mp4') && !clip.includes('poster.jpg'), clip);
});

test('what is not finished is left out and told, and what cannot be done changes nothing', { timeout: 120_000 }, async (t) => {
    const site = await Site.start(t, { settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    const desk = await site.signedIn();
    const folder = await folderFor(t);
    const file = path.join(folder, 'a.mp4');
    await writeFile(file, 'no recording yet');
    const video = await desk.upload(file, 16);
    const target = path.join(folder, 'handover');
    const said = await site.mustRun(['export', target]);
    assert.ok(said.includes(`The recording of ${video} (a) is not finished, and was left out.`), said);
    await checkLinks(target);
    assert.match(await readFile(path.join(target, `videos/${video}.html`), 'utf8'), /録画は変換が済んでいない/);
    assert.equal(existsSync(path.join(target, 'recordings')), false);

    const before = await filesIn(target);
    for (const wrong of [target, path.join(site.data, 'handover')]) {
        const refused = await site.command(['export', wrong]);
        assert.equal(refused.code, 1);
        assert.match(refused.errors, /^kiroku: [^\n]+\.\n$/);
    }
    assert.deepEqual(await filesIn(target), before);
    assert.equal(existsSync(path.join(site.data, 'handover')), false);
});
