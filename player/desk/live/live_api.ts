import { ask } from '../../common/api.ts';
import type { LiveState } from '../../watch/live/live_status.ts';

export interface Publisher {
  readonly protocol: string;
  readonly since: string | null;
  /** Undefined until it was looked at, with all that follows. */
  readonly width?: number;
  readonly height?: number;
  readonly frame_rate?: number;
  readonly bit_rate?: number;
  readonly late_s?: number;
  readonly key_frame_s?: number;
  readonly dropped_frames?: number;
  readonly sound?: boolean;
}

export interface Mark {
  readonly at_s: number;
  readonly title: string;
}

export interface Span {
  readonly begin_s: number;
  readonly end_s: number;
}

/** How a stream stands: server/README.md. */
export interface LiveView {
  readonly state: LiveState;
  readonly recorded_s: number;
  readonly trim: Span | null;
  readonly items: readonly string[];
  readonly key_made_at: string | null;
  readonly addresses: { readonly rtmp: string | null; readonly srt: string | null };
  readonly publisher: Publisher | null;
  readonly viewers: {
    readonly now: number;
    readonly by_municipality: readonly { readonly code: string; readonly name: string; readonly count: number }[];
  };
  readonly marks: readonly Mark[];
  readonly renditions: readonly string[];
  readonly dropped: readonly string[];
  readonly warning: string | null;
}

export interface StreamKey {
  readonly key: string;
  readonly passphrase: string;
  readonly rtmp: string | null;
  readonly srt: string | null;
}

const at = (id: string) => `/api/desk/videos/${encodeURIComponent(id)}/live`;

export const readLive = (id: string, signal?: AbortSignal) => ask<LiveView>('GET', at(id), undefined, signal);
export const makeKey = (id: string) => ask<StreamKey>('POST', `${at(id)}/key`);
export const setBreak = (id: string, on: boolean) => ask<void>('POST', `${at(id)}/break`, { on });
export const markItem = (id: string, item: number) => ask<void>('POST', `${at(id)}/mark`, { item });
export const markTitle = (id: string, title: string) => ask<void>('POST', `${at(id)}/mark`, { title });
export const trimTo = (id: string, span: Span) => ask<void>('POST', `${at(id)}/trim`, span);
export const endStream = (id: string) => ask<void>('POST', `${at(id)}/end`);
