import type { Change, End, WrittenSpan } from './windows_api.ts';

/** How one end is to change. */
export type EndWay = 'keep' | 'day' | 'session' | 'fiscal_year' | 'none';

export interface EndForm {
  readonly way: EndWay;
  /** "2021-12-28", for `day`. */
  readonly day: string;
  /** "17:00", for `day` and `session`; empty: the whole day. */
  readonly time: string;
  /** A number as it was typed, for `session`. */
  readonly days: string;
  readonly side: 'before' | 'after';
}

export interface ChangeForm {
  readonly window: 'keep' | 'ends' | 'series';
  readonly opens: EndForm;
  readonly closes: EndForm;
  readonly published: 'keep' | 'yes' | 'no';
}

const kept: EndForm = { way: 'keep', day: '', time: '', days: '14', side: 'after' };
export const unchanged: ChangeForm = { window: 'keep', opens: kept, closes: kept, published: 'keep' };

const bySession = (days: number, side: EndForm['side'], time = ''): EndForm => ({ ...kept, way: 'session', days: String(days), side, time });

export type Preset = 'day_before' | 'two_weeks_after' | 'day_after_for_two_weeks' | 'fiscal_year';

/** The form with a usual change put in. */
export function withPreset(form: ChangeForm, preset: Preset): ChangeForm {
  const ends: Record<Preset, Partial<ChangeForm>> = {
    day_before: { closes: bySession(1, 'before', '17:00') },
    two_weeks_after: { closes: bySession(14, 'after') },
    day_after_for_two_weeks: { opens: bySession(1, 'after'), closes: bySession(14, 'after') },
    fiscal_year: { closes: { ...kept, way: 'fiscal_year' } },
  };
  return { ...form, window: 'ends', ...ends[preset] };
}

const onDay = ({ day, time }: { readonly day: string; readonly time: string | null }): EndForm => ({ ...kept, way: 'day', day, time: time ?? '' });

/** The form with what was read from a text. One day alone is left out: somebody has to say which end it is. */
export function withSpan(form: ChangeForm, { opens, closes }: WrittenSpan): ChangeForm {
  return {
    ...form,
    window: 'ends',
    opens: opens ? onDay(opens) : form.opens,
    closes: closes ? onDay(closes) : form.closes,
  };
}

export type FormMistake = 'nothing' | 'no_day' | 'no_days' | 'ends_before_start';

function mistakeInEnd(end: EndForm): FormMistake | undefined {
  if (end.way === 'day' && !end.day) return 'no_day';
  if (end.way === 'session' && !/^\d{1,4}$/.test(end.days)) return 'no_days';
  return undefined;
}

/** What is wrong with the form, if anything is. */
export function mistakeInForm({ window, opens, closes, published }: ChangeForm): FormMistake | undefined {
  const changesEnds = window === 'ends' && (opens.way !== 'keep' || closes.way !== 'keep');
  if (!changesEnds && window !== 'series' && published === 'keep') return 'nothing';
  if (window !== 'ends') return undefined;
  const mistake = mistakeInEnd(opens) ?? mistakeInEnd(closes);
  if (mistake) return mistake;
  if (opens.way !== 'day' || closes.way !== 'day') return undefined;
  const from = `${opens.day}T${opens.time || '00:00'}`;
  const until = `${closes.day}T${closes.time || '24:00'}`;
  return until <= from ? 'ends_before_start' : undefined;
}

function endOf(end: EndForm): End | undefined {
  const time = end.time || null;
  switch (end.way) {
    case 'keep':
      return undefined;
    case 'none':
      return null;
    case 'day':
      return { day: end.day, time };
    case 'session':
      return { session_days: Number(end.days) * (end.side === 'before' ? -1 : 1), time };
    case 'fiscal_year':
      return { fiscal_year_end: true };
  }
}

/** What the API is told; of a form without a mistake. */
export function changeOf({ window, opens, closes, published }: ChangeForm): Change {
  const whether = published === 'keep' ? {} : { published: published === 'yes' };
  if (window === 'keep') return whether;
  if (window === 'series') return { window: null, ...whether };
  const [from, until] = [endOf(opens), endOf(closes)];
  return {
    window: { ...(from === undefined ? {} : { opens: from }), ...(until === undefined ? {} : { closes: until }) },
    ...whether,
  };
}
