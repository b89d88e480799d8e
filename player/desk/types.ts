import type { Checklist } from './publishing/checks.ts';

/** What the desk's API says: server/README.md. */
export type Audience = 'everybody' | 'staff' | 'registered';

export interface Window {
  readonly opens_at: string | null;
  readonly closes_at: string | null;
}

export interface Recording {
  readonly id: string;
  readonly file_name: string;
  readonly bytes: number;
  /** Other videos that show it. */
  readonly shown_by: readonly { readonly id: string; readonly title: string }[];
  readonly state: 'queued' | 'working' | 'ready' | 'failed' | 'live';
  readonly playable: boolean;
  readonly progress: { readonly fraction: number; readonly speed: number; readonly remaining_s: number | null } | null;
  readonly renditions: readonly string[];
  readonly duration_s: number | null;
  readonly lost_s: number;
  readonly failure: { readonly kind: string; readonly message: string } | null;
  readonly attempts: number;
  readonly source_url: string;
}

export interface UnfinishedUpload {
  readonly id: string;
  readonly offset: number;
  readonly length: number;
  readonly file_name: string;
}

/** What of its recording a video shows, in seconds of that; both null: from its beginning to its end. */
export interface Clip {
  readonly begin_s: number | null;
  readonly end_s: number | null;
  /** What is left out between. */
  readonly cuts: readonly { readonly begin_s: number; readonly end_s: number }[];
}

export interface DeskVideo {
  readonly id: string;
  readonly kind: 'lecture' | 'record' | 'live';
  readonly title: string;
  readonly speaker: string;
  readonly description: string;
  readonly series: string | null;
  readonly session: string | null;
  readonly published: boolean;
  readonly state: 'draft' | 'upcoming' | 'open' | 'closed';
  readonly audience: Audience | null;
  readonly effective_audience: Audience;
  readonly window: Window | null;
  readonly effective_window: Window;
  /** Whether whoever may watch it may take it along as a file. */
  readonly download: boolean;
  readonly clip: Clip;
  readonly recording: Recording | null;
  readonly upload: UnfinishedUpload | null;
}

/** One video, asked for alone. */
export interface CheckedVideo extends DeskVideo {
  /** Changes with what the form changes: who saves says what they saw. */
  readonly version: string;
  readonly checklist: Checklist;
}

export interface VideoChange {
  readonly title?: string;
  readonly speaker?: string;
  readonly description?: string;
  readonly series?: string | null;
  readonly session?: string | null;
  readonly published?: boolean;
  /** Why it is published although a check fails. */
  readonly reason?: string;
  readonly audience?: Audience | null;
  readonly window?: Window | null;
  readonly download?: boolean;
}

export interface Choices {
  readonly series: readonly {
    readonly id: string;
    readonly title: string;
    readonly audience: Audience;
    readonly window: Window;
  }[];
  readonly sessions: readonly { readonly id: string; readonly title: string; readonly when: string }[];
}
