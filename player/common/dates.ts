import { text } from './page.ts';
import { weekdayOf, type LocalTime, type Zone } from './zone.ts';

type Day = Pick<LocalTime, 'year' | 'month' | 'day'>;

const two = (value: number) => String(value).padStart(2, '0');

/** 「12月28日(火)」, with its year where that is not the present one. */
export function dayInWords(day: Day, thisYear: number): string {
  const values = {
    year: day.year,
    month: day.month,
    day: day.day,
    month_name: text('date.months').split(',')[day.month - 1] ?? '',
    weekday: text('date.weekdays').split(',')[weekdayOf(day)] ?? '',
  };
  return day.year === thisYear ? text('date.day', values) : text('date.day_with_year', values);
}

/** 「12月28日(火)17:00」 in the zone. */
export function instantInWords(instant: string, zone: Zone, now: number): string {
  const local = zone.toLocal(Date.parse(instant));
  const day = dayInWords(local, zone.toLocal(now).year);
  return text('date.at', { day, time: `${two(local.hour)}:${two(local.minute)}` });
}

/** The last day of a window that closes with a day, or nothing where it closes at another time. */
function lastWholeDay(closes: number, zone: Zone): LocalTime | undefined {
  const at = zone.toLocal(closes);
  return at.hour || at.minute || at.second ? undefined : zone.toLocal(closes - 1);
}

/** 「12月28日(火)まで」, 「6月28日(月)17:00まで」. */
export function untilInWords(closes: string, zone: Zone, now: number): string {
  const day = lastWholeDay(Date.parse(closes), zone);
  if (!day) return text('window.until', { time: instantInWords(closes, zone, now) });
  return text('window.until', { time: dayInWords(day, zone.toLocal(now).year) });
}

/** 「6月29日(火)から」, 「6月29日(火)13:30から」. */
export function fromInWords(opens: string, zone: Zone, now: number): string {
  const local = zone.toLocal(Date.parse(opens));
  if (local.hour || local.minute) return text('window.from', { time: instantInWords(opens, zone, now) });
  return text('window.from', { time: dayInWords(local, zone.toLocal(now).year) });
}
