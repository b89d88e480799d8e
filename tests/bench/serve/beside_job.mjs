// Segments while a job runs, as tests/bench/serve/beside_job starts it: so many viewers, each of whom takes a segment of
// 600 KB every six seconds, whatever the server does. In turns with the job held (SIGSTOP) and running.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, readlink, rm, stat } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: {
    build: { type: 'string', default: 'build/release' }, seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '5' }, viewers: { type: 'string', default: '300' },
} });
process.env.KIROKU_PROGRAMS = path.resolve(options.build);
const { Site, transcoder } = await import('../../end_to_end/site.mjs');

const secondsASegment = 6;
const segments = 100;
const goal = 1.2;
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

/** Milliseconds from the asking to the last byte. */
const take = (address) => new Promise((resolve, reject) => {
    const began = performance.now();
    http.get(address, { agent }, (reply) => {
        if (reply.statusCode !== 200) reject(new Error(`${address}: ${reply.statusCode}`));
        reply.on('data', () => {});
        reply.once('end', () => resolve(performance.now() - began));
    }).once('error', reject);
});

/** How long each of the segments took that the viewers asked for, each in its own beat. */
async function watch(base) {
    const viewers = Number(options.viewers);
    const count = Math.round((viewers * Number(options.seconds)) / secondsASegment);
    const beat = (secondsASegment * 1000) / viewers;
    const began = performance.now();
    const taken = [];
    for (let at = 0; at < count; ++at) {
        const wait = began + at * beat - performance.now();
        if (wait > 1) await delay(wait);
        taken.push(take(`${base}/v720/${at % segments}.m4s`));
    }
    return (await Promise.all(taken)).sort((one, other) => one - other);
}

const part = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const median = (list) => part([...list].sort((one, other) => one - other), 0.5);

/** The processes of this site's transcoder, and how long they have worked, in clock ticks. */
async function working() {
    const all = [];
    const groups = new Set();
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        if ((await readlink(`/proc/${pid}/exe`).catch(() => '')) !== transcoder) continue;
        const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        all.push({ pid: Number(pid), group: fields[2], ticks: Number(fields[11]) + Number(fields[12]) });
        // The server hands it the recording's folder.
        if ((await readlink(`/proc/${pid}/fd/3`).catch(() => '')).startsWith(folder)) groups.add(fields[2]);
    }
    return all.filter(({ group }) => groups.has(group));
}

const endings = [];
const folder = await mkdtemp(path.join(tmpdir(), 'kiroku-bench-'));
try {
    const data = path.join(folder, 'data');
    execFileSync(path.resolve(options.build, 'serve_bench_archive'), [data, path.join(folder, 'nginx')]);
    const source = path.join(folder, 'camera.mp4');
    // As long as all turns together: an hour of 1080p that cannot be handed on.
    const piece = path.join(folder, 'piece.mp4');
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30:d=30,noise=c0s=9:c0f=t',
        '-f', 'lavfi', '-i', 'anoisesrc=c=pink:r=48000:a=0.3:d=30', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '28', '-pix_fmt', 'yuv444p', '-c:a', 'aac', piece]);
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-stream_loop', '39', '-i', piece, '-c', 'copy', source]);
    const site = await Site.start({ after: (end) => endings.push(end) }, { data });
    site.spoilt = true; // the archive's segments hold noise
    await site.addSecretariat();
    const desk = await site.signedIn();
    await desk.upload(source, (await stat(source)).size);
    const { url } = (await site.visitor().post('/api/videos/segments/play')).body;
    const base = site.address + path.dirname(url);
    for (let tries = 0; (await working()).length === 0; ++tries) {
        if (tries > 100) throw new Error('no transcoder began to work');
        await delay(200);
    }
    await delay(10_000); // it has looked at the recording by then, and encodes
    await watch(base);
    const all = { rest: [], job: [] };
    for (let round = 0; round < Number(options.rounds); ++round) {
        for (const state of round % 2 ? ['job', 'rest'] : ['rest', 'job']) {
            for (const { pid } of await working()) process.kill(pid, state === 'rest' ? 'SIGSTOP' : 'SIGCONT');
            await delay(500);
            const before = await working();
            const began = performance.now();
            const times = await watch(base);
            const seconds = (performance.now() - began) / 1000;
            const after = await working();
            if (after.length === 0) throw new Error('the job ended before the measuring did');
            const worked = after.reduce((sum, { pid, ticks }) => sum + ticks - (before.find((known) => known.pid === pid)?.ticks ?? 0), 0) / 100 / seconds;
            all[state].push({ p50: part(times, 0.5), p99: part(times, 0.99), worked });
        }
    }
    const of = (state, what) => median(all[state].map((one) => one[what]));
    for (const [state, words] of [['rest', 'at rest'], ['job', 'beside a job']])
        console.log(`${words.padEnd(13)} half within ${of(state, 'p50').toFixed(1)} ms, 99 in 100 within ${of(state, 'p99').toFixed(1)} ms; the job had ${of(state, 'worked').toFixed(2)} cores`);
    const ratio = of('job', 'p99') / of('rest', 'p99');
    console.log(`${options.viewers} viewers: p99 ${ratio.toFixed(2)}× of that at rest; goal ${goal}×: ${ratio <= goal ? 'met' : 'MISSED'}`);
    process.exitCode = ratio <= goal ? 0 : 1;
} finally {
    for (const { pid } of await working()) try { process.kill(pid, 'SIGCONT'); } catch { /* it has ended */ }
    for (const end of endings) await end();
    agent.destroy();
    await rm(folder, { recursive: true, force: true });
}
