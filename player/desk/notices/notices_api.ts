import { ask } from '../../common/api.ts';
import type { SessionFields } from '../sessions/sessions_api.ts';
import type { Window } from '../types.ts';

export interface Link {
  readonly id: string;
  readonly title: string;
  /** "/sessions/…" */
  readonly path: string;
}

/** As it is written; links are ids. */
export interface NoticeFields {
  readonly date: string;
  readonly title: string;
  readonly body: string;
  readonly links: readonly Link[];
}

export interface Notice extends NoticeFields {
  readonly id: string;
  readonly version: string;
}

export type HappeningKind = 'materials' | 'materials_replaced' | 'recording' | 'lecture' | 'date' | 'date_changed' | 'cancelled';

/** Something that no notice tells yet. */
export interface Happening {
  readonly kind: HappeningKind;
  readonly at: string;
  readonly numbers: readonly number[];
  readonly titles: readonly string[];
  readonly links: readonly Link[];
  readonly session: SessionFields | null;
  readonly replacements: readonly string[];
  readonly window: Window | null;
}

export interface SiteNames {
  readonly name: string;
  readonly organiser: string;
  readonly contact: string;
}

export interface NoticeList {
  readonly notices: readonly Notice[];
  readonly happened: readonly Happening[];
  readonly site: SiteNames;
}

const ALL = '/api/desk/notices';
const told = ({ date, title, body, links }: NoticeFields) => ({ date, title, body, links: links.map(({ id }) => id) });

export const listNotices = (signal?: AbortSignal) => ask<NoticeList>('GET', ALL, undefined, signal);
export const publishNotice = (fields: NoticeFields) => ask<Notice>('POST', ALL, told(fields));
export const changeNotice = (id: string, version: string, fields: NoticeFields) =>
  ask<Notice>('PATCH', `${ALL}/${encodeURIComponent(id)}`, { ...told(fields), version });
export const deleteNotice = (id: string) => ask<void>('DELETE', `${ALL}/${encodeURIComponent(id)}`);
export const leaveHappening = (numbers: readonly number[]) => ask<void>('POST', '/api/desk/happenings/leave', { numbers });
