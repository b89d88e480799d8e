import type { LocalTime, Zone } from '../../common/zone.ts';
import { weekdayOf } from '../../common/zone.ts';
import type { Item, Windows } from './windows_api.ts';

export type Day = Pick<LocalTime, 'year' | 'month' | 'day'>;

/** What happens at one instant: all that opens then, or closes, or the day's sessions. */
export interface CalendarEntry {
  readonly what: 'opens' | 'closes' | 'session';
  readonly day: Day;
  /** "17:00"; empty where it is the day's first minute, or its end. */
  readonly time: string;
  readonly things: readonly { readonly title: string; readonly href: string; readonly draft: boolean }[];
}

export interface CalendarWeek {
  /** Monday. */
  readonly first: Day;
  /** Sunday. */
  readonly last: Day;
  readonly entries: readonly CalendarEntry[];
}

const DAY_MS = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');
/** A day's place among days: its midnight, as if clocks showed UTC. */
const placeOf = ({ year, month, day }: Day) => Date.UTC(year, month - 1, day);
const dayAt = (place: number): Day => {
  const date = new Date(place);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

interface Moment extends Omit<CalendarEntry, 'things'> {
  readonly thing: CalendarEntry['things'][number];
}

/** An opening at a day's start is that day's; a closing at a day's end is that of the day before. */
function momentOf(item: Item, what: 'opens' | 'closes', instant: string, zone: Zone): Moment {
  const at = Date.parse(instant);
  const local = zone.toLocal(at);
  const wholeDay = local.hour === 0 && local.minute === 0;
  const day = what === 'closes' && wholeDay ? zone.toLocal(at - 1) : local;
  const page = item.kind === 'video' ? item.id : item.video;
  return {
    what,
    day,
    time: wholeDay ? '' : `${two(local.hour)}:${two(local.minute)}`,
    thing: { title: item.title, href: page ? `/desk/videos/${encodeURIComponent(page)}` : '', draft: item.state === 'draft' },
  };
}

function momentsOf({ items, sessions }: Windows, zone: Zone): Moment[] {
  const moments: Moment[] = [];
  for (const item of items) {
    const { opens_at, closes_at } = item.effective_window;
    if (opens_at !== null) moments.push(momentOf(item, 'opens', opens_at, zone));
    if (closes_at !== null) moments.push(momentOf(item, 'closes', closes_at, zone));
  }
  for (const { id, title, day, status } of sessions) {
    if (day === null || status === 'cancelled') continue;
    const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
    const thing = { title, href: `/sessions/${encodeURIComponent(id)}`, draft: false };
    moments.push({ what: 'session', day: { year, month, day: dayOfMonth }, time: '', thing });
  }
  return moments;
}

/** Openings come first on a day, whole days' closings last. */
const orderOf = ({ day, what, time }: Moment) => [placeOf(day), time || (what === 'closes' ? '24:00' : '00:00'), what].join(' ');

/** What opens and closes, and the sessions, of so many weeks from that of `now` on; what is over is left out. */
export function calendarOf(windows: Windows, zone: Zone, now: number, weeks: number): CalendarWeek[] {
  const today = zone.toLocal(now);
  const monday = placeOf(today) - ((weekdayOf(today) + 6) % 7) * DAY_MS;
  const moments = momentsOf(windows, zone)
    .filter(({ day }) => placeOf(day) >= placeOf(today) && placeOf(day) < monday + weeks * 7 * DAY_MS)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return Array.from({ length: weeks }, (_, week) => {
    const first = monday + week * 7 * DAY_MS;
    const entries = new Map<string, CalendarEntry>();
    for (const moment of moments) {
      const place = placeOf(moment.day);
      if (place < first || place >= first + 7 * DAY_MS) continue;
      const key = orderOf(moment);
      const known = entries.get(key);
      const { what, day, time, thing } = moment;
      entries.set(key, { what, day, time, things: [...(known?.things ?? []), thing] });
    }
    return { first: dayAt(first), last: dayAt(first + 6 * DAY_MS), entries: [...entries.values()] };
  });
}
