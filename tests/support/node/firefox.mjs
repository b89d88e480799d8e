// Firefox without a window, driven by Marionette, the protocol that it brings along.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './program.mjs';

/** Answers and commands are JSON, each with its length before it: `37:[0,1,"WebDriver:NewSession",{}]`. */
class Marionette {
  #socket;
  #bytes = Buffer.alloc(0);
  #waiting = new Map();
  #last = 0;

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has gone'));
    });
  }

  #read(bytes) {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    for (;;) {
      const colon = this.#bytes.indexOf(':');
      if (colon === -1) return;
      const length = Number(this.#bytes.subarray(0, colon).toString());
      if (this.#bytes.length < colon + 1 + length) return;
      const message = JSON.parse(this.#bytes.subarray(colon + 1, colon + 1 + length).toString());
      this.#bytes = this.#bytes.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue; // The greeting.
      const [, id, error, result] = message;
      const { resolve, reject } = this.#waiting.get(id) ?? {};
      this.#waiting.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    }
  }

  send(command, parameters = {}) {
    const id = (this.#last += 1);
    const text = JSON.stringify([0, id, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }
}

async function reach(port, ended) {
  for (let attempt = 0; attempt < 200 && !ended(); attempt += 1) {
    const socket = await new Promise((resolve) => {
      const trial = connect(port, '127.0.0.1');
      trial.once('connect', () => resolve(trial));
      trial.once('error', () => resolve(undefined));
    });
    if (socket) return socket;
    await delay(200);
  }
  throw new Error('Firefox does not answer');
}

/** Starts Firefox. Gives `{ goTo, evaluate, waitFor, picture, stop }`: `evaluate` runs a function of the page with values that are JSON. */
export async function startFirefox() {
  const profile = await mkdtemp(path.join(tmpdir(), 'kiroku-firefox-'));
  const port = await freePort();
  const settings = {
    'marionette.port': port, 'media.autoplay.default': 0, 'app.update.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
    'browser.shell.checkDefaultBrowser': false, 'intl.accept_languages': 'ja', 'media.volume_scale': '0.0', 'browser.safebrowsing.update.enabled': false,
    'services.settings.server': '', 'extensions.update.enabled': false, 'media.gmp-manager.updateEnabled': false,
  };
  await writeFile(path.join(profile, 'user.js'), Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`).join('\n'));
  let over = false;
  const child = spawn('firefox-esr', ['--headless', '--no-remote', '--marionette', '--profile', profile], { stdio: 'ignore', env: { ...process.env, HOME: profile, MOZ_DISABLE_CONTENT_SANDBOX: '1' } });
  const ended = new Promise((resolve) => child.once('close', () => resolve((over = true))));
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const marionette = new Marionette(await reach(port, () => over));
    await marionette.send('WebDriver:NewSession', {});
    const evaluate = async (what, ...values) => {
      const { value } = await marionette.send('WebDriver:ExecuteScript', { script: `return (${what}).apply(null, arguments)`, args: values, sandbox: 'default' });
      return value;
    };
    return {
      stop,
      evaluate,
      goTo: (url) => marionette.send('WebDriver:Navigate', { url }),
      picture: async (file) => writeFile(file, Buffer.from((await marionette.send('WebDriver:TakeScreenshot', { full: false })).value, 'base64')),
      waitFor: async (what, condition, limit = 60_000) => {
        const end = Date.now() + limit;
        while (!(await evaluate(condition))) {
          if (Date.now() > end) throw new Error(`still not so in Firefox: ${what}`);
          await delay(100);
        }
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
