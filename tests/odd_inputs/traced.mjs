// Gives odd files to the transcoder under strace: behind the walls no process opens anything but its own folder, makes no
// socket, connects nowhere and starts no program. Exit 0 where that is so.
//   node traced.mjs --transcoder PROGRAM --folder DIR [--only WORD] [--every N] [--parallel N]
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runProgram } from '../support/node/program.mjs';
import { cores, corpus, inParallel } from './corpus.mjs';

const { values } = parseArgs({ options: {
    transcoder: { type: 'string' }, folder: { type: 'string' }, only: { type: 'string' }, every: { type: 'string', default: '1' }, parallel: { type: 'string' },
} });
if (!values.transcoder || !values.folder) {
    console.error('traced.mjs needs --transcoder and --folder; see its first lines.');
    process.exit(2);
}
const calls = 'open,openat,openat2,creat,socket,socketpair,connect,bind,sendto,execve,execveat,seccomp';
const limit = 300_000;

/** The calls of a log, in order, `{ process, text }`; one that was written in two halves is one. */
function callsIn(log) {
    const found = [];
    for (const line of log.split('\n').filter(Boolean)) {
        const [, process, text] = /^(\d+)\s+(.*)$/.exec(line);
        const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
        if (rest) {
            const begun = found.findLast((call) => call.process === process && call.text.endsWith(' <unfinished ...>'));
            begun.text = begun.text.replace(' <unfinished ...>', rest[1]);
        } else found.push({ process, text });
    }
    return found;
}

const is = ({ text }, ...names) => names.some((name) => text.startsWith(`${name}(`));
const failed = ({ text }) => / = -1 /.test(text);

/** Those behind the walls: of a process that raised its filter from then on, and of the threads it then made. */
function inside(all) {
    const enters = new Set(all.filter((call) => is(call, 'seccomp')).map(({ process }) => process));
    const entered = new Set();
    return all.filter((call) => {
        if (is(call, 'seccomp')) {
            if (call.text.includes('SECCOMP_SET_MODE_FILTER') && !failed(call)) entered.add(call.process);
            return false;
        }
        return entered.has(call.process) || (call.process !== all[0].process && !enters.has(call.process));
    });
}

const started = Date.now();
const all = await corpus(join(values.folder, 'sources'));
const chosen = all.filter(({ id, grows, shrinks }, at) => !grows && !shrinks && at % Number(values.every) === 0 && (!values.only || id.includes(values.only)));
const total = { walled: 0, opens: 0, refused: 0 };
let bad = 0;
await inParallel(chosen, Number(values.parallel ?? cores()), async ({ id, path }) => {
    const work = join(resolve(values.folder), 'traced', id.replace('/', '-'));
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true });
    const [log, out] = [join(work, 'log'), join(work, 'out')];
    const run = await runProgram('strace', ['-f', '-qq', '-s', '4096', '-e', 'signal=none', '-e', `trace=${calls}`, '-o', log, resolve(values.transcoder), path, out], { timeout: limit });
    const problems = run.timedOut ? [`still ran after ${limit / 1000} s`] : [];
    const seen = callsIn(await readFile(log, 'utf8'));
    for (const call of seen) {
        // Outside too: what the program itself starts are its own processes, by fork.
        if (is(call, 'socket', 'connect', 'bind') || (is(call, 'execve', 'execveat') && call !== seen[0])) problems.push(call.text);
    }
    const walled = inside(seen);
    total.walled += seen.some((call) => is(call, 'seccomp') && call.text.includes('SECCOMP_SET_MODE_FILTER')) ? 1 : 0;
    for (const call of walled.filter((each) => is(each, 'open', 'openat', 'openat2', 'creat'))) {
        if (call.text.includes(`"${out}`)) total.opens += 1;
        else if (failed(call)) total.refused += 1;
        else problems.push(call.text);
    }
    bad += problems.length ? 1 : 0;
    for (const problem of problems) console.log(`${id}: ${problem}`);
    await rm(work, { recursive: true, force: true });
});
console.log(`${chosen.length} odd files, ${total.walled} of them read behind walls: ${total.opens} opens in their own folder, ${total.refused} elsewhere refused, ${bad} files with an open outside, a socket, a connection or a program; ${((Date.now() - started) / 1000).toFixed(0)} s`);
process.exit(bad || total.walled === 0 ? 1 : 0);
