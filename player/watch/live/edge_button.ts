import { element } from '../../common/dom.ts';
import { text } from '../../common/page.ts';
import type { Player, PlayerState } from '../player.ts';
import { spokenTime } from '../time_text.ts';

/** Nearer than this one is at the edge: it moves on by whole segments. */
const AT_EDGE_S = 4;
/** Whoever watches faster has caught up here. */
const CAUGHT_UP_S = 1;

/** 「12秒」, 「1分20秒」 */
const inWords = (seconds: number) =>
  seconds < 60 ? text('duration.seconds', { seconds: Math.floor(seconds) }) : spokenTime(seconds);

/** Says how far behind a stream one watches, and goes to its edge. */
export class EdgeButton {
  readonly element: HTMLButtonElement;
  readonly #distance = element('span', { class: 'edge-distance' });
  readonly #words = element('span', { class: 'edge-words' });

  constructor(
    private readonly player: Player,
    signal: AbortSignal,
  ) {
    this.element = element('button', { type: 'button', class: 'control-edge', hidden: true },
      element('span', { class: 'edge-dot', 'aria-hidden': 'true' }), this.#distance, this.#words);
    this.element.addEventListener('click', () => player.seekToEdge(), { signal });
  }

  paint({ edge, time, rate, started, paused }: PlayerState): void {
    // Who pressed it last goes on with the player's keys when it goes.
    if (edge === undefined && document.activeElement === this.element) this.player.element.focus({ preventScroll: true });
    this.element.hidden = edge === undefined;
    if (edge === undefined) return;
    const behind = edge - time;
    if (rate > 1 && behind < CAUGHT_UP_S && !paused) this.player.setRate(1);
    const isAtEdge = behind < AT_EDGE_S || !started;
    this.element.classList.toggle('at-edge', isAtEdge);
    this.#put(this.#distance, isAtEdge ? '' : text('live.behind', { time: inWords(behind) }));
    this.#put(this.#words, isAtEdge ? text('live.at_edge') : text('live.to_edge'));
  }

  #put(place: HTMLElement, words: string): void {
    if (place.textContent !== words) place.textContent = words;
  }
}
