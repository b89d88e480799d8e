import { clockTime } from '../common/clock_time.ts';
import { element } from '../common/dom.ts';
import { text } from '../common/page.ts';
import type { Player } from './player.ts';

/** The address of this page at a second. */
export function linkAt(second: number): string {
  const address = new URL(location.href);
  address.search = second > 0 ? `?t=${Math.floor(second)}` : '';
  address.hash = '';
  return address.href;
}

/** A button that copies the address of this page at the second that plays, and says so. */
export function offerLink(player: Player, place: HTMLElement, signal: AbortSignal): void {
  const button = element('button', { type: 'button', class: 'plain' });
  const said = element('span', { role: 'status', class: 'quiet' });
  // For a browser that lets no page write to the clipboard: marked, to be copied by hand.
  const field = element('input', { type: 'text', readonly: true, hidden: true, 'aria-label': text('watch.link') });
  button.addEventListener('click', () => {
    const { time } = player.state;
    const address = linkAt(time);
    const copied = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => {
        said.textContent = text('watch.link_copied', { time: clockTime(time) });
      },
      () => {
        field.value = address;
        field.hidden = false;
        field.select();
        said.textContent = text('watch.link_marked');
      },
    );
  }, { signal });
  let shown = -1;
  player.onChange(({ time }) => {
    const second = Math.floor(time);
    if (second === shown) return;
    shown = second;
    button.textContent = text('watch.copy_link', { time: clockTime(second) });
  }, signal);
  place.append(button, field, said);
}
