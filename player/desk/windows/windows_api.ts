import { ask } from '../../common/api.ts';
import type { Subject } from '../publishing/checks.ts';
import type { Window } from '../types.ts';

/** What the API of windows says: server/README.md. */
export interface ItemId {
  readonly kind: 'series' | 'video' | 'material';
  readonly id: string;
}

export interface State {
  /** Null: the series'. */
  readonly window: Window | null;
  /** Null of a series. */
  readonly published: boolean | null;
}

export interface Item extends ItemId {
  readonly kind: 'video' | 'material';
  readonly title: string;
  readonly series: string | null;
  readonly session: string | null;
  readonly video: string | null;
  readonly state: 'draft' | 'upcoming' | 'open' | 'closed';
  readonly effective_window: Window;
  readonly now: State;
}

export interface Series {
  readonly id: string;
  readonly title: string;
  readonly window: Window;
}

export interface Session {
  readonly id: string;
  readonly title: string;
  readonly series: string | null;
  /** "2021-10-29"; null where it is not known to the day. */
  readonly day: string | null;
  readonly status: 'tentative' | 'scheduled' | 'held' | 'cancelled';
}

export interface Windows {
  readonly series: readonly Series[];
  readonly sessions: readonly Session[];
  readonly items: readonly Item[];
  readonly now: string;
}

export type End =
  | null
  | { readonly day: string; readonly time?: string | null }
  | { readonly session_days: number; readonly time?: string | null }
  | { readonly fiscal_year_end: true };

/** An end that is missing stays. */
export interface Ends {
  readonly opens?: End;
  readonly closes?: End;
}

export interface Change {
  /** Null: the series' window counts again. */
  readonly window?: Ends | null;
  readonly published?: boolean;
}

export type Warning =
  | { readonly kind: 'closes_on_day_off'; readonly day: string; readonly why: 'saturday' | 'sunday' | 'holiday' | 'year_end'; readonly holiday: string }
  | { readonly kind: 'never_open' | 'leaves_series' | 'no_recording' | 'no_file' }
  | { readonly kind: 'materials_beyond'; readonly titles: readonly string[] }
  | { readonly kind: 'checklist'; readonly failed: readonly Subject[] }
  | { readonly kind: 'inherited'; readonly count: number };

export interface Preview extends ItemId {
  readonly title: string;
  readonly now: State;
  readonly effective_now: Window;
  /** Null where it cannot be: `problem` says why. */
  readonly then: State | null;
  readonly effective_then: Window | null;
  readonly problem: string | null;
  readonly warnings: readonly Warning[];
}

/** What a clerk saw of an item, and what it is to become. */
export interface Wanted extends ItemId {
  readonly now: State;
  readonly then: State;
  /** By which change of its window: what counts from the day of a session is remembered. */
  readonly how?: Ends;
}

/** A window that does not say any more what it was set to, since the day of its session is another; what it would be. */
export interface Moved extends Preview {
  readonly how: Ends;
}

interface WrittenTime {
  readonly day: string;
  readonly time: string | null;
}

export interface WrittenSpan {
  readonly opens: WrittenTime | null;
  readonly closes: WrittenTime | null;
  /** One day of which it was not said whether it begins or ends. */
  readonly day: WrittenTime | null;
}

const ADDRESS = '/api/desk/windows';

export const readWindows = (signal: AbortSignal) => ask<Windows>('GET', ADDRESS, undefined, signal);
export const previewChange = (items: readonly ItemId[], change: Change) =>
  ask<{ readonly changes: readonly Preview[] }>('POST', `${ADDRESS}/preview`, { items: items.map(({ kind, id }) => ({ kind, id })), change });
/** Of a session, or of all. */
export const readMoved = (session: string, signal: AbortSignal) =>
  ask<{ readonly changes: readonly Moved[] }>('GET', session ? `${ADDRESS}/moved?session=${encodeURIComponent(session)}` : `${ADDRESS}/moved`, undefined, signal);
/** `reason`: why videos are published although checks of them fail. */
export const applyStates = (items: readonly Wanted[], reason: string) => ask<{ readonly changed: number }>('POST', ADDRESS, { items, reason });
export const readSpan = (written: string) => ask<WrittenSpan>('POST', `${ADDRESS}/read`, { text: written });
