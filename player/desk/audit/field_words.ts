import { text } from '../../common/page.ts';
import type { Zone } from '../../common/zone.ts';
import { statusInWords, wayInWords } from '../sessions/session_words.ts';
import { STATUSES, type Status } from '../sessions/sessions_api.ts';
import type { Audience, Window } from '../types.ts';
import { audienceInWords, windowInWords } from '../words.ts';

/** What fields are called; those that are not here say nothing to a clerk, and are left out. */
const LABELS: Readonly<Record<string, () => string>> = {
  title: () => text('desk.field_title'),
  speaker: () => text('desk.field_speaker'),
  description: () => text('desk.field_description'),
  series: () => text('desk.field_series'),
  session: () => text('desk.field_session'),
  published: () => text('desk.publishing'),
  audience: () => text('desk.field_audience'),
  window: () => text('desk.window'),
  status: () => text('sessions.status'),
  when: () => text('session.when'),
  venue: () => text('session.venue'),
  venue_address: () => text('sessions.venue_address'),
  participation: () => text('session.participation'),
  items: () => text('session.programme'),
  cancel_reason: () => text('sessions.cancel_reason'),
  date: () => text('notices.date'),
  body: () => text('notices.body'),
  reason: () => text('checklist.reason'),
  begin_s: () => text('audit.field_begin'),
  end_s: () => text('audit.field_end'),
  lost: () => text('withdraw.what'),
  file_name: () => text('audit.field_file'),
  text: () => text('questions.words'),
  answer: () => text('questions.answer'),
  registered: () => text('departments.series'),
  role: () => text('accounts.role'),
  label: () => text('desk.captions_language'),
  cues: () => text('audit.field_cues'),
};

export const fieldInWords = (field: string): string | undefined => LABELS[field]?.();

const isWindow = (value: unknown): value is Window => typeof value === 'object' && value !== null && 'opens_at' in value && 'closes_at' in value;
const statuses: readonly string[] = STATUSES;
const audiences: readonly string[] = ['everybody', 'staff', 'registered'];

function roleInWords(role: string): string {
  const words: Readonly<Record<string, () => string>> = {
    secretariat: () => text('accounts.secretariat'),
    organiser: () => text('accounts.organiser'),
    adviser: () => text('accounts.adviser'),
    viewer: () => text('accounts.viewer'),
  };
  return words[role]?.() ?? role;
}

/** A value as the desk shows it: nothing is 「なし」, of publishing what is inherited 「シリーズに合わせる」. */
export function valueInWords(field: string, value: unknown, zone: Zone, now: number): string {
  if (value === null || value === undefined || value === '')
    return field === 'window' || field === 'audience' ? text('audit.of_series') : text('audit.empty');
  if (field === 'window' && isWindow(value)) return windowInWords(value, zone, now);
  if (field === 'published') return value === true ? text('audit.is_published') : text('audit.is_not_published');
  if (typeof value === 'boolean') return value ? text('audit.yes') : text('audit.no');
  if (field === 'audience' && typeof value === 'string' && audiences.includes(value)) return audienceInWords(value as Audience);
  if (field === 'role' && typeof value === 'string') return roleInWords(value);
  if (field === 'lost') return value === 'sound' ? text('withdraw.mute') : text('withdraw.blank');
  if (field === 'status' && typeof value === 'string' && statuses.includes(value)) return statusInWords(value as Status);
  if (field === 'participation' && Array.isArray(value)) return value.map((way) => wayInWords(String(way))).join(text('session.list_separator')) || text('audit.empty');
  if (Array.isArray(value)) return value.length ? value.map(String).join(text('session.list_separator')) : text('audit.empty');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
