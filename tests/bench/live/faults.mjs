// A meeting that everything happens to: the server, the transcoder and the publisher are killed at random moments, again and
// again. What was listed stays, letter by letter, what came is listed but for two seconds, and the archive is whole.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { entry, makeClip, publisherOf, Meeting } from './rough_meeting.mjs';
import { eventually, runProgram } from '../../support/node/program.mjs';

const { values: options } = parseArgs({
  options: {
    times: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    build: { type: 'string', default: 'build/release' },
  },
});
const MOST_LOST_S = 2;

/** The same moments for the same seed. */
function* randomFrom(seed) {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** What a playlist lists: segments by number, as their lines say, and when its last part ends by the wall clock. */
function listing(text) {
  const segments = new Map();
  let lines = [];
  let [date, end] = [0, 0];
  for (const line of text.split('\n')) {
    const [, stamp] = /^#EXT-X-PROGRAM-DATE-TIME:(.*)/.exec(line) ?? [];
    if (stamp) [date, end] = [Date.parse(stamp), Date.parse(stamp)];
    const [, part] = /^#EXT-X-PART:DURATION=([\d.]+)/.exec(line) ?? [];
    if (part) end += Number(part) * 1000;
    const [, whole] = /^#EXTINF:([\d.]+)/.exec(line) ?? [];
    if (whole) end = date + Number(whole) * 1000;
    if (/^#EXT(INF|-X-(DISCONTINUITY|MAP|PROGRAM))/.test(line)) lines.push(line);
    const [, number] = /^(\d+)\.m4s$/.exec(line) ?? [];
    if (!number) continue;
    segments.set(Number(number), lines.join('\n'));
    lines = [];
  }
  return { segments, end };
}

const build = path.resolve(options.build);
const data = await mkdtemp(path.join(tmpdir(), 'kiroku-faults-'));
const meeting = new Meeting(build, data);
const random = randomFrom(Number(options.seed));
const chance = () => random.next().value;
const found = [];
const lost = [];
const counts = {};
try {
  const clip = await makeClip(data);
  await meeting.prepare();
  await meeting.start();
  let publisher = publisherOf(clip, meeting.rtmp);
  const names = await eventually('the stream can be watched', () => meeting.renditions().catch(() => undefined), 40_000);
  const lists = async () => new Map(await Promise.all(names.map(async (name) => [name, listing(await meeting.index(name))])));
  const faults = {
    server: async () => {
      await meeting.kill();
      publisher.kill();
      await meeting.start();
      publisher = publisherOf(clip, meeting.rtmp);
    },
    transcoder: async () => meeting.killTranscoder(),
    publisher: async () => {
      publisher.kill();
      await delay(2000 * chance());
      publisher = publisherOf(clip, meeting.rtmp);
    },
  };
  for (let time = 1; time <= Number(options.times); time += 1) {
    await delay(500 + 3500 * chance());
    const before = await lists();
    const name = Object.keys(faults)[Math.floor(3 * chance())];
    counts[name] = (counts[name] ?? 0) + 1;
    const killed = meeting.now();
    await faults[name]();
    const parts = await eventually(`it goes on after ${name} ${time}`, async () => {
      const after = await lists().catch(() => undefined);
      return after && [...after].every(([each, { end }]) => end > before.get(each).end + 1500) && after;
    }, 40_000);
    // What came until then and is not listed: the last part before the break ends that much earlier.
    const text = await meeting.index(names[0]);
    const broken = text.lastIndexOf('#EXT-X-DISCONTINUITY');
    const kept = listing(text.slice(0, broken)).end;
    if (broken > 0) lost.push(Math.max(0, (killed - kept) / 1000));
    for (const [each, { segments }] of before)
      for (const [number, lines] of segments)
        if (parts.get(each).segments.get(number) !== lines)
          found.push(`${name} ${time}: segment ${number} of ${each} was\n${lines}\nand is\n${parts.get(each).segments.get(number)}`);
    if (time % 20 === 0) console.log(`${time} faults (${JSON.stringify(counts)}): ${found.length} findings, at most ${Math.max(...lost).toFixed(2)} s lost`);
  }
  await meeting.run(['live', 'end', entry]);
  publisher.kill();
  await eventually('it is an archive', async () => (await meeting.recordingState()) === 'ready', 240_000);
  const checked = await meeting.command(['check']);
  if (checked.code !== 0) found.push(checked.output.toString());
  const [recording] = await readdir(path.join(data, 'media'));
  const ran = await runProgram(path.join(build, 'kiroku-hls-check'), [path.join(data, 'media', recording)], { timeout: 240_000 });
  // Breaks every few seconds make segments of a second, each with a key frame: nothing stays within 192 kbit/s (V8).
  const breaches = ran.output.toString().split('\n').filter((line) => line && !line.startsWith('V8 '));
  found.push(...breaches);
  const stamps = (await readFile(path.join(data, 'media', recording, `${names[0]}.m3u8`), 'utf8')).match(/#EXTINF/g).length;
  console.log(`${options.times} faults (${JSON.stringify(counts)}), ${stamps} segments: ${found.length} findings; at most ${Math.max(...lost).toFixed(2)} s lost (goal ${MOST_LOST_S})`);
  found.forEach((finding) => console.log(finding));
} finally {
  await meeting.kill();
  await rm(data, { recursive: true, force: true });
}
process.exit(found.length > 0 || Math.max(...lost) > MOST_LOST_S ? 1 : 0);
