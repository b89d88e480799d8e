import { fromInWords, untilInWords } from '../common/dates.ts';
import { text } from '../common/page.ts';
import type { Zone } from '../common/zone.ts';
import type { Audience, DeskVideo, Window } from './types.ts';

/** 「約3分」; nothing where it is not known. */
export function remainingInWords(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '';
  if (seconds < 60) return text('desk.remaining_seconds', { seconds: Math.max(5, Math.ceil(seconds / 5) * 5) });
  if (seconds < 3600) return text('desk.remaining_minutes', { minutes: Math.ceil(seconds / 60) });
  return text('desk.remaining_hours', {
    hours: Math.floor(seconds / 3600),
    minutes: Math.ceil((seconds % 3600) / 60),
  });
}

/** 「2時間35分」, 「46分」, 「9秒」. */
export function durationInWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return text('duration.seconds', { seconds: whole });
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return text('duration.minutes', { minutes });
  return text('duration.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

export function stateInWords(state: DeskVideo['state']): string {
  const words = {
    draft: () => text('desk.state_draft'),
    upcoming: () => text('desk.state_upcoming'),
    open: () => text('desk.state_open'),
    closed: () => text('desk.state_closed'),
  };
  return words[state]();
}

export function audienceInWords(audience: Audience): string {
  const words = {
    everybody: () => text('audience.everybody'),
    staff: () => text('audience.staff'),
    registered: () => text('audience.registered'),
  };
  return words[audience]();
}

/** 「6月29日(火)から12月28日(火)まで」. */
export function windowInWords(window: Window, zone: Zone, now: number): string {
  const from = window.opens_at === null ? '' : fromInWords(window.opens_at, zone, now);
  const until = window.closes_at === null ? '' : untilInWords(window.closes_at, zone, now);
  if (from && until) return text('window.from_until', { from, until });
  return from || until || text('window.always');
}

/** What to do about a recording that could not be made, by the transcoder's kind of failure. */
export function adviceFor(kind: string): string {
  const advice: Readonly<Record<string, () => string>> = {
    empty: () => text('desk.advice_empty'),
    not_a_recording: () => text('desk.advice_not_a_recording'),
    playlist: () => text('desk.advice_playlist'),
    truncated: () => text('desk.advice_truncated'),
    unsupported: () => text('desk.advice_unsupported'),
    damaged: () => text('desk.advice_damaged'),
    too_large: () => text('desk.advice_too_large'),
    no_space: () => text('desk.advice_no_space'),
    internal: () => text('desk.advice_internal'),
  };
  return advice[kind]?.() ?? '';
}
