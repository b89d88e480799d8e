import { dayInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import type { Zone } from '../../common/zone.ts';
import { fieldDayInWords, whenInWords } from '../sessions/session_words.ts';
import { windowInWords } from '../words.ts';
import type { Happening, HappeningKind, Link, NoticeFields, SiteNames } from './notices_api.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** "2021-10-25" in the zone. */
export function today(zone: Zone, now: number): string {
  const { year, month, day } = zone.toLocal(now);
  return `${year}-${two(month)}-${two(day)}`;
}

interface Said {
  /** Of the session, or of the first thing that it is about. */
  readonly title: string;
  readonly titles: string;
  /** 「10月27日(水)の」; empty where no day is known. */
  readonly day: string;
  readonly when: string;
  readonly venue: string;
  readonly window: string;
  readonly reason: string;
  readonly replacements: string;
}

function saidOf({ session, titles, replacements, window }: Happening, zone: Zone, now: number): Said {
  const separator = text('session.list_separator');
  const first = session?.when.first_day ?? null;
  return {
    title: session?.title ?? titles[0] ?? '',
    titles: titles.map((title) => text('notices.quoted', { title })).join(separator),
    day: first === null ? '' : text('notices.of_day', { day: fieldDayInWords(first, zone, now) }),
    when: session ? whenInWords(session.when, zone, now) : '',
    venue: session?.venue ? text('notices.at_venue', { venue: session.venue }) : '',
    window: window ? windowInWords(window, zone, now) : '',
    reason: session?.cancel_reason ? text('notices.because', { reason: session.cancel_reason }) : '',
    replacements: replacements.length ? text('notices.replaced_by', { titles: replacements.map((title) => text('notices.quoted', { title })).join(separator) }) : '',
  };
}

const TITLES: Readonly<Record<HappeningKind, (said: { readonly title: string }) => string>> = {
  materials: (said) => text('notices.materials_title', said),
  materials_replaced: (said) => text('notices.materials_replaced_title', said),
  recording: (said) => text('notices.recording_title', said),
  lecture: (said) => text('notices.lecture_title', said),
  date: (said) => text('notices.date_title', said),
  date_changed: (said) => text('notices.date_changed_title', said),
  cancelled: (said) => text('notices.cancelled_title', said),
};

function bodyOf(kind: HappeningKind, { title, titles, day, when, venue, window, reason, replacements }: Said): string {
  const bodies: Readonly<Record<HappeningKind, () => string>> = {
    materials: () => text('notices.materials_body', { day, titles }),
    materials_replaced: () => text('notices.materials_replaced_body', { titles }),
    recording: () => text('notices.recording_body', { day, title, window }),
    lecture: () => text('notices.lecture_body', { title, window }),
    date: () => text('notices.date_body', { when, venue }),
    date_changed: () => text('notices.date_changed_body', { when, venue }),
    cancelled: () => text('notices.cancelled_body', { day, reason, replacements }),
  };
  return bodies[kind]();
}

/** The notice that the secretariat would write of what happened: a title that is a noun, and a sentence or two. */
export function draftOf(happening: Happening, zone: Zone, now: number): NoticeFields {
  const said = saidOf(happening, zone, now);
  const { title } = said;
  return { date: today(zone, now), title: TITLES[happening.kind]({ title }), body: bodyOf(happening.kind, said), links: happening.links };
}

/** 「10月25日(月)」: when it happened. */
export const dayOf = (at: string, zone: Zone, now: number): string => dayInWords(zone.toLocal(Date.parse(at)), zone.toLocal(now).year);

/** The same as a letter to the departments. */
export function mailOf({ title, body, links }: Pick<NoticeFields, 'title' | 'body' | 'links'>, site: SiteNames, origin: string): { readonly subject: string; readonly body: string } {
  const listed = links.map(({ title: of, path }: Link) => text('notices.mail_link', { title: of, address: origin + path })).join('\n');
  return {
    subject: text('notices.mail_subject', { site: site.name, title }),
    body: text('notices.mail_body', { organiser: site.organiser || site.name, body, links: listed || `${origin}/`, site: site.name, contact: site.contact }).trim(),
  };
}
