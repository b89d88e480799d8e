import { element } from '../common/dom.ts';
import { text } from '../common/page.ts';
import type { Player } from './player.ts';

/** What is watched after this one. */
export interface NextVideo {
  readonly title: string;
  readonly href: string;
}

/** Where the video has come to its end: a way to the next one, over the picture. Nothing begins by itself. */
export function offerNext(player: Player, { title, href }: NextVideo, signal: AbortSignal): void {
  const next = element('a', { href, class: 'button primary' }, `${text('watch.next')} ${title}`);
  const offer = element('div', { class: 'stage-question', role: 'group', 'aria-label': text('watch.next') }, next);
  player.onChange(({ ended }) => {
    if (ended && !offer.isConnected) player.element.append(offer);
    else if (!ended) offer.remove();
  }, signal);
}
