import type { Codec } from '../editing/form_state.ts';
import type { Cue } from './captions_api.ts';
import { cueTimeOf, cueTimeText } from './cue_time.ts';

/** A cue as it stands in the editor's fields. */
export interface CueDraft {
  /** Stays the same while rows come and go. */
  readonly row: number;
  readonly start: string;
  readonly end: string;
  readonly text: string;
}

let rows = 0;

export const draftOf = ({ start_s, end_s, text }: Cue): CueDraft => ({
  row: ++rows,
  start: cueTimeText(start_s),
  end: cueTimeText(end_s),
  text,
});

/** The editor's fields; rows get their places anew on each page. */
export interface CueFields {
  readonly cues: readonly CueDraft[];
}

export const codec: Codec<CueFields> = {
  plain: ({ cues }) => ({ cues: cues.map(({ start, end, text }) => [start, end, text]) }),
  fields: ({ cues }) => ({ cues: (cues as readonly (readonly [string, string, string])[]).map(([start, end, text]) => ({ row: ++rows, start, end, text })) }),
};

/** Under which name what is typed of a track is kept. */
export const formName = (video: string, language: string) => `captions ${video} ${language}`;

/** A new row behind `before`: it begins where that ends, and lasts two seconds. */
export function draftAfter(before: CueDraft | undefined): CueDraft {
  const start_s = before ? (cueTimeOf(before.end) ?? 0) : 0;
  return draftOf({ start_s, end_s: start_s + 2, text: '' });
}

export const isTime = (field: string) => cueTimeOf(field) !== undefined;
export const isRight = ({ start, end }: CueDraft) => isTime(start) && isTime(end);

/** The cues that the fields say, where all of them are right. */
export function cuesOf(drafts: readonly CueDraft[]): Cue[] | undefined {
  if (!drafts.every(isRight)) return undefined;
  return drafts.map(({ start, end, text }) => ({ start_s: cueTimeOf(start) ?? 0, end_s: cueTimeOf(end) ?? 0, text }));
}
