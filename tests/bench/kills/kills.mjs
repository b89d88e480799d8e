// kill -9 at random points of the transcoder's runs, as tests/bench/kills/run starts it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../../odd_inputs/bytes.mjs';
import { eventually } from '../../support/node/program.mjs';
import { makeSource } from '../transcode/sources.mjs';

const { values: options } = parseArgs({ options: {
    build: { type: 'string', default: 'build/release' }, kills: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' }, seed: { type: 'string', default: '20211228' },
} });
const program = path.resolve(options.build, 'kiroku-transcoder');
const kills = Number(options.kills);
const next = random(Number(options.seed));
const mostInARow = 5;

/** A source, and the words that its rows are made with. */
const rows = [
    { name: 'slides', kind: 'slides', words: ['--no-passthrough'] },
    { name: 'camera', kind: 'camera', words: ['--no-passthrough'] },
    { name: 'passed', kind: 'slides', words: [] },
];

/** Processes of the group that still run. */
async function groupOf(leader) {
    const found = [];
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
        const [state, , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
        if (Number(group) === leader && state !== 'Z') found.push(Number(pid));
    }
    return found;
}

/** Runs the program, killed after so many milliseconds where told; whether it got to its end, and how long it took. */
async function run(words, killAfter, whom) {
    const began = Date.now();
    const child = spawn(program, words, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (bytes) => (said += bytes));
    const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
    const limit = killAfter === undefined ? undefined : setTimeout(() => {
        // The program alone, whose helpers then go by themselves, or all of it at once.
        process.kill(whom === 'all' ? -child.pid : child.pid, 'SIGKILL');
    }, killAfter);
    const { code, signal } = await ended;
    clearTimeout(limit);
    await eventually('nothing of it still runs', async () => (await groupOf(child.pid)).length === 0, 5000);
    if (signal !== 'SIGKILL' && code !== 0) throw new Error(`${words.join(' ')}: ${said}`);
    return { finished: code === 0, milliseconds: Date.now() - began };
}

/** The bytes of all that a folder holds, by name; of the report all but its speed. */
async function contentsOf(folder) {
    const sums = {};
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath ?? entry.path, entry.name);
        let bytes = await readFile(file);
        if (entry.name === 'report.json') {
            const { speed, ...rest } = JSON.parse(bytes);
            bytes = Buffer.from(JSON.stringify(rest));
        }
        sums[path.relative(folder, file)] = createHash('sha256').update(bytes).digest('hex');
    }
    return sums;
}

/** Names that are in one of them only, or differ. */
const differences = (one, other) => [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]).sort();

const work = await mkdtemp(path.join(tmpdir(), 'kiroku-kills-'));
let killed = 0;
let wrong = 0;
try {
    const sources = {};
    for (const kind of new Set(rows.map((row) => row.kind))) {
        sources[kind] = path.join(work, `${kind}.mp4`);
        makeSource(kind, work, '', Number(options.seconds), sources[kind]);
    }
    for (const [at, { name, kind, words }] of rows.entries()) {
        const undisturbed = path.join(work, `${name}-undisturbed`);
        const { milliseconds } = await run([...words, sources[kind], undisturbed]);
        const expected = await contentsOf(undisturbed);
        const wanted = Math.round((kills * (at + 1)) / rows.length);
        const began = killed;
        let folders = 0;
        let spared = 0;
        for (; killed < wanted; ++folders) {
            const folder = path.join(work, `${name}-killed`);
            let made = false;
            for (let left = Math.min(1 + Math.floor(next() * mostInARow), wanted - killed); left > 0 && !made; --left) {
                // What is left to do becomes less, so a kill may come too late.
                made = (await run([...words, sources[kind], folder], next() * milliseconds, next() < 0.5 ? 'all' : 'one')).finished;
                killed += made ? 0 : 1;
                spared += made ? 1 : 0;
            }
            if (!made) await run([...words, sources[kind], folder]);
            const differing = differences(expected, await contentsOf(folder));
            if (differing.length) {
                wrong += 1;
                console.log(`${name}: ${differing.join(', ')} after ${killed} kills (--seed ${options.seed})`);
                await cp(folder, path.join(tmpdir(), `kiroku-kills-${name}-${folders}`), { recursive: true });
            }
            await rm(folder, { recursive: true, force: true });
        }
        console.log(`${name.padEnd(8)} ${String(killed - began).padStart(4)} kills of runs of ${(milliseconds / 1000).toFixed(1)} s, ${folders} folders (${spared} done before their kill), ${Object.keys(expected).length} files each`);
    }
    console.log(`${killed} kills; ${wrong} folders not byte for byte what an undisturbed run makes`);
} finally {
    await rm(work, { recursive: true, force: true });
}
process.exit(wrong ? 1 : 0);
