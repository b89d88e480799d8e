import { ask } from '../common/api.ts';
import { element } from '../common/dom.ts';
import { text } from '../common/page.ts';

const MOST_PEOPLE = 500;

/** How many look at this screen, as the server knows it, and where to tell it. */
export interface Headcount {
  readonly address: string;
  readonly people: number;
}

/** Asks beside the player, and keeps each answer at once. */
export function askHeadcount({ address, people }: Headcount, place: HTMLElement, signal: AbortSignal): void {
  const field = element('input', { type: 'number', min: '1', max: String(MOST_PEOPLE), step: '1', value: String(people), inputmode: 'numeric' });
  const said = element('span', { role: 'status', class: 'quiet' });
  const keep = () => {
    const told = field.valueAsNumber;
    if (!Number.isInteger(told) || told < 1 || told > MOST_PEOPLE) {
      said.textContent = text('watch.people_wrong');
      return;
    }
    ask('POST', address, { people: told }).then(
      () => (said.textContent = text('watch.people_kept', { people: told })),
      () => (said.textContent = text('site.unreachable')),
    );
  };
  field.addEventListener('change', keep, { signal });
  const label = element('label', {}, text('watch.people'), field, text('watch.people_unit'));
  place.append(element('span', { class: 'headcount' }, label, said));
}
