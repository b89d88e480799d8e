// A site with a stream that runs: the real server, and ffmpeg as the encoder of a meeting room.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort, runProgram, startServer } from '../../support/node/program.mjs';
import { height, pictureOf, rate, width } from './clock_picture.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const SOUND_RATE = 48_000;
export const entry = 'live-ada2';
export const account = { name: 'jimukyoku', password: 'tsukue-no-kagi-1' };

/** Starts both; `build`: the folder of the programs. `stop` ends all of it. */
export async function startMeeting(build) {
  const data = await mkdtemp(path.join(tmpdir(), 'kiroku-bench-live-'));
  const kiroku = path.join(build, 'kiroku');
  const run = async (words, input) => {
    const ran = await runProgram(kiroku, [...words, '--data', data], { input });
    if (ran.code !== 0) throw new Error(`kiroku ${words.join(' ')}: ${ran.errors}`);
    return ran.output.toString().trim();
  };
  await run(['import', path.join(root, 'catalog/demo/demo-catalog.json')]);
  await run(['account', 'add', account.name, '--role', 'secretariat'], `${account.password}\n`);
  const [port, rtmp] = [await freePort(), await freePort()];
  const address = `http://127.0.0.1:${port}`;
  const words = ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--rtmp', `127.0.0.1:${rtmp}`, '--clock', '2021-10-27T13:10:00+09:00'];
  const server = await startServer(kiroku, words, `${address}/healthz`);
  const key = await run(['live', 'key', entry]);
  const publisher = startPublisher(`rtmp://127.0.0.1:${rtmp}/live/${key}`);
  const stop = async () => {
    publisher.stop();
    await server.stop();
    await rm(data, { recursive: true, force: true });
  };
  const meeting = { address, server: server.process, publisher, stop, said: server.said, data };
  try {
    const { cookie } = await signIn(meeting);
    meeting.cookie = cookie;
    await eventually('the stream can be watched', () => play(meeting).then(() => true, () => false), 30_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return meeting;
}

async function signIn({ address }) {
  const reply = await fetch(`${address}/api/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: address },
    body: JSON.stringify(account),
  });
  return { cookie: reply.headers.getSetCookie()[0].split(';')[0] };
}

/** The address of main.m3u8 with a grant. */
export async function play({ address, cookie }) {
  const reply = await fetch(`${address}/api/videos/${entry}/play`, { method: 'POST', headers: { Origin: address, Cookie: cookie } });
  if (!reply.ok) throw new Error(`play: ${reply.status}`);
  return (await reply.json()).url;
}

/** How the desk sees the stream. */
export async function desk({ address, cookie }) {
  const reply = await fetch(`${address}/api/desk/videos/${entry}/live`, { headers: { Cookie: cookie } });
  return reply.json();
}

/** The sound that belongs to a picture. */
function toneOf(number) {
  const samples = SOUND_RATE / rate;
  const tone = Buffer.alloc(2 * samples);
  for (let at = 0; at < samples; at += 1) {
    const time = (number * samples + at) / SOUND_RATE;
    tone.writeInt16LE(Math.round(6000 * Math.sin(2 * Math.PI * 330 * time)), 2 * at);
  }
  return tone;
}

function startPublisher(to) {
  const ffmpeg = spawn('ffmpeg', [
    '-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-r', String(rate), '-i', 'pipe:0',
    '-f', 's16le', '-ar', String(SOUND_RATE), '-ac', '1', '-i', 'pipe:3',
    '-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p',
    '-g', String(2 * rate), '-b:v', '800k', '-c:a', 'aac', '-b:a', '96k', '-flush_packets', '1', '-f', 'flv', to,
  ], { stdio: ['pipe', 'ignore', 'inherit', 'pipe'] });
  const [picture, , , sound] = ffmpeg.stdio;
  for (const pipe of [picture, sound]) pipe.on('error', () => undefined);
  const began = performance.now();
  let number = 0;
  const timer = setInterval(() => {
    for (; (performance.now() - began) * rate >= number * 1000; number += 1) {
      picture.write(pictureOf(Date.now(), number));
      sound.write(toneOf(number));
    }
  }, 5);
  return {
    process: ffmpeg,
    stop: () => {
      clearInterval(timer);
      ffmpeg.kill('SIGKILL');
    },
  };
}
