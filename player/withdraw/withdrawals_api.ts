import { ask } from '../common/api.ts';

/** What a withdrawal takes: the sound alone, or the picture too. */
export type Lost = 'sound' | 'picture_and_sound';

/** Seconds of the recording. */
export interface Wish {
  readonly begin_s: number;
  readonly end_s: number;
}

export interface Withdrawal extends Wish {
  readonly id: string;
  readonly lost: Lost;
  readonly reason: string;
  /** Null: the command line, or an account that is gone. */
  readonly by: string | null;
  readonly at: string;
  /** `withheld`: nobody is given it; `removed`: its bytes are gone too. */
  readonly state: 'withheld' | 'removed';
}

export interface Withdrawals {
  readonly withdrawals: readonly Withdrawal[];
  /** How far the files without it are made, 0 to 1; null while nothing is being made. */
  readonly fraction: number | null;
  /** Why they could not be made the last time. */
  readonly failure: string | null;
}

/** What would be lost. */
export interface Effect extends Wish {
  readonly cues: number;
  readonly chapters: number;
  /** Titles of the videos that show the recording. */
  readonly videos: readonly string[];
  /** Whether what was uploaded is still kept. */
  readonly source: boolean;
}

const at = (video: string) => `/api/desk/videos/${encodeURIComponent(video)}/withdrawals`;

export const readWithdrawals = (video: string, signal?: AbortSignal) => ask<Withdrawals>('GET', at(video), undefined, signal);
export const effectOf = (video: string, wish: Wish) => ask<Effect>('POST', `${at(video)}/effect`, wish);
export const withdraw = (video: string, wish: Wish & { readonly lost: Lost; readonly reason: string }) => ask<Withdrawals>('POST', at(video), wish);
export const tryAgain = (video: string) => ask<Withdrawals>('POST', `${at(video)}/retry`);
