import { element } from '../common/dom.ts';
import type { Player } from './player.ts';

/** Shows a picture where the video will be, until it has begun. Without one, or where it does not come, nothing. */
export function showPoster(player: Player, url: string | null, signal: AbortSignal): void {
  if (!url) return;
  const begun = new AbortController();
  const poster = element('img', { class: 'poster', src: url, alt: '', fetchpriority: 'low' });
  const remove = () => {
    begun.abort();
    poster.remove();
  };
  signal.addEventListener('abort', remove, { once: true, signal: begun.signal });
  poster.addEventListener('error', remove, { once: true, signal: begun.signal });
  player.onChange(({ started }) => {
    if (started) remove();
  }, begun.signal);
  player.element.append(poster);
}
