// One odd file given to the transcoder, and everything that has to be so afterwards.
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runProgram } from '../support/node/program.mjs';
import { beepsIn, flashesIn, framesOf, isUpright, loudnessOf, offBlue, offsetsOf } from './measure.mjs';

const transcodeLimit = 90_000;

/** Runs the transcoder on a case in `work`, a folder of its own. Gives the run with `events`, `folder`. */
export async function transcoded(each, transcoder, work) {
    await rm(work, { recursive: true, force: true });
    await mkdir(join(work, 'tmp'), { recursive: true });
    const folder = join(work, 'out');
    const source = await sourceOf(each, work);
    const run = await runProgram(transcoder, [source.path, folder], {
        cwd: source.cwd, timeout: transcodeLimit, env: { ...process.env, TMPDIR: join(work, 'tmp') }, onOutput: source.onOutput,
    });
    await source.settled;
    return { ...run, folder, events: eventsOf(run.output) };
}

/** The input as the case wants it: as it is, or changing while it is read. */
async function sourceOf(each, work) {
    if (each.bare) return { path: basename(each.path), cwd: dirname(each.path) };
    if (!each.grows && !each.shrinks) return { path: each.path };
    const path = join(work, 'tmp', 'changing');
    await copyFile(each.path, path);
    const { size } = await stat(path);
    if (each.grows) await truncate(path, Math.floor(size * 0.4));
    const source = { path };
    source.onOutput = () => {
        source.settled ??= each.shrinks ? truncate(path, Math.floor(size * 0.5)) : grown(path, each.path, Math.floor(size * 0.4));
    };
    return source;
}

async function grown(path, whole, from) {
    const rest = (await readFile(whole)).subarray(from);
    await new Promise((resolve, reject) => createWriteStream(path, { flags: 'a' }).once('error', reject).end(rest, resolve));
}

function eventsOf(output) {
    return output.toString().split('\n').filter(Boolean).map((line) => {
        try {
            return JSON.parse(line);
        } catch {
            return { event: `not JSON: ${line.slice(0, 80)}` };
        }
    });
}

/** What is wrong with how a run ended, whatever came of it: crashes, hangs, leftovers, half folders, no sentence. */
export async function wrongWithRun(run, work, changing = false) {
    const problems = [];
    if (run.timedOut) problems.push(`still ran after ${transcodeLimit / 1000} s`);
    else if (run.signal) problems.push(`crashed (${run.signal})`);
    if (run.leftProcesses) problems.push('left a process behind');
    const left = (await readdir(join(work, 'tmp'))).filter((name) => !(changing && name === 'changing'));
    const beside = (await readdir(work)).filter((name) => name !== 'tmp' && name !== 'out');
    if (left.length || beside.length) problems.push(`left behind: ${[...left, ...beside].join(', ')}`);
    const last = run.events.at(-1) ?? {};
    if (run.code === 0) {
        if (last.event !== 'finished') problems.push(`ended well, but its last event is ${last.event}`);
        if (run.errors.trim()) problems.push(`ended well, but complained: ${run.errors.trim().slice(0, 200)}`);
    } else {
        const lines = run.errors.split('\n').filter(Boolean);
        if (lines.length !== 1 || !/[。.]$/.test(lines[0])) problems.push(`not one plain sentence: ${JSON.stringify(run.errors.slice(0, 300))}`);
        if (last.event !== 'failed' || !last.message || !last.message_en) problems.push(`its last event is not a whole "failed": ${JSON.stringify(last)}`);
        if (await stat(run.folder).catch(() => null)) problems.push(`left a half folder: ${(await readdir(run.folder)).join(', ')}`);
    }
    return problems;
}

/** What is wrong with a folder for any player: rules broken, or bytes that do not decode. */
export async function wrongWithFolder(folder, checker) {
    const problems = [];
    if (checker) {
        const checked = await runProgram(checker, [folder], { timeout: 60_000 });
        if (checked.code !== 0) problems.push(`breaks rules: ${(checked.output.toString() + checked.errors).trim().split('\n').slice(0, 6).join(' | ')}`);
    }
    const args = ['-nostdin', '-v', 'error', '-xerror', '-i', 'main.m3u8', '-map', '0', '-enc_time_base:v', '-1', '-f', 'null', '-'];
    const played = await runProgram('ffmpeg', args, { cwd: folder, timeout: 120_000 });
    if (played.code !== 0 || played.errors.trim()) problems.push(`ffmpeg does not play it: ${played.errors.trim().slice(0, 300)}`);
    return problems;
}

/** The renditions of a folder by its main.m3u8: `{ picture: { file, width, height }, sound: { file } }`, the best of each. */
export async function renditionsOf(folder) {
    const lines = (await readFile(join(folder, 'main.m3u8'), 'utf8')).split('\n');
    let picture = null;
    let sound = null;
    lines.forEach((line, index) => {
        const uri = /URI="([^"]+)"/.exec(line)?.[1];
        if (line.startsWith('#EXT-X-MEDIA:') && line.includes('TYPE=AUDIO') && uri) sound = { playlist: uri };
        if (!line.startsWith('#EXT-X-STREAM-INF:')) return;
        const next = lines[index + 1];
        const [, width, height] = /RESOLUTION=(\d+)x(\d+)/.exec(line) ?? [];
        if (!width) {
            sound ??= { playlist: next };
            return;
        }
        const rate = Number(/FRAME-RATE=([\d.]+)/.exec(line)?.[1]);
        const found = { playlist: next, width: Number(width), height: Number(height), rate };
        if (!picture || found.width * found.height * rate >= picture.width * picture.height * picture.rate) picture = found;
    });
    for (const rendition of [picture, sound].filter(Boolean)) {
        const text = await readFile(join(folder, rendition.playlist), 'utf8');
        rendition.file = join(folder, /#EXT-X-MAP:URI="([^"]+)"/.exec(text)[1]);
        rendition.seconds = [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
    }
    return { picture, sound };
}

/** Whether what plays is what was in the source. */
export async function wrongWithContent(run, expected) {
    const problems = [];
    const { picture, sound } = await renditionsOf(run.folder);
    const seconds = run.events.at(-1).duration_s;
    if (Math.abs(seconds - expected.seconds) > expected.give) problems.push(`lasts ${seconds} s, not ${expected.seconds} ± ${expected.give}`);
    for (const [what, rendition, wanted] of [['picture', picture, expected.picture], ['sound', sound, expected.sound]]) {
        if (wanted !== null && Boolean(rendition) !== wanted) problems.push(rendition ? `has a ${what} from nowhere` : `lost its ${what}`);
        if (rendition && Math.abs(rendition.seconds - seconds) > 0.1) problems.push(`${what}: index of ${rendition.seconds} s, finished says ${seconds} s`);
    }
    const frames = picture ? await framesOf(picture.file) : [];
    if (picture) problems.push(...wrongWithPicture(picture, frames, expected));
    const flashes = flashesIn(frames);
    const beeps = sound ? beepsIn(await loudnessOf(sound.file)) : [];
    const offsets = offsetsOf(flashes, beeps, expected.offset);
    const off = offsets.map((offset) => Math.round(offset - expected.offset));
    if (off.some((each) => Math.abs(each) > expected.within)) problems.push(`sound is off by ${off.join(', ')} ms`);
    if (offsets.length < expected.pairs) problems.push(`only ${offsets.length} of ${expected.pairs} flashes have their beep (flashes ${rounded(flashes)}; beeps ${rounded(beeps)})`);
    if (flashes.length < (expected.flashes ?? 0)) problems.push(`${flashes.length} of ${expected.flashes} flashes`);
    if (beeps.length < (expected.beeps ?? 0)) problems.push(`${beeps.length} of ${expected.beeps} beeps`);
    return problems;
}

function wrongWithPicture({ width, height }, frames, expected) {
    const problems = [];
    if (frames.length === 0) return ['no frame at all'];
    if (expected.shape && Math.abs(width - height * expected.shape) > Math.max(2.5, 0.03 * width))
        problems.push(`shown as ${width}x${height}, not ${expected.shape.toFixed(3)}`);
    if ((expected.upright ?? true) && !isUpright(frames)) problems.push('not upright');
    const off = expected.colour ? offBlue(frames) : 0;
    if (off > 16) problems.push(`blue is off by ${Math.round(off)}`);
    return problems;
}

const rounded = (times) => times.map(Math.round).join(' ');

/** Tries one case wholly. Gives `{ id, outcome, problems, seconds }`. */
export async function trial(each, { transcoder, checker, work }) {
    const run = await transcoded(each, transcoder, work);
    const problems = await wrongWithRun(run, work, each.grows || each.shrinks);
    const { expect } = each;
    const last = run.events.at(-1) ?? {};
    if (run.code === 0) {
        problems.push(...(await wrongWithFolder(run.folder, checker)));
        if (expect.kind === 'refused') problems.push(`should be refused as ${expect.kinds.join(' or ')}`);
        if (expect.kind === 'plays') problems.push(...(await wrongWithContent(run, expect)));
    } else if (expect.kind === 'plays' && !expect.mayBeRefused) problems.push(`refused as ${last.kind}: ${last.message_en}`);
    else if (expect.kind === 'refused' && !expect.kinds.includes(last.kind)) problems.push(`refused as ${last.kind}, not as ${expect.kinds.join(' or ')}`);
    else if (expect.kind !== 'refused' && (last.kind === 'internal' || last.kind === 'no_space')) problems.push(`refused as ${last.kind}`);
    return { id: each.id, outcome: run.code === 0 ? 'plays' : `refused (${last.kind})`, problems, seconds: run.seconds };
}
