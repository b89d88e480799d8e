// The transcoder's memory, as tests/bench/memory/run starts it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: {
    build: { type: 'string', default: 'build/release' }, seconds: { type: 'string', default: '60' }, times: { type: 'string', default: '4' },
} });
const program = path.resolve(options.build, 'kiroku-transcoder');
const mebibyte = 1 << 20;
const most = 1024 * mebibyte;
/** How much more the long one may have: what chance does to when threads meet. */
const give = 1.15;
const betweenLooks = 50;

const ffmpeg = (words) => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...words], { stdio: 'inherit' });

/** What all processes of a group have at once, what they share counted once (Pss). Pages of files do not count. */
async function memoryOf(group) {
    let bytes = 0;
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
        if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) continue;
        const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
        const kilobytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0);
        bytes += 1024 * (kilobytes('Pss_Anon') + kilobytes('Pss_Shmem'));
    }
    return bytes;
}

async function peakOf(words) {
    const child = spawn(program, words, { detached: true, stdio: ['ignore', 'ignore', 'inherit'] });
    let over = false;
    const ended = new Promise((resolve) => child.once('close', (code) => {
        over = true;
        resolve(code);
    }));
    let peak = 0;
    while (!over) {
        peak = Math.max(peak, await memoryOf(child.pid));
        await delay(betweenLooks);
    }
    if ((await ended) !== 0) throw new Error(`the transcoder did not finish ${words.join(' ')}`);
    return peak;
}

const work = await mkdtemp(path.join(tmpdir(), 'kiroku-memory-'));
let wrong = 0;
try {
    const seconds = Number(options.seconds);
    const long = seconds * Number(options.times);
    const [short_file, long_file] = [path.join(work, 'short.mp4'), path.join(work, 'long.mp4')];
    ffmpeg(['-f', 'lavfi', '-i', `testsrc2=s=1920x1080:r=30:d=${seconds},noise=c0s=9:c0f=t`, '-f', 'lavfi', '-i', `anoisesrc=c=pink:r=48000:a=0.3:d=${seconds}`,
        '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '26', '-g', '250', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', short_file]);
    ffmpeg(['-stream_loop', String(Number(options.times) - 1), '-i', short_file, '-c', 'copy', long_file]);
    for (const [name, words] of [['encoded', ['--no-passthrough']], ['as it comes', []]]) {
        const peaks = [];
        for (const [file, length] of [[short_file, seconds], [long_file, long]]) {
            const folder = path.join(work, 'out');
            peaks.push(await peakOf([...words, file, folder]));
            await rm(folder, { recursive: true });
            console.log(`1080p, ${name}: ${String(length).padStart(4)} s, at most ${(peaks.at(-1) / mebibyte).toFixed(0)} MiB`);
        }
        const isFlat = peaks[1] <= peaks[0] * give;
        const isMet = isFlat && Math.max(...peaks) < most;
        wrong += isMet ? 0 : 1;
        console.log(`1080p, ${name}: ${(peaks[1] / peaks[0]).toFixed(2)}× of the short one's; under 1 GiB and at most ${give}×: ${isMet ? 'met' : 'MISSED'}`);
    }
} finally {
    await rm(work, { recursive: true, force: true });
}
process.exit(wrong ? 1 : 0);
