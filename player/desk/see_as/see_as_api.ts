import { ask } from '../../common/api.ts';
import type { Audience, Window } from '../types.ts';

/** What the API of looking as somebody says: server/README.md. */
export type ViewerKind = 'anonymous' | 'staff' | 'adviser';
export type SetBy = 'itself' | 'series' | 'nobody';

interface Titled {
  readonly id: string;
  readonly title: string;
}

export interface SeenItem {
  readonly kind: 'video' | 'material';
  readonly id: string;
  readonly title: string;
  readonly series: Titled | null;
  /** Its title. */
  readonly session: string | null;
  readonly session_id: string | null;
  /** By its own switch: what lies with a draft is not there all the same. */
  readonly published: boolean;
  /** Null where nothing keeps them from it. */
  readonly refusal: {
    readonly kind: 'not_found' | 'not_yet_open' | 'closed' | 'sign_in_required' | 'not_registered';
  } | null;
  readonly window: Window;
  readonly window_set_by: SetBy;
  readonly audience: Audience;
  readonly audience_set_by: SetBy;
  readonly lacks: 'recording' | 'file' | null;
  /** Of a video's material: the page that it lies on. */
  readonly page: (Titled & { readonly seen: boolean }) | null;
}

export interface Municipality {
  readonly code: string;
  readonly name: string;
  readonly departments: readonly string[];
}

export interface Seen {
  readonly viewer: { readonly registered: readonly Titled[] };
  readonly at: string;
  readonly items: readonly SeenItem[];
  readonly municipalities: readonly Municipality[];
}

export const readSeen = (query: string, signal: AbortSignal) => ask<Seen>('GET', `/api/desk/see-as?${query}`, undefined, signal);
