import { keep, kept } from '../../common/kept.ts';

/** How far behind the speaker: `low` asks for parts as they are made, which a line must carry without holding them back. */
export type Latency = 'low' | 'usual';
export type LatencyWish = 'auto' | Latency;

/**
 * Seconds between the end of what is listed and what plays. `low`: two parts of the server's, which leaves one to be
 * fetched while the other plays. `usual`: whole segments of four seconds; the last that is known may be as old as one
 * lasts, and the next one as long in coming.
 */
export const TARGET_LATENCY_S: Readonly<Record<Latency, number>> = { low: 2.1, usual: 11 };

const WISH_KEY = 'kiroku.latency';
const TRIED_KEY = 'kiroku.latency-holds';
/** A line that held is tried anew after this long. */
const TRIED_FOR_MS = 7 * 86_400_000;
/** So many failures in so long, and it is not asked for any more. */
const MOST_FAILURES = 3;
const FAILURES_MS = 60_000;
/** After a refusal (503: nothing has come) it is asked without waiting for this long. */
const PAUSE_MS = 10_000;

const DIRECTIVES = /[?&]_HLS_(?:msn|part)=\d+/g;

function triedLately(): boolean | undefined {
  const [holds, at] = (kept(TRIED_KEY) ?? '').split(' ');
  return holds && Date.now() - Number(at) < TRIED_FOR_MS ? holds === 'yes' : undefined;
}

/** Which latency is asked for: what a person chose, else what the line was found to carry. */
export class LatencyChoice {
  #wish: LatencyWish;
  #holds: boolean | undefined = triedLately();
  #failures: number[] = [];
  #pausedUntil = 0;

  /** `changed` is told when another one is asked for; `fellBack`: as the line turned out not to carry it. */
  constructor(private readonly changed: (why: 'fellBack' | 'chosen') => void) {
    const wish = kept(WISH_KEY);
    this.#wish = wish === 'low' || wish === 'usual' ? wish : 'auto';
  }

  get wish(): LatencyWish {
    return this.#wish;
  }

  set wish(wish: LatencyWish) {
    this.#wish = wish;
    this.#failures = [];
    if (wish !== 'auto') this.#holds = undefined;
    keep(WISH_KEY, wish);
    this.changed('chosen');
  }

  get now(): Latency {
    if (this.#holds === false || this.#wish === 'usual') return 'usual';
    return this.#wish === 'low' || this.#holds ? 'low' : 'usual';
  }

  /** Nobody knows yet whether the line carries it, and nobody has decided. */
  get isUntried(): boolean {
    return this.#wish === 'auto' && this.#holds === undefined;
  }

  tried(holds: boolean): void {
    this.#hold(holds);
    this.changed('chosen');
  }

  #hold(holds: boolean): void {
    this.#holds = holds;
    keep(TRIED_KEY, `${holds ? 'yes' : 'no'} ${Date.now()}`);
  }

  /** A request came too late or not at all, or the picture stood still. */
  failed(): void {
    if (this.now !== 'low') return;
    const now = performance.now();
    this.#failures = [...this.#failures.filter((at) => now - at < FAILURES_MS), now];
    if (this.#failures.length < MOST_FAILURES) return;
    this.#hold(false);
    this.changed('fellBack');
  }

  /** There is nothing to wait for at the moment. */
  pause(): void {
    this.#pausedUntil = performance.now() + PAUSE_MS;
  }

  /** `url` as it is asked for: without directives to wait where low latency is not wanted. */
  address(url: string): string {
    if (this.now === 'low' && performance.now() >= this.#pausedUntil) return url;
    return withoutWaiting(url);
  }
}

export function withoutWaiting(url: string): string {
  const bare = url.replace(DIRECTIVES, '');
  return bare.includes('?') ? bare : bare.replace('&', '?');
}
