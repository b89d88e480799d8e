import { weekdayOf, type LocalTime, type Zone } from '../common/zone.ts';
import type { Window } from './types.ts';

/** One end as the fields hold it: "2021-12-28" and "17:00", or empty. */
export interface EndFields {
  readonly day: string;
  readonly time: string;
}

export interface WindowForm {
  /** As the series, whole days, or to the minute. */
  readonly mode: 'series' | 'days' | 'minutes';
  readonly opens: EndFields;
  readonly closes: EndFields;
}

const two = (value: number) => String(value).padStart(2, '0');
const none: EndFields = { day: '', time: '' };

function fieldsOf(instant: number, zone: Zone): EndFields {
  const local = zone.toLocal(instant);
  return {
    day: `${local.year}-${two(local.month)}-${two(local.day)}`,
    time: `${two(local.hour)}:${two(local.minute)}`,
  };
}

/** A day and a time of day, where both fields hold one. A time that is missing is the day's first minute. */
export function localOf({ day, time }: EndFields): LocalTime | undefined {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.slice(1).map(Number);
  if (!date) return undefined;
  const [year = 0, month = 0, dayOfMonth = 0] = date;
  const [hour = 0, minute = 0] = (time || '00:00').split(':').map(Number);
  return { year, month, day: dayOfMonth, hour, minute, second: 0 };
}

/** The fields that show a window. Ends at midnight are told as days, both included. */
export function formOf(window: Window | null, zone: Zone): WindowForm {
  if (!window) return { mode: 'series', opens: none, closes: none };
  const opens = window.opens_at === null ? undefined : Date.parse(window.opens_at);
  const closes = window.closes_at === null ? undefined : Date.parse(window.closes_at);
  const opensFields = opens === undefined ? none : fieldsOf(opens, zone);
  const closesFields = closes === undefined ? none : fieldsOf(closes, zone);
  const midnight = ({ time }: EndFields) => time === '' || time === '00:00';
  if (!midnight(opensFields) || !midnight(closesFields))
    return { mode: 'minutes', opens: opensFields, closes: closesFields };
  return {
    mode: 'days',
    opens: { day: opensFields.day, time: '' },
    closes: { day: closes === undefined ? '' : fieldsOf(closes - 1, zone).day, time: '' },
  };
}

/** What the API is told. Days go as days: the server knows where they end. */
export function windowOf(form: WindowForm, zone: Zone): Window | null {
  if (form.mode === 'series') return null;
  if (form.mode === 'days') return { opens_at: form.opens.day || null, closes_at: form.closes.day || null };
  const instant = (fields: EndFields) => {
    const local = localOf(fields);
    return local ? new Date(zone.toInstant(local)).toISOString() : null;
  };
  return { opens_at: instant(form.opens), closes_at: instant(form.closes) };
}

export type WindowMistake = 'ends_before_start' | 'time_without_day';

/** What is wrong with the fields, if anything is. */
export function mistakeIn(form: WindowForm, zone: Zone): WindowMistake | undefined {
  if (form.mode === 'series') return undefined;
  if (form.mode === 'minutes' && [form.opens, form.closes].some(({ day, time }) => time && !day))
    return 'time_without_day';
  const opens = localOf(form.opens);
  const closes = localOf(form.closes);
  if (!opens || !closes) return undefined;
  const difference = zone.toInstant(closes) - zone.toInstant(opens);
  return (form.mode === 'days' ? difference < 0 : difference <= 0) ? 'ends_before_start' : undefined;
}

/** The weekday's place in the week of a field's day, Sunday first. */
export function weekdayIn(fields: EndFields): number | undefined {
  const local = localOf(fields);
  return local && weekdayOf(local);
}
