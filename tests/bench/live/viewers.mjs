// Many viewers of low latency, from one program on the machine that encodes and serves: is every part there before it is due?
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runProgram } from '../../support/node/program.mjs';
import { desk, play, startMeeting } from './meeting.mjs';

const { values: options } = parseArgs({
  options: {
    viewers: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    build: { type: 'string', default: 'build/release' },
  },
});
const PART_S = 1;

const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
/** Seconds of user and system time that a process has had, and the memory that it holds and held at most. */
function used(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  return { seconds: (Number(fields[11]) + Number(fields[12])) / ticks, memory: of('VmRSS'), most: of('VmHWM') };
}

const build = path.resolve(options.build);
const meeting = await startMeeting(build);
let missed = true;
try {
  const url = await play(meeting);
  const main = await (await fetch(meeting.address + url)).text();
  const [picture] = [...main.matchAll(/^(v[0-9a-z]+)\/index\.m3u8$/gm)].map(([, name]) => name).slice(-1);
  const [sound] = /a\d+/.exec(main);
  const before = used(meeting.server.pid);
  const limit = (Number(options.seconds) + 30) * 1000;
  const ran = await runProgram(path.join(build, 'live_bench_viewers'),
    [new URL(meeting.address).port, options.viewers, options.seconds, String(PART_S), url.replace('main.m3u8', ''), picture, sound], { timeout: limit });
  if (ran.code !== 0) throw new Error(ran.errors || 'the load did not end');
  const after = used(meeting.server.pid);
  const seen = JSON.parse(ran.output.toString());
  const { publisher, dropped, recorded_s } = await desk(meeting);
  const took = ran.seconds;
  const expected = Math.floor(seen.seconds) * seen.viewers * 2;
  missed = seen.late > 0 || seen.failed > 0 || seen.parts < expected * 0.97 || publisher.dropped_frames > 0 || dropped.length > 0;
  console.log(`${seen.viewers} viewers of ${picture} and ${sound} for ${seen.seconds} s: ${seen.parts} parts (${expected} expected), ${seen.late} late, ${seen.failed} failed, ${seen.refused} refused; ` +
    `a part after its listing ${seen.part_ms.p50} ms median, ${seen.part_ms.p99} p99, ${seen.part_ms.max} at most; ` +
    `a playlist ${seen.playlist_ms.p50} ms median, ${seen.playlist_ms.p99} p99`);
  console.log(`server: ${(((after.seconds - before.seconds) / took) * 100).toFixed(1)} % of a core, ${after.memory.toFixed(0)} MiB (${before.memory.toFixed(0)} without viewers, ${after.most.toFixed(0)} at most); ` +
    `${(seen.requests / seen.seconds).toFixed(0)} requests a second, ${((seen.bytes * 8) / seen.seconds / 1e6).toFixed(0)} Mbit/s; ` +
    `encoder: ${publisher.dropped_frames} frames dropped, late ${publisher.late_s} s, rungs dropped: ${dropped.join(' ') || 'none'}, ${recorded_s} s recorded`);
} finally {
  await meeting.stop();
}
process.exit(missed ? 1 : 0);
