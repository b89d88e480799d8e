// A line as town halls have it, in front of a server: thin, far, and with a gateway that lets nothing through before it
// has seen all of it, knows no ranges, and cuts what takes too long.
import { Agent, createServer, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const PIECE_MS = 50;

/** Lets so many bits a second through, whoever asks for them: one after the other. */
class Bucket {
  #free = performance.now();

  constructor(kbps) {
    this.bytesPerMs = kbps / 8;
  }

  /** Waits until `bytes` have gone through. */
  async take(bytes) {
    const begins = Math.max(this.#free, performance.now());
    this.#free = begins + bytes / this.bytesPerMs;
    const wait = this.#free - performance.now();
    if (wait > 1) await delay(wait);
  }
}

/**
 * Starts the line to `target` ("http://127.0.0.1:8062"). `kbps` downwards for all together; `latency` in milliseconds, added to
 * each request; `held`: bodies are held until they are whole; `longest`: requests that take longer end with 504.
 * Gives `{ address, carried, stop }`; `carried()`: bytes of bodies so far.
 */
export async function startThinLine(target, { kbps = 400, latency = 600, held = true, longest = 30_000 } = {}) {
  const bucket = new Bucket(kbps);
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(target);
  let carried = 0;

  async function pass(asked, answer) {
    const headers = { ...asked.headers };
    delete headers.range;
    await delay(latency / 2);
    const reply = await new Promise((resolve, reject) => {
      const onward = request({ hostname, port, agent, method: asked.method, path: asked.url, headers, timeout: longest }, resolve);
      onward.once('error', reject);
      onward.once('timeout', () => onward.destroy(new Error('too long')));
      asked.pipe(onward);
    });
    const pieces = [];
    for await (const piece of reply) pieces.push(piece);
    const body = Buffer.concat(pieces);
    await delay(latency / 2);
    const step = Math.max(256, Math.floor(bucket.bytesPerMs * PIECE_MS));
    const fields = { ...reply.headers };
    delete fields['accept-ranges'];
    if (!held) answer.writeHead(reply.statusCode, fields);
    for (let at = 0; at < body.length; at += step) {
      const piece = body.subarray(at, at + step);
      await bucket.take(piece.length);
      if (answer.destroyed) return;
      if (!held) answer.write(piece);
    }
    carried += body.length;
    if (held) answer.writeHead(reply.statusCode, fields).end(body);
    else answer.end();
  }

  const server = createServer((asked, answer) => {
    pass(asked, answer).catch(() => {
      if (!answer.headersSent) answer.writeHead(504);
      answer.end();
    });
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    carried: () => carried,
    stop: () => {
      server.closeAllConnections();
      agent.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
