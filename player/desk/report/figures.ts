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
  const live = kind === 'live';
  const ways: Record<Shown, { readonly session: readonly Figure[]; readonly video: readonly Figure[] }> = {
    people: { session: ['venue', 'zoom', 'openers'], video: live ? ['live', 'watched_people', 'openers'] : ['watched_people', 'openers'] },
    accounts: { session: ['openers'], video: ['viewers', 'openers'] },
    time: { session: [], video: live ? ['live_seconds', 'seconds'] : ['seconds'] },
  };
  return ways[shown][kind === 'session' ? 'session' : 'video'];
}

export function figuresOfTotal(shown: Shown): readonly Figure[] {
  const totals = {
    people: ['venue', 'zoom', 'live', 'watched_people', 'openers'],
    accounts: ['viewers', 'openers'],
    time: ['live_seconds', 'seconds'],
  } as const;
  return totals[shown];
}

export function headOf(figure: Figure): string {
  const heads = {
    venue: () => text('report.venue'),
    zoom: () => text('report.zoom'),
    live: () => text('report.live'),
    watched_people: () => text('report.watched_people'),
    viewers: () => text('report.viewers'),
    seconds: () => text('report.seconds'),
    live_seconds: () => text('report.live_seconds'),
    openers: () => text('report.openers'),
  };
  return heads[figure]();
}

/** A number as it stands in its cell; of nobody a 0. */
export function told(figures: Figures | undefined, figure: Figure): string {
  const value = figures?.[figure] ?? 0;
  return figure === 'seconds' || figure === 'live_seconds' ? clockTime(value) : String(value);
}

/** Whether nobody took part in any way. */
export function isNothing({ venue, zoom, viewers, openers }: Figures): boolean {
  return venue + zoom + viewers + openers === 0;
}
