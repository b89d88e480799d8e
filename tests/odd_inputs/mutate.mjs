// Changes odd files by chance and gives them to the transcoder: it must never crash, hang, leave a half folder or a wrong word.
//   node mutate.mjs --transcoder PROGRAM --checker PROGRAM --folder DIR [--count 30] [--seed N] [--first N] [--parallel N]
// What goes wrong is kept in DIR/mutated, with the number that makes it again (--seed S --first N --count 1).
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from './bytes.mjs';
import { cores, corpus, inParallel } from './corpus.mjs';
import { transcoded, wrongWithFolder, wrongWithRun } from './trial.mjs';

const { values } = parseArgs({ options: {
    transcoder: { type: 'string' }, checker: { type: 'string' }, folder: { type: 'string' }, parallel: { type: 'string' },
    count: { type: 'string', default: '30' }, seed: { type: 'string' }, first: { type: 'string', default: '0' },
} });
if (!values.transcoder || !values.folder) {
    console.error('mutate.mjs needs --transcoder and --folder; see its first lines.');
    process.exit(2);
}
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));

const bytesAt = (next, count) => Buffer.from(Uint8Array.from({ length: count }, () => next() * 256));
const place = (next, file) => Math.floor(next() * file.length);
/** Where headers are: the first and the last few thousand bytes. */
const headPlace = (next, file) => {
    const near = Math.floor(next() ** 2 * Math.min(8192, file.length));
    return next() < 0.5 ? near : file.length - 1 - near;
};

/** Ways to change a file; each gives a new one. */
const changes = [
    function someBits(next, file) {
        const result = Buffer.from(file);
        for (let left = 1 + Math.floor(next() ** 3 * 500); left > 0; --left) result[place(next, file)] ^= 1 << Math.floor(next() * 8);
        return result;
    },
    function headerBits(next, file) {
        const result = Buffer.from(file);
        for (let left = 1 + Math.floor(next() * 12); left > 0; --left) result[headPlace(next, file)] ^= 1 << Math.floor(next() * 8);
        return result;
    },
    function headerNumber(next, file) {
        const result = Buffer.from(file);
        const numbers = [0, 1, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];
        const at = Math.min(headPlace(next, file), file.length - 4);
        if (at >= 0) result.writeUInt32BE(numbers[Math.floor(next() * numbers.length)], at);
        return result;
    },
    function cutOff(next, file) {
        return file.subarray(0, place(next, file));
    },
    function pieceOut(next, file) {
        const at = place(next, file);
        return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + Math.floor(next() ** 3 * 50_000))]);
    },
    function pieceTwice(next, file) {
        const at = place(next, file);
        const piece = file.subarray(at, at + 1 + Math.floor(next() ** 2 * 50_000));
        return Buffer.concat([file.subarray(0, at), piece, piece, file.subarray(at + piece.length)]);
    },
    function pieceElsewhere(next, file) {
        const result = Buffer.from(file);
        const from = place(next, file);
        file.copy(result, place(next, file), from, from + 1 + Math.floor(next() ** 2 * 20_000));
        return result;
    },
    function noiseIn(next, file) {
        const result = Buffer.from(file);
        bytesAt(next, 1 + Math.floor(next() ** 2 * 4000)).copy(result, place(next, file));
        return result;
    },
    function zerosIn(next, file) {
        const at = place(next, file);
        return Buffer.from(file).fill(0, at, Math.min(file.length, at + Math.floor(next() * 20_000)));
    },
];

/** The mutation of this number: `{ name, bytes, extension }`; the same number gives the same bytes. */
async function mutation(number, cases) {
    const next = random(seed + Math.imul(number + 1, 0x9e3779b1));
    const each = cases[Math.floor(next() * cases.length)];
    let bytes = await readFile(each.path);
    const names = [];
    for (let left = 1 + Math.floor(next() ** 2 * 3); left > 0; --left) {
        const change = changes[Math.floor(next() * changes.length)];
        names.push(change.name);
        bytes = change(next, bytes);
    }
    return { name: `${each.id} ${names.join('+')}`, bytes, extension: extname(each.path) };
}

async function wrongWith(number, cases, work) {
    const { name, bytes, extension } = await mutation(number, cases);
    const path = join(work, `../${number}${extension}`);
    await writeFile(path, bytes);
    const run = await transcoded({ path }, resolve(values.transcoder), work);
    const problems = await wrongWithRun(run, work);
    if (run.code === 0) problems.push(...(await wrongWithFolder(run.folder, values.checker && resolve(values.checker))));
    else if (run.events.at(-1)?.kind === 'internal') problems.push('refused as internal');
    if (problems.length === 0) await rm(path, { force: true });
    return { name, problems, played: run.code === 0 };
}

const folder = join(resolve(values.folder), 'mutated');
await mkdir(folder, { recursive: true });
const everything = await corpus(join(values.folder, 'sources'));
const cases = [];
for (const each of everything) {
    const found = await stat(each.path).catch(() => null);
    if (found?.isFile() && found.size > 0 && found.size < 3_000_000 && !/2160|1921/.test(each.name)) cases.push(each);
}
console.log(`${values.count} mutations of ${cases.length} files, --seed ${seed}`);
const numbers = Array.from({ length: Number(values.count) }, (_, index) => index + Number(values.first));
let bad = 0;
let played = 0;
await inParallel(numbers, Number(values.parallel ?? cores()), async (number) => {
    const work = join(folder, `work-${number}`);
    const result = await wrongWith(number, cases, work);
    await rm(work, { recursive: true, force: true });
    for (const problem of result.problems) console.log(`--seed ${seed} --first ${number} --count 1 (${result.name}): ${problem}`);
    bad += result.problems.length ? 1 : 0;
    played += result.played ? 1 : 0;
});
console.log(`${numbers.length} mutations: ${played} play, ${numbers.length - played} are refused; ${bad} not as they should be`);
process.exit(bad ? 1 : 0);
