import { ask } from '../../common/api.ts';
import type { Material } from '../materials/materials_api.ts';

export type Status = 'tentative' | 'scheduled' | 'held' | 'cancelled';
export const STATUSES: readonly Status[] = ['tentative', 'scheduled', 'held', 'cancelled'];
export const WAYS = ['venue', 'zoom', 'online', 'live', 'vod'] as const;

/** Days as "2021-10-29", times as "13:30"; null: not known. */
export interface When {
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly reception: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly label: string;
}

export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly kind_label: string;
  readonly title: string;
  readonly speaker: string;
  readonly note: string;
  readonly sub_items: readonly string[];
}

export interface SessionFields {
  readonly series: string | null;
  readonly kind: string;
  readonly number: number | null;
  readonly title: string;
  readonly description: string;
  readonly status: Status;
  readonly when: When;
  readonly venue: string;
  readonly venue_address: string;
  readonly participation: readonly string[];
  readonly items: readonly Item[];
  readonly replaced_by: readonly string[];
  readonly cancel_reason: string;
}

export interface Session extends SessionFields {
  readonly id: string;
  /** Changes with all of it: who saves says what they saw. */
  readonly version: string;
}

export interface WholeSession extends Session {
  readonly videos: readonly { readonly id: string; readonly title: string; readonly published: boolean }[];
  readonly materials: readonly Material[];
}

const ALL = '/api/desk/sessions';
const at = (id: string) => `${ALL}/${encodeURIComponent(id)}`;

export const listSessions = (signal?: AbortSignal) => ask<{ readonly sessions: readonly Session[] }>('GET', ALL, undefined, signal);
export const readSession = (id: string, signal?: AbortSignal) => ask<WholeSession>('GET', at(id), undefined, signal);
export const createSession = (fields: Partial<SessionFields>) => ask<WholeSession>('POST', ALL, fields);
export const changeSession = (id: string, version: string, fields: Partial<SessionFields>) =>
  ask<WholeSession>('PATCH', at(id), { ...fields, version });
export const deleteSession = (id: string) => ask<void>('DELETE', at(id));
