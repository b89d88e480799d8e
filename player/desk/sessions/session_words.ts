import { dayInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import type { Zone } from '../../common/zone.ts';
import { localOf } from '../window_form.ts';
import type { Status, When } from './sessions_api.ts';

export function statusInWords(status: Status): string {
  const words: Readonly<Record<Status, () => string>> = {
    tentative: () => text('session.status_tentative'),
    scheduled: () => text('session.status_scheduled'),
    held: () => text('session.status_held'),
    cancelled: () => text('session.status_cancelled'),
  };
  return words[status]();
}

export function wayInWords(way: string): string {
  const words: Readonly<Record<string, () => string>> = {
    venue: () => text('session.participation_venue'),
    zoom: () => text('session.participation_zoom'),
    online: () => text('session.participation_online'),
    live: () => text('session.participation_live'),
    vod: () => text('session.participation_vod'),
  };
  return words[way]?.() ?? way;
}

/** 「10月29日(金)」 of "2021-10-29". */
export function fieldDayInWords(day: string, zone: Zone, now: number): string {
  const local = localOf({ day, time: '' });
  return local ? dayInWords(local, zone.toLocal(now).year) : day;
}

/** 「10月29日(金) 13:30〜16:30」, 「11〜12月頃」, 「日程は調整中です」. */
export function whenInWords(when: When, zone: Zone, now: number): string {
  const day = when.first_day === null ? '' : fieldDayInWords(when.first_day, zone, now);
  if (day && when.last_day === null) {
    if (when.start === null) return day;
    return when.end === null
      ? text('date.starting', { day, start: when.start })
      : text('date.span', { day, start: when.start, end: when.end });
  }
  if (when.label) return when.label;
  if (day && when.last_day !== null) return text('sessions.days', { from: day, until: fieldDayInWords(when.last_day, zone, now) });
  return text('date.unknown');
}
