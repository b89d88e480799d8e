import { ask } from '../../common/api.ts';
import type { ServerClock } from '../../common/server_clock.ts';
import type { Chapter } from '../chapters.ts';

export type LiveState = 'before' | 'waiting' | 'live' | 'interrupted' | 'break' | 'ended';

/** What the page holds of a live entry. */
export interface LivePage {
  /** Where it is asked how the stream stands. */
  readonly status: string;
  readonly state: LiveState;
  readonly lobby_opens_at: string | null;
  readonly starts_at: string | null;
  readonly words: Readonly<Record<LiveState, { readonly badge: string; readonly sentence: string }>>;
}

/** As the viewer's address answers (`live`, `chapters`), or the desk's (`state`, `marks`). */
interface Answer {
  readonly now?: string;
  readonly state: string;
  readonly live?: { readonly state: LiveState } | null;
  readonly chapters?: readonly Chapter[];
  readonly marks?: readonly Chapter[];
}

const SOON_MS = 90_000;
const OFTEN_MS = 4000;
const SELDOM_MS = 30_000;
/** Not all viewers ask at once. */
const SPREAD = 0.25;

export interface LiveNews {
  readonly state: LiveState;
  readonly chapters: readonly Chapter[];
}

/** How the stream stands, asked again and again: no event stream, which gateways hold back. */
export class LiveStatus {
  #state: LiveState;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly page: LivePage,
    private readonly clock: ServerClock,
    private readonly tell: (news: LiveNews) => void,
    private readonly signal: AbortSignal,
  ) {
    this.#state = page.state;
    signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
    this.#askLater();
  }

  get state(): LiveState {
    return this.#state;
  }

  async #ask(): Promise<void> {
    try {
      const answer = await ask<Answer>('GET', this.page.status, undefined, this.signal);
      if (answer.now) this.clock.set(answer.now);
      this.#state = answer.live?.state ?? (answer.state in this.page.words ? (answer.state as LiveState) : this.#state);
      this.tell({ state: this.#state, chapters: answer.chapters ?? answer.marks ?? [] });
    } catch {
      // The line or the server is away for a moment: what was known holds until the next answer.
    }
    this.#askLater();
  }

  #askLater(): void {
    if (this.signal.aborted) return;
    const wait = this.#wait() * (1 + SPREAD * (2 * Math.random() - 1));
    this.#timer = setTimeout(() => void this.#ask(), wait);
  }

  #wait(): number {
    if (this.#state === 'ended') return SELDOM_MS;
    if (this.#state !== 'before') return OFTEN_MS;
    const opens = this.page.lobby_opens_at ?? this.page.starts_at;
    const left = opens ? Date.parse(opens) - this.clock.now() : Infinity;
    return left > SOON_MS ? SELDOM_MS : OFTEN_MS;
  }
}
