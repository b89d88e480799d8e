// A long session at full speed: the real server and packaging, fed as fast as they take it. Memory must stay flat, delta
// updates small, the archive whole, and its first and last seconds playable.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { eventually, runProgram } from '../../support/node/program.mjs';
import { entry, makeClip, Meeting } from './rough_meeting.mjs';

const { values: options } = parseArgs({
  options: { hours: { type: 'string', default: '4' }, build: { type: 'string', default: 'build/release' } },
});
const MOST_GROWTH_MIB = 32;
const MOST_DELTA_BYTES = 4096;

/** The memory of the server and of what it started, in MiB. */
async function memoryOf(pid) {
  const residentOf = async (id) => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${id}/status`, 'latin1').catch(() => ''))?.[1] ?? 0) / 1024;
  const parents = new Map();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '');
    parents.set(name, status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
  }
  const below = (id) => [...parents].filter(([, parent]) => parent === id).flatMap(([child]) => [child, ...below(child)]);
  let transcoder = 0;
  for (const child of below(String(pid))) transcoder += await residentOf(child);
  return { server: await residentOf(pid), transcoder };
}

/** What is wrong with the segment at that share of the session. */
async function misplaced(share, index) {
  const lengths = [...index.matchAll(/#EXTINF:([\d.]+)/g)].map(([, each]) => Number(each));
  const number = Math.round(share * (lengths.length - 1));
  const begins = lengths.slice(0, number).reduce((sum, each) => sum + each, 0);
  const bytes = await Promise.all(['init.mp4', `${number}.m4s`].map((name) => meeting.file(picture, name)));
  const probe = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0', '-i', 'pipe:0'];
  const ran = await runProgram('ffprobe', probe, { input: Buffer.concat(bytes) });
  const times = ran.output.toString().split('\n').filter(Boolean).map((line) => Number.parseFloat(line));
  const frame = lengths[number] / times.length;
  const isThere = ran.code === 0 && ran.errors === '' && Math.abs(times[0] - begins) < frame && Math.abs(times.at(-1) + frame - begins - lengths[number]) < frame;
  return isThere ? [] : [`segment ${number} lies at ${begins} s for ${lengths[number]} s, but plays ${times[0]} to ${times.at(-1)} ${ran.errors}`];
}

const build = path.resolve(options.build);
const data = await mkdtemp(path.join(tmpdir(), 'kiroku-session-'));
const meeting = new Meeting(build, data);
const findings = [];
let names;
let picture;
try {
  const clip = await makeClip(data);
  await meeting.prepare();
  await meeting.start();
  const length = Math.round(Number(options.hours) * 3600);
  const began = Date.now();
  const publishing = runProgram('ffmpeg', ['-v', 'error', '-stream_loop', '-1', '-t', String(length), '-i', clip, '-c', 'copy', '-f', 'flv', meeting.rtmp()], { timeout: 3_600_000 });
  names = await eventually('the stream can be watched', () => meeting.renditions().catch(() => undefined), 40_000);
  let isDone = false;
  void publishing.then(() => (isDone = true));
  const seen = [];
  while (!isDone) {
    await delay(2000);
    const [full, delta] = await Promise.all(['', '?_HLS_skip=YES'].map((query) => meeting.index(names[0], query)));
    const listed = [...full.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
    seen.push({ listed, full: full.length, delta: delta.length, ...(await memoryOf(meeting.server.process.pid)) });
  }
  const published = await publishing;
  const lengthOf = (text) => [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
  // What waits on its way into the packaging is no more than a few megabytes.
  await eventually('all of it is listed', async () => lengthOf(await meeting.index(names[0])) > length - 5, 60_000).catch((error) => findings.push(error.message));
  if (published.code !== 0) findings.push(`the publisher: ${published.errors}`);
  await meeting.run(['live', 'end', entry]);
  await eventually('it has an end', async () => (await meeting.index(names[0])).includes('#EXT-X-ENDLIST'), 60_000);
  const took = (Date.now() - began) / 1000;
  const index = await meeting.index(names[0]);
  const listed = lengthOf(index);
  if (Math.abs(listed - length) > 4) findings.push(`${listed} s are listed of ${length}`);
  const early = seen.find((each) => each.listed > listed / 8) ?? seen[0];
  const late = seen.at(-1);
  for (const who of ['server', 'transcoder']) {
    const most = Math.max(...seen.filter((each) => each.listed > listed / 8).map((each) => each[who]));
    if (most - early[who] > MOST_GROWTH_MIB) findings.push(`the memory of the ${who} grew from ${early[who].toFixed(0)} to ${most.toFixed(0)} MiB`);
  }
  if (late.delta > MOST_DELTA_BYTES) findings.push(`a delta update has ${late.delta} bytes`);
  picture = names.find((name) => name.startsWith('v'));
  // The first segment, one in the middle and the last play, and lie where the list says.
  for (const place of [0, 0.5, 1]) findings.push(...(await misplaced(place, await meeting.index(picture))));
  await eventually('it is an archive', async () => (await meeting.recordingState()) === 'ready', 900_000);
  const [recording] = await readdir(path.join(data, 'media'));
  const ran = await runProgram(path.join(build, 'kiroku-hls-check'), [path.join(data, 'media', recording)], { timeout: 600_000 });
  if (ran.code !== 0) findings.push(ran.output.toString().slice(0, 2000));
  console.log(`${(length / 3600).toFixed(2)} h in ${took.toFixed(0)} s (${(length / took).toFixed(0)} times as fast): server ${early.server.toFixed(0)} MiB after an eighth, ${late.server.toFixed(0)} at the end; ` +
    `transcoder ${early.transcoder.toFixed(0)}, ${late.transcoder.toFixed(0)}; a playlist ${late.full} bytes, its delta update ${late.delta}; ${findings.length} findings`);
  findings.forEach((finding) => console.log(finding));
} finally {
  await meeting.kill();
  await rm(data, { recursive: true, force: true });
}
process.exit(findings.length > 0 ? 1 : 0);
