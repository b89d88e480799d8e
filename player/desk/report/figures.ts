import { clockTime } from '../../common/clock_time.ts';
import { text } from '../../common/page.ts';
import type { Column, Figure, Figures } from './report_api.ts';

/** What the table tells: one kind of number at a time, so that it fits a page. */
export type Shown = 'people' | 'accounts' | 'time';

export function shownInWords(shown: Shown): string {
  const words = {
    people: () => text('report.show_people'),
    accounts: () => text('report.show_accounts'),
    time: () => text('report.show_time'),
  };
  return words[shown]();
}

/** What a column holds of that. Nothing: it is left out. */
export function figuresOf({ kind }: Column, shown: Shown): readonly Figure[] {
  if (kind === 'session') return shown === 'people' ? ['venue', 'zoom'] : [];
  if (shown !== 'people') return [shown === 'accounts' ? 'viewers' : 'seconds'];
  return kind === 'live' ? ['live', 'watched_people'] : ['watched_people'];
}

export function figuresOfTotal(shown: Shown): readonly Figure[] {
  if (shown === 'people') return ['venue', 'zoom', 'live', 'watched_people'];
  return [shown === 'accounts' ? 'viewers' : 'seconds'];
}

export function headOf(figure: Figure): string {
  const heads = {
    venue: () => text('report.venue'),
    zoom: () => text('report.zoom'),
    live: () => text('report.live'),
    watched_people: () => text('report.watched_people'),
    viewers: () => text('report.viewers'),
    seconds: () => text('report.seconds'),
  };
  return heads[figure]();
}

/** A number as it stands in its cell; of nobody a 0. */
export function told(figures: Figures | undefined, figure: Figure): string {
  const value = figures?.[figure] ?? 0;
  return figure === 'seconds' ? clockTime(value) : String(value);
}
