// The real server on a free port with a data folder of its own, filled with the demo's facts.
import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventually, freePort, runProgram, startServer } from '../../support/node/program.mjs';
import { assertKeepsRules } from '../../support/node/recordings.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const kiroku = path.join(process.env.KIROKU_BUILD ?? path.join(root, 'build/release'), 'kiroku');

export const DEMO_NOW = '2021-10-25T09:00:00+09:00';
export const viewer = { name: 'chiyoda', password: 'himitsu-no-kotoba' };
export const secretariat = { name: 'jimukyoku', password: 'tsukue-no-kagi-1' };

async function command(data, args, input = '') {
  const done = await runProgram(kiroku, [...args, '--data', data], { input });
  if (done.code !== 0) throw new Error(`kiroku ${args.join(' ')}: ${done.errors}`);
}

/** Starts a site. `clock`: what its clock shows at the start; `options`: more of `kiroku serve`; `transcoder`: another than the build's. */
export async function startSite({ clock = DEMO_NOW, options = [], transcoder } = {}) {
  const data = await mkdtemp(path.join(tmpdir(), 'kiroku-browser-'));
  try {
    const demo = path.join(root, 'catalog/demo');
    await cp(path.join(demo, 'kiroku.toml'), path.join(data, 'kiroku.toml'));
    // Whoever waits here waits for the transcoder: it need not step aside for viewers.
    await appendFile(path.join(data, 'kiroku.toml'), `\n[transcoding]\nniceness = 0\n${transcoder ? `program = "${transcoder}"\n` : ''}`);
    await command(data, ['import', path.join(demo, 'demo-catalog.json')]);
    const place = ['--municipality', '131016', '--department', '環境課'];
    await command(data, ['account', 'add', viewer.name, '--role', 'viewer', ...place], `${viewer.password}\n`);
    await command(data, ['account', 'add', secretariat.name, '--role', 'secretariat'], `${secretariat.password}\n`);
    await command(data, ['registration', 'add', ...place, '--series', 'adaptation']);
    const port = await freePort();
    const site = new Site(`http://127.0.0.1:${port}`, data, ['--listen', `127.0.0.1:${port}`, ...options]);
    await site.start(clock);
    return site;
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  }
}

class Site {
  #cookie = '';

  constructor(address, data, options) {
    this.address = address;
    this.data = data;
    this.options = options;
  }

  async start(clock) {
    const words = ['serve', '--data', this.data, '--clock', clock, ...this.options];
    this.server = await startServer(kiroku, words, `${this.address}/healthz`, { limit: 60_000 });
  }

  /** The same site, whose clock shows something else. */
  async startAgain(clock) {
    await this.server.stop();
    await this.start(clock);
  }

  /** Each finished recording keeps every rule. */
  async stop() {
    await this.server.stop();
    try {
      await assertKeepsRules(path.join(this.data, 'media'), path.join(path.dirname(kiroku), 'kiroku-hls-check'));
    } finally {
      await rm(this.data, { recursive: true, force: true });
    }
  }

  /** Asks as the secretariat's account does, without a browser. */
  async ask(method, target, { headers = {}, body } = {}) {
    this.#cookie ||= await this.#signIn();
    const reply = await fetch(this.address + target, {
      method,
      headers: { Origin: this.address, Cookie: this.#cookie, ...headers },
      body,
    });
    if (!reply.ok) throw new Error(`${method} ${target}: ${reply.status} ${await reply.text()}`);
    return reply;
  }

  async #signIn() {
    const reply = await fetch(`${this.address}/api/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: this.address },
      body: JSON.stringify(secretariat),
    });
    if (!reply.ok) throw new Error(`signing in: ${reply.status} ${await reply.text()}`);
    return reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
  }

  /** Runs a command of `kiroku` on the site's data, and gives what it printed. */
  async command(...words) {
    const ran = await runProgram(kiroku, [...words, '--data', this.data]);
    if (ran.code !== 0) throw new Error(`kiroku ${words.join(' ')}: ${ran.errors}`);
    return ran.output.toString();
  }

  async json(method, target, value) {
    const reply = await this.ask(method, target, {
      headers: value === undefined ? {} : { 'Content-Type': 'application/json' },
      body: value === undefined ? undefined : JSON.stringify(value),
    });
    return reply.json();
  }

  /** Uploads a file as a video's recording, and waits until it is transcoded. */
  async giveRecording(video, file) {
    await this.#upload(path.basename(file), await readFile(file), 'video', video);
    await this.recordingBecomes(video, ['ready']);
  }

  /** Uploads a PDF's bytes as a handout's file, and waits until its pages are made. */
  async giveHandout(material, bytes) {
    await this.#upload('資料.pdf', bytes, 'material', material);
    const ready = async () => (await (await this.ask('GET', `/materials/${material}/pages`)).text()).includes('id="page-1"') || delay(250, undefined);
    await eventually(`${material} has pages`, ready, 120_000);
  }

  async #upload(name, content, kind, id) {
    const bytes = new Blob([content]);
    const encoded = (text) => Buffer.from(text).toString('base64');
    const created = await this.ask('POST', '/api/uploads', {
      headers: {
        'Tus-Resumable': '1.0.0',
        'Upload-Length': String(bytes.size),
        'Upload-Metadata': `filename ${encoded(name)},${kind} ${encoded(id)}`,
      },
    });
    await this.ask('PATCH', new URL(created.headers.get('location'), this.address).pathname, {
      headers: { 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
      body: bytes,
    });
  }

  /** Waits until a video's recording is in one of `states`, and gives it. */
  recordingBecomes(video, states, limit = 480_000) {
    const asked = async () => {
      const { recording } = await this.json('GET', `/api/desk/videos/${video}`);
      if (recording?.state === 'failed' && !states.includes('failed'))
        throw new Error(`${video}: ${recording.failure.message}`);
      if (recording && states.includes(recording.state)) return recording;
      // As often as the desk itself asks: transcoding needs the machine.
      return delay(1000, undefined);
    };
    return eventually(`the recording of ${video} is ${states.join(' or ')}`, asked, limit);
  }
}
