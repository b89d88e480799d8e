import { clockText, secondsOf } from '../live/span_text.ts';
import type { Codec } from '../editing/form_state.ts';
import type { Chapter } from './chapters_api.ts';

/** A chapter in the editor: its fields as they are typed. */
export interface ChapterDraft {
  /** Tells rows apart. */
  readonly row: number;
  /** The exact time behind the field, as long as that says the same. */
  readonly exact_s: number | undefined;
  readonly time: string;
  readonly title: string;
}

/** What lies so near to a chapter is that chapter. */
const SAME_S = 1;

let rows = 0;

export const draftOf = ({ at_s, title }: Chapter): ChapterDraft => ({ row: ++rows, exact_s: at_s, time: clockText(at_s), title });
export const emptyDraft = (): ChapterDraft => ({ row: ++rows, exact_s: undefined, time: '', title: '' });

/** The editor's fields; rows get their places anew on each page. */
export interface ChapterFields {
  readonly chapters: readonly ChapterDraft[];
}

type Kept = Omit<ChapterDraft, 'row' | 'exact_s'> & { readonly exact_s?: number };

export const codec: Codec<ChapterFields> = {
  plain: ({ chapters }) => ({ chapters: chapters.map(({ row: _row, ...kept }) => kept) }),
  fields: ({ chapters }) => ({ chapters: (chapters as readonly Kept[]).map(({ exact_s, time, title }) => ({ row: ++rows, exact_s, time, title })) }),
};

/** Undefined where the field holds no time. */
export const timeOf = ({ exact_s, time }: ChapterDraft): number | undefined =>
  exact_s !== undefined && time === clockText(exact_s) ? exact_s : secondsOf(time);

export const hasTitle = ({ title }: ChapterDraft): boolean => title.trim() !== '';

/** Undefined where a field is empty or holds no time. */
export function chaptersOf(drafts: readonly ChapterDraft[]): readonly Chapter[] | undefined {
  const chapters = [];
  for (const draft of drafts) {
    const at_s = timeOf(draft);
    if (at_s === undefined || !hasTitle(draft)) return undefined;
    chapters.push({ at_s, title: draft.title.trim() });
  }
  return chapters;
}

/** With the chapter at its place in time; rows without a time stay behind the one before them. */
export function withChapter(drafts: readonly ChapterDraft[], chapter: Chapter): readonly ChapterDraft[] {
  const later = drafts.findIndex((draft) => (timeOf(draft) ?? -1) > chapter.at_s);
  return later === -1 ? [...drafts, draftOf(chapter)] : [...drafts.slice(0, later), draftOf(chapter), ...drafts.slice(later)];
}

export const isThere = (drafts: readonly ChapterDraft[], at_s: number): boolean =>
  drafts.some((draft) => Math.abs((timeOf(draft) ?? Infinity) - at_s) < SAME_S);
