import { clockTime } from '../common/clock_time.ts';
import { element } from '../common/dom.ts';
import type { Headcount } from './headcount.ts';
import type { LivePage } from './live/live_status.ts';
import type { NextVideo } from './next_video.ts';
import type { Player } from './player.ts';
import type { Handout } from './slides/handout_pager.ts';

export interface Chapter {
  readonly at_s: number;
  readonly title: string;
}

/** The chapters of a video, in their order; a stream's come one by one. */
export class Chapters {
  #all: readonly Chapter[];
  readonly #listeners: (() => void)[] = [];

  constructor(all: readonly Chapter[]) {
    this.#all = all;
  }

  get all(): readonly Chapter[] {
    return this.#all;
  }

  set(all: readonly Chapter[]): void {
    if (JSON.stringify(all) === JSON.stringify(this.#all)) return;
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }
}

/** The chapter that plays at a second; -1 before the first. `chapters` in their order. */
export function chapterAt(chapters: readonly Chapter[], second: number): number {
  // A seek lands a few frames off the mark.
  const reached = chapters.findIndex(({ at_s }) => at_s > second + 0.25);
  return reached === -1 ? chapters.length - 1 : reached - 1;
}

function itemOf({ at_s, title }: Chapter): HTMLLIElement {
  const at = Math.floor(at_s);
  const link = element('a', { href: `?t=${at}`, 'data-at': String(at) },
    element('span', { class: 'chapter-time' }, clockTime(at)), element('span', {}, title));
  return element('li', {}, link);
}

/** Draws the page's list of chapters anew where they change. */
export function showChapters(list: HTMLElement, chapters: Chapters): void {
  chapters.onChange(() => {
    list.replaceChildren(...chapters.all.map(itemOf));
    const section = list.closest('section');
    if (section) section.hidden = chapters.all.length === 0;
  });
}

/** The page's list of chapters seeks, and marks where the player is. The list works as plain links without us. */
export function linkChapters(list: HTMLElement, chapters: Chapters, player: Player, signal: AbortSignal): void {
  list.addEventListener(
    'click',
    (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-at]') : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      player.seek(Number(link.dataset['at']));
      player.play();
      player.element.focus({ preventScroll: true });
    },
    { signal },
  );
  let marked: Element | undefined;
  player.onChange(({ time, started }) => {
    const now = started ? chapterAt(chapters.all, time) : -1;
    const link = list.querySelectorAll('a[data-at]')[now];
    if (link === marked) return;
    marked?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'true');
    marked = link;
  }, signal);
}

/** What the watch page holds for its script. */
export interface WatchPage {
  readonly video: string;
  readonly title: string;
  readonly play: string;
  /** Where the server keeps the place; null where nobody is signed in. */
  readonly place: string | null;
  /** Where to tell what was played; null for whom it is not counted. */
  readonly watched: string | null;
  /** Where its file is asked for; null where it may not be taken along. */
  readonly download: string | null;
  /** Null for whom nothing is counted. */
  readonly headcount: Headcount | null;
  readonly closes_at: string | null;
  readonly closed_message: string;
  readonly duration_s: number | null;
  readonly chapters: readonly Chapter[];
  /** Those whose pages can be seen beside it. */
  readonly handouts: readonly Handout[];
  /** Seconds that answered questions are about. */
  readonly questions: readonly Chapter[];
  /** What is watched after it; null where that is nothing. */
  readonly next: NextVideo | null;
  /** Null of what is recorded. */
  readonly live: LivePage | null;
}
