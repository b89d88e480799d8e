// How long a search takes where there is much to be found, and where there is much that may not be found.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, runProgram, startServer } from '../../support/node/program.mjs';

const { values: options } = parseArgs({
  options: {
    videos: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '60' },
    build: { type: 'string', default: 'build/release' },
  },
});
const videos = Number(options.videos);
const rounds = Number(options.rounds);
const CUES_EACH = 10;
const GOAL_MS = 20;
/** Every hundredth video is open to everybody, the others have closed: an archive after some years. */
const OPEN_EACH = 100;

const subjects = ['適応策', '緩和策', '脱炭素', '公共施設', '省エネルギー', '再生可能エネルギー', '暑熱対策', '水害', '緑のカーテン', 'ゼロカーボンシティ', 'ＺＥＢ化', '電気自動車', '環境教育', '生物多様性', 'ごみ減量', 'CO2排出量'];
const verbs = ['について説明します。', 'の事例を紹介します。', 'を進めるには住民の協力が欠かせません。', 'の予算を確保することが課題です。', 'に取り組む市が増えています。', 'の効果は数字で示すことが大切です。'];
// A row of numbers that is the same on every machine.
let seed = 7;
const chance = (count) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * count);
};
const sentence = () => `${subjects[chance(subjects.length)]}${verbs[chance(verbs.length)]}`;

function archive() {
  const lectures = [];
  const captions = [];
  for (let number = 1; number <= videos; number += 1) {
    const id = `lec-${number}`;
    const closed = number % OPEN_EACH !== 0;
    lectures.push({
      id, series: 'lectures', number, title: `${subjects[chance(subjects.length)]}の講演 第${number}回`, speakerLabel: `講師${number % 50}`, audience: 'public',
      window: closed ? { opens: '2020-04-01T00:00:00+09:00', closes: '2021-03-31T00:00:00+09:00' } : { opens: '2021-04-01T00:00:00+09:00', closes: '2022-03-31T00:00:00+09:00' },
    });
    const cues = Array.from({ length: CUES_EACH }, (_, at) => ({ start: at * 8, end: at * 8 + 7, text: sentence() }));
    if (number === OPEN_EACH * 3) cues[4].text = '唯一無二のお話です。';
    captions.push({ mediaId: id, lang: 'ja', label: '日本語', cues });
  }
  return { schema: 'demo-catalog/1', series: [{ id: 'lectures', title: '動画講演', audience: 'public' }], lectures, captions };
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (address) => new Promise((resolve, reject) => {
  const began = performance.now();
  get(address, { agent }, (reply) => {
    const pieces = [];
    reply.on('data', (bytes) => pieces.push(bytes));
    reply.on('end', () => resolve({ took: performance.now() - began, text: Buffer.concat(pieces).toString(), status: reply.statusCode }));
  }).once('error', reject);
});
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

const cases = [
  ['two letters', '適応', 'some'],
  ['half-width', 'ｾﾞﾛｶｰﾎﾞﾝ', 'some'],
  ['kana', 'ぜろかーぼん', 'some'],
  ['wide, mistyped', 'Ｃ０２', 'some'],
  ['mixed', 'ＺＥＢ 予算', 'some'],
  ['one letter', '策', 'some'],
  ['everywhere', 'ます', 'some'],
  ['everywhere, twice', 'ます 紹介', 'some'],
  ['once', '唯一無二', 'one'],
  ['nowhere', '存在しない言葉', 'none'],
];

const data = await mkdtemp(path.join(tmpdir(), 'kiroku-search-'));
let server;
try {
  const file = path.join(data, 'archive.json');
  await writeFile(file, JSON.stringify(archive()));
  const kiroku = path.resolve(options.build, 'kiroku');
  const folder = path.join(data, 'site');
  const began = Date.now();
  const imported = await runProgram(kiroku, ['import', file, '--data', folder], { timeout: 600_000 });
  if (imported.code !== 0) throw new Error(imported.errors);
  console.log(`${videos} videos with ${videos * CUES_EACH} cues: imported and indexed in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  server = await startServer(kiroku, ['serve', '--data', folder, '--listen', `127.0.0.1:${port}`, '--clock', '2021-10-25T09:00:00+09:00'], `${address}/healthz`);
  let failed = false;
  for (const [name, words, expected] of cases) {
    const times = { search: [], page: [], least: [] };
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const reply = await ask(`${address}/api/search?q=${encodeURIComponent(words)}`);
      times.search.push(reply.took);
      found = JSON.parse(reply.text).results.length;
      times.page.push((await ask(`${address}/search?q=${encodeURIComponent(words)}`)).took);
      times.least.push((await ask(`${address}/healthz`)).took);
    }
    const right = expected === 'none' ? found === 0 : expected === 'one' ? found === 1 : found > 5;
    const took = median(times.search);
    const page = median(times.page);
    if (!right || took > GOAL_MS || page > GOAL_MS) failed = true;
    console.log(`${name.padEnd(18)} ${words}: ${took.toFixed(1)} ms median, ${Math.max(...times.search).toFixed(1)} most; page ${page.toFixed(1)} ms; healthz ${median(times.least).toFixed(2)} ms; ${found} found${right ? '' : ', which is wrong'}`);
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  await server?.stop();
  agent.destroy();
  await rm(data, { recursive: true, force: true });
}
