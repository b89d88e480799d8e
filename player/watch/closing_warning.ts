import { text } from '../common/page.ts';
import type { ServerClock } from '../common/server_clock.ts';
import type { Player } from './player.ts';

/** Says, and takes back, that the window closes before the video will have been watched. */
export function warnBeforeClosing(player: Player, clock: ServerClock, closes: number, place: HTMLElement, signal: AbortSignal): void {
  let shown = '';
  player.onChange(({ time, duration, rate, ended }) => {
    const left = closes - clock.now();
    const needed = duration > 0 && !ended ? ((duration - time) / rate) * 1000 : 0;
    const minutes = Math.max(0, Math.floor(left / 60_000));
    const words = left < needed ? text('watch.closes_soon', { minutes }) : '';
    if (words === shown) return;
    shown = words;
    place.textContent = words;
    place.hidden = words === '';
  }, signal);
}
