import { element } from '../common/dom.ts';
import { ServerClock } from '../common/server_clock.ts';

/** Pages whose content may come anew: nothing is typed into them, and nothing plays. */
const RENEWED = ['home', 'session', 'year', 'material'];
/** Not all viewers at once. */
const RENEWAL_SPREAD_MS = 20_000;

/** A window has opened or closed: its words change at once, and what held until then goes. */
function change(entry: HTMLElement): string {
  const words = entry.dataset['changedWords'] ?? '';
  delete entry.dataset['changes'];
  for (const held of entry.querySelectorAll('[data-until-then]')) held.remove();
  // What leads nowhere now stays to be read.
  for (const link of entry.querySelectorAll('[data-link-until-then]')) link.replaceWith(element('span', { class: 'material-shut' }, ...link.childNodes));
  const place = entry.querySelector('[data-window]');
  if (place) place.textContent = words;
  entry.classList.add('has-changed');
  const name = entry.querySelector('h1, h2, h3, a, .material-shut')?.textContent ?? '';
  return `${name.trim()} ${words}`;
}

/** The page as it is now on the server, with what was open and where the focus was. */
async function renew(main: HTMLElement): Promise<boolean> {
  const reply = await fetch(location.href, { headers: { Accept: 'text/html' } });
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('main');
  if (!fresh || reply.status >= 500) return false;
  const summaries = [...main.querySelectorAll('details[open] > summary')].map(({ textContent }) => textContent ?? '');
  // The same address may stand in several places, some of them folded away.
  const alike = (href: string) => [...main.querySelectorAll('a')].filter((link) => link.getAttribute('href') === href);
  const href = (main.contains(document.activeElement) && document.activeElement?.getAttribute('href')) || '';
  const place = alike(href).findIndex((link) => link === document.activeElement);
  main.className = fresh.className;
  main.dataset['clock'] = fresh.dataset['clock'];
  main.replaceChildren(...fresh.childNodes);
  for (const details of main.querySelectorAll('details'))
    details.open ||= summaries.includes(details.querySelector('summary')?.textContent ?? '');
  if (place >= 0) alike(href)[place]?.focus({ preventScroll: true });
  return true;
}

/**
 * What a page tells of windows stays true while it is open: in the second in which one opens or closes its
 * words change, and a while later its lists come anew. `begun` sees to what is new on the page then.
 */
export function keepTrue(main: HTMLElement, begun: () => void): void {
  const clock = new ServerClock(main.dataset['clock'] ?? '');
  const status = element('p', { role: 'status', class: 'for-ears' });
  main.after(status);
  const stop = new AbortController();
  const begin = () => {
    for (const entry of main.querySelectorAll<HTMLElement>('[data-changes]')) {
      clock.at(Date.parse(entry.dataset['changes'] ?? ''), () => {
        status.append(element('span', {}, change(entry)), ' ');
        renewLater();
      }, stop.signal);
    }
  };
  let isAsked = false;
  const renewLater = () => {
    if (isAsked || !RENEWED.includes(main.className)) return;
    isAsked = true;
    setTimeout(() => {
      isAsked = false;
      // What does not come now comes with the next change, or with the next look.
      void renew(main).then((isNew) => {
        if (!isNew) return;
        clock.set(main.dataset['clock'] ?? '');
        begin();
        begun();
      }, () => undefined);
    }, 1000 + Math.random() * RENEWAL_SPREAD_MS);
  };
  begin();
}
