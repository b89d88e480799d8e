// A site whose server may be killed at any moment and started again, and a publisher likewise.
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, runProgram, startServer } from '../../support/node/program.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const entry = 'live-ada2';
const account = { name: 'jimukyoku', password: 'tsukue-no-kagi-1' };
const BEGINS = Date.parse('2021-10-27T13:10:00+09:00');

/** Two minutes of a counting picture and a tone, with a key frame every second. */
export async function makeClip(folder) {
  const clip = path.join(folder, 'clip.mp4');
  const made = await runProgram('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=120',
    '-f', 'lavfi', '-i', 'sine=duration=120', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p', '-c:a', 'aac', clip]);
  if (made.code !== 0) throw new Error(made.errors);
  return clip;
}

/** Sends `clip` round and round; comes again when it is sent away. */
export function publisherOf(clip, address) {
  let ffmpeg;
  let isWanted = true;
  const begin = () => {
    ffmpeg = spawn('ffmpeg', ['-v', 'quiet', '-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy', '-f', 'flv', address()], { stdio: 'ignore' });
    ffmpeg.once('close', () => isWanted && setTimeout(() => isWanted && begin(), 300));
  };
  begin();
  return {
    kill: () => {
      isWanted = false;
      ffmpeg.kill('SIGKILL');
    },
  };
}

export class Meeting {
  #cookie;
  #began = Date.now();

  constructor(build, data) {
    this.kiroku = path.join(build, 'kiroku');
    this.data = data;
    this.rtmp = () => `rtmp://127.0.0.1:${this.rtmpPort}/live/${this.key}`;
  }

  command(words, input) {
    return runProgram(this.kiroku, [...words, '--data', this.data], { input });
  }

  async run(words, input) {
    const ran = await this.command(words, input);
    if (ran.code !== 0) throw new Error(`kiroku ${words.join(' ')}: ${ran.errors}`);
    return ran.output.toString().trim();
  }

  async prepare() {
    await this.run(['import', path.join(root, 'catalog/demo/demo-catalog.json')]);
    await this.run(['account', 'add', account.name, '--role', 'secretariat'], `${account.password}\n`);
    this.key = await this.run(['live', 'key', entry]);
    [this.port, this.rtmpPort] = [await freePort(), await freePort()];
    this.address = `http://127.0.0.1:${this.port}`;
  }

  /** The wall clock of the site, in milliseconds since 1970. */
  now() {
    return BEGINS + (Date.now() - this.#began);
  }

  async start() {
    const clock = new Date(this.now()).toISOString();
    const words = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--rtmp', `127.0.0.1:${this.rtmpPort}`, '--clock', clock];
    this.server = await startServer(this.kiroku, words, `${this.address}/healthz`);
  }

  async kill() {
    if (!this.server) return;
    const ended = new Promise((resolve) => this.server.process.once('close', resolve));
    this.server.process.kill('SIGKILL');
    await ended;
  }

  async killTranscoder() {
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const status = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '');
      if (status.slice(status.lastIndexOf(')') + 2).split(' ')[1] === String(this.server.process.pid)) process.kill(Number(name), 'SIGKILL');
    }
  }

  async #ask(method, target) {
    this.#cookie ??= await this.#signIn();
    const reply = await fetch(this.address + target, { method, headers: { Origin: this.address, Cookie: this.#cookie } });
    if (!reply.ok) throw new Error(`${target}: ${reply.status}`);
    return reply;
  }

  async #signIn() {
    const reply = await fetch(`${this.address}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: this.address },
      body: JSON.stringify(account),
    });
    return reply.headers.getSetCookie()[0].split(';')[0];
  }

  async base() {
    const { url } = await (await this.#ask('POST', `/api/videos/${entry}/play`)).json();
    return url.replace('main.m3u8', '');
  }

  async recordingState() {
    return (await (await this.#ask('GET', `/api/desk/videos/${entry}`)).json()).recording?.state;
  }

  async renditions() {
    const main = await (await this.#ask('GET', `${await this.base()}main.m3u8`)).text();
    return [...new Set([...main.matchAll(/([a-z0-9]+)\/index\.m3u8/g)].map(([, name]) => name))];
  }

  async file(rendition, name) {
    return Buffer.from(await (await this.#ask('GET', `${await this.base()}${rendition}/${name}`)).arrayBuffer());
  }

  async index(name, query = '') {
    return (await this.#ask('GET', `${await this.base()}${name}/index.m3u8${query}`)).text();
  }
}
