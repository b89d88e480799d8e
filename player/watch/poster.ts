import { element } from '../common/dom.ts';
import type { Player } from './player.ts';

/**
 * Shows a picture where the video will be, until it has begun. Without one, or where it does not come, nothing.
 * It is asked for when the video itself is there: on a thin line it would hold that up.
 */
export function showPoster(player: Player, url: string | null, signal: AbortSignal): void {
  if (!url) return;
  const begun = new AbortController();
  const poster = element('img', { class: 'poster', alt: '' });
  const remove = () => {
    begun.abort();
    poster.remove();
  };
  signal.addEventListener('abort', remove, { once: true, signal: begun.signal });
  poster.addEventListener('error', remove, { once: true, signal: begun.signal });
  player.onChange(({ ready, started, paused }) => {
    if (started) remove();
    else if (ready && paused && !poster.isConnected) {
      poster.src = url;
      player.element.append(poster);
    }
  }, begun.signal);
}
