import { Refusal } from '../common/api.ts';
import type { Player } from './player.ts';
import { united, without, type Span } from './spans.ts';

/** Sooner the first time: from then on the server knows that somebody watches. */
const FIRST_AFTER_MS = 5000;
const SENT_EVERY_MS = 30_000;
/** Later no answer is awaited. */
const ANSWERED_WITHIN_MS = 60_000;
/** The server takes no more at once. */
const MOST_SPANS = 200;

/** To the millisecond; what is shorter is nothing. */
function rounded(spans: readonly Span[]): Span[] {
  const milliseconds = (second: number) => Math.round(second * 1000) / 1000;
  return spans.map(([begin, end]): Span => [milliseconds(begin), milliseconds(end)]).filter(([begin, end]) => begin < end);
}

/** Tells the server; outlives the page. Throws Refusal, and what fetch throws. */
async function tell(address: string, spans: readonly Span[]): Promise<void> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWERED_WITHIN_MS);
  const reply = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ spans }),
    keepalive: true,
    signal: limit.signal,
  }).finally(() => clearTimeout(timer));
  if (!reply.ok) throw new Refusal(reply.status, '', '');
}

/** Another try would be refused as well. */
const isRefusedForGood = (error: unknown) => error instanceof Refusal && error.status < 500 && error.status !== 429;

/** What was really played, and what of it the server knows. */
export class PlayReport {
  #played: readonly Span[] = [];
  #told: readonly Span[] = [];
  #sending = false;

  constructor(private readonly send: (spans: readonly Span[]) => Promise<void>) {}

  /** Spans that were played; they may overlap those before. */
  add(spans: readonly Span[]): void {
    this.#played = united([...this.#played, ...spans]);
  }

  /** What the server does not know yet. */
  get untold(): Span[] {
    return rounded(without(this.#played, this.#told));
  }

  /** Sends what is new. What does not arrive is sent the next time. `anyway`: though an answer is still awaited. */
  async tell(anyway = false): Promise<void> {
    const spans = this.untold.slice(0, MOST_SPANS);
    if (spans.length === 0 || (this.#sending && !anyway)) return;
    this.#sending = true;
    try {
      await this.send(spans);
      this.#told = united([...this.#told, ...spans]);
    } catch (error) {
      if (isRefusedForGood(error)) this.#told = united([...this.#told, ...spans]);
    } finally {
      this.#sending = false;
    }
  }
}

/**
 * Has the server know which seconds were played: now and then, at a pause, at the end, and when the page is left. Of a
 * tab that nobody sees too: it may be listened to.
 */
export function reportWatched(player: Player, address: string, signal: AbortSignal): void {
  const report = new PlayReport((spans) => tell(address, spans));
  let due = performance.now() + FIRST_AFTER_MS;
  const send = (anyway = false) => {
    due = performance.now() + SENT_EVERY_MS;
    report.add(player.played);
    void report.tell(anyway);
  };
  let wasStill = true;
  player.onChange(({ paused, ended }) => {
    report.add(player.played);
    const stops = (paused || ended) && !wasStill;
    wasStill = paused || ended;
    if (stops) send();
  }, signal);
  const timer = setInterval(() => {
    if (performance.now() >= due) send();
  }, 1000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  window.addEventListener('online', () => send(), { signal });
  window.addEventListener('pagehide', () => send(true), { signal });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) send(true);
  }, { signal });
}
