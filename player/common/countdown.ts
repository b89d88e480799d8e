import { clockTime } from './clock_time.ts';
import { text } from './page.ts';
import type { ServerClock } from './server_clock.ts';

const DAY_S = 86_400;

/** 「2日と3:04:05」, 「12:34」 */
export function remainingInWords(seconds: number): string {
  const days = Math.floor(Math.max(0, seconds) / DAY_S);
  const time = clockTime(seconds - days * DAY_S);
  return days ? text('live.days', { days, time }) : time;
}

/** Shows in `place` how long it is until `instant`, a second at a time; empty once that is reached. */
export function countDown(place: HTMLElement, words: string, instant: number, clock: ServerClock, signal: AbortSignal): void {
  place.hidden = false;
  // A reader would be told every second.
  place.setAttribute('role', 'timer');
  const paint = () => {
    const left = Math.ceil((instant - clock.now()) / 1000);
    place.textContent = left > 0 ? `${words} ${remainingInWords(left)}` : '';
    place.hidden = left <= 0;
  };
  paint();
  const timer = setInterval(paint, 1000);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
