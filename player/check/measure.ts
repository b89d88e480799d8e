import { text } from '../common/page.ts';

/** What was found of a viewer's place. */
export interface Facts {
  /** Of a download of about five seconds. */
  readonly rate_kbps: number;
  /** The median of several small requests. */
  readonly first_byte_ms: number;
  /** Whether this browser plays what Kiroku has: H.264 and AAC, piece by piece. */
  readonly plays: boolean;
  /** What may be kept from one page to the next. */
  readonly storage: boolean;
  readonly cookies: boolean;
  /** A part of a file comes as a part. Not needed: told for who runs the network. */
  readonly ranges: boolean;
  /** A request may wait two seconds for its answer. */
  readonly waits: boolean;
  /** By how much this computer's clock is ahead of the server's. */
  readonly clock_ahead_s: number;
  readonly engine: string;
  readonly screen: string;
}

const BYTES = '/api/check/bytes';
const SMALL = 256;
const PIECE = 262_144;
const LONGEST_MS = 5000;
const FEWEST_PIECES = 2;
const CODECS = 'video/mp4; codecs="avc1.64001F,mp4a.40.2"';

const get = (address: string, init: RequestInit = {}) => fetch(address, { cache: 'no-store', ...init });
const median = (times: number[]) => [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

async function firstByte(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now();
    await (await get(`${BYTES}?count=${SMALL}`)).arrayBuffer();
    times.push(performance.now() - began);
  }
  return Math.round(median(times));
}

/** Piece after piece for five seconds: a gateway that holds back what it has not seen whole is measured with it. */
async function rate(): Promise<number> {
  const began = performance.now();
  let bytes = 0;
  for (let pieces = 0; pieces < FEWEST_PIECES || performance.now() - began < LONGEST_MS; pieces += 1) {
    bytes += (await (await get(`${BYTES}?count=${PIECE}`)).arrayBuffer()).byteLength;
    if (performance.now() - began > 4 * LONGEST_MS) break;
  }
  return Math.round((bytes * 8) / (performance.now() - began));
}

async function ranges(): Promise<boolean> {
  const reply = await get(`${BYTES}?count=${SMALL}`, { headers: { Range: 'bytes=16-31' } });
  return reply.status === 206 && (await reply.arrayBuffer()).byteLength === 16;
}

async function waits(): Promise<boolean> {
  const began = performance.now();
  const reply = await get('/api/check/held', { signal: AbortSignal.timeout(6000) }).catch(() => undefined);
  const took = performance.now() - began;
  return reply?.ok === true && took < 3500;
}

function storage(): boolean {
  try {
    localStorage.setItem('kiroku.check', '1');
    localStorage.removeItem('kiroku.check');
    return true;
  } catch {
    return false;
  }
}

/** A name and a version out of what the browser says of itself. */
export function engineOf(agent: string): string {
  const known = /(Edg|OPR|Firefox|Chrome|Version)\/(\d+)/.exec(agent);
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' };
  const edge = /Edg\/(\d+)/.exec(agent);
  if (edge) return `Edge ${edge[1]}`;
  return known ? `${names[known[1] ?? ''] ?? known[1]} ${known[2]}` : agent.slice(0, 60);
}

const canPlay = () => {
  const source = 'ManagedMediaSource' in window ? window.ManagedMediaSource : window.MediaSource;
  return (source as typeof MediaSource | undefined)?.isTypeSupported(CODECS) ?? document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '';
};

/** Looks at everything in turn. `now`: the server's clock when the page was made. Throws where the server does not answer. */
export async function measure(now: string, told: (words: string) => void): Promise<Facts> {
  const loaded = performance.timeOrigin + (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)!.responseStart;
  told(text('check.looking_line'));
  const first_byte_ms = await firstByte();
  told(text('check.looking_rate'));
  const rate_kbps = await rate();
  told(text('check.looking_gateway'));
  return {
    rate_kbps,
    first_byte_ms,
    plays: canPlay(),
    storage: storage(),
    cookies: navigator.cookieEnabled,
    ranges: await ranges().catch(() => false),
    waits: await waits(),
    clock_ahead_s: Math.round((loaded - Date.parse(now)) / 1000),
    engine: engineOf(navigator.userAgent),
    screen: `${screen.width}×${screen.height}`,
  };
}
