import type { Player } from './player.ts';

export interface Chapter {
  readonly at_s: number;
  readonly title: string;
}

/** The chapter that plays at a second; -1 before the first. `chapters` in their order. */
export function chapterAt(chapters: readonly Chapter[], second: number): number {
  // A seek lands a few frames off the mark.
  const reached = chapters.findIndex(({ at_s }) => at_s > second + 0.25);
  return reached === -1 ? chapters.length - 1 : reached - 1;
}

/** The page's list of chapters seeks, and marks where the player is. The list works as plain links without us. */
export function linkChapters(list: HTMLElement, chapters: readonly Chapter[], player: Player, signal: AbortSignal): void {
  const links = [...list.querySelectorAll<HTMLAnchorElement>('a[data-at]')];
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
  let marked = -2;
  player.onChange(({ time, started }) => {
    const now = started ? chapterAt(chapters, time) : -1;
    if (now === marked) return;
    marked = now;
    links.forEach((link, index) => {
      if (index === now) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  }, signal);
}

/** What the watch page holds for its script. */
export interface WatchPage {
  readonly video: string;
  readonly title: string;
  readonly play: string;
  readonly closes_at: string | null;
  readonly closed_message: string;
  readonly duration_s: number | null;
  readonly chapters: readonly Chapter[];
}
