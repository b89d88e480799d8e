import { text } from '../../common/page.ts';

/** What the API says of a video before it is published: server/README.md. */
export type Subject = 'sound' | 'captions' | 'window' | 'chapters' | 'thumbnail' | 'materials';
export type Finding = 'good' | 'missing' | 'too_quiet' | 'silent' | 'not_measured' | 'not_finished' | 'over' | 'without_file';

export interface Check {
  readonly subject: Subject;
  readonly finding: Finding;
  readonly passes: boolean;
}

export interface Checklist {
  readonly checks: readonly Check[];
  /** The last time that it was published though something failed. */
  readonly overridden: {
    readonly at: string;
    readonly by: string | null;
    readonly reason: string;
    readonly failed: readonly Subject[];
  } | null;
}

const subjects: Readonly<Record<Subject, () => string>> = {
  sound: () => text('checklist.sound'),
  captions: () => text('checklist.captions'),
  window: () => text('checklist.window'),
  chapters: () => text('checklist.chapters'),
  thumbnail: () => text('checklist.thumbnail'),
  materials: () => text('checklist.materials'),
};
export const subjectInWords = (subject: Subject): string => subjects[subject]();

/** 「音声、字幕」 */
export const subjectsInWords = (all: readonly Subject[]): string => all.map(subjectInWords).join(text('checklist.between'));

const good: Readonly<Record<Subject, () => string>> = {
  sound: () => text('checklist.sound_good'),
  captions: () => text('checklist.captions_good'),
  window: () => text('checklist.window_good'),
  chapters: () => text('checklist.chapters_good'),
  thumbnail: () => text('checklist.thumbnail_good'),
  materials: () => text('checklist.materials_good'),
};

const missing: Readonly<Record<Subject, () => string>> = {
  sound: () => text('checklist.sound_missing'),
  captions: () => text('checklist.captions_missing'),
  window: () => text('checklist.window_missing'),
  chapters: () => text('checklist.chapters_missing'),
  thumbnail: () => text('checklist.thumbnail_missing'),
  materials: () => text('checklist.materials_missing'),
};

export function findingInWords({ subject, finding }: Check): string {
  const words: Readonly<Record<Finding, () => string>> = {
    good: good[subject],
    missing: missing[subject],
    too_quiet: () => text('checklist.too_quiet'),
    silent: () => text('checklist.silent'),
    not_measured: () => text('checklist.not_measured'),
    not_finished: () => text('checklist.not_finished'),
    over: () => text('checklist.over'),
    without_file: () => text('checklist.without_file'),
  };
  return words[finding]();
}

export const failedOf = ({ checks }: Checklist): Subject[] => checks.filter(({ passes }) => !passes).map(({ subject }) => subject);
