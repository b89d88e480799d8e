import { text } from '../../common/page.ts';
import type { Zone } from '../../common/zone.ts';
import { audienceInWords, windowInWords } from '../words.ts';
import type { SeenItem, SetBy } from './see_as_api.ts';

export type Verdict = 'seen' | 'page_alone' | 'no_file' | NonNullable<SeenItem['refusal']>['kind'];

/** A rule's refusal comes first: it is what they are told. */
export function verdictOf({ refusal, lacks }: SeenItem): Verdict {
  if (refusal) return refusal.kind;
  if (lacks === 'recording') return 'page_alone';
  return lacks === 'file' ? 'no_file' : 'seen';
}

/** Whether they have something of it: a video's page, a material's file. */
export const isSeen = (item: SeenItem): boolean => ['seen', 'page_alone'].includes(verdictOf(item));

const verdicts: Readonly<Record<Verdict, () => string>> = {
  seen: () => text('see_as.seen'),
  page_alone: () => text('see_as.page_alone'),
  no_file: () => text('see_as.no_file'),
  not_found: () => text('see_as.not_found'),
  not_yet_open: () => text('see_as.not_yet_open'),
  closed: () => text('see_as.closed'),
  sign_in_required: () => text('see_as.sign_in_required'),
  not_registered: () => text('see_as.not_registered'),
};
export const verdictInWords = (verdict: Verdict): string => verdicts[verdict]();

function setterInWords(setBy: SetBy, { kind, series }: SeenItem): string {
  if (setBy === 'nobody') return text('see_as.set_by_nobody');
  if (setBy === 'series') return text('see_as.set_by_series', { series: series?.title ?? '' });
  return kind === 'video' ? text('see_as.set_by_video') : text('see_as.set_by_material');
}

/** What is not published: it, or the video that it lies with. */
function draftInWords({ kind, published, page }: SeenItem): string {
  if (kind === 'video') return text('see_as.by_video_draft');
  return published && page ? text('see_as.by_owner_draft', { title: page.title }) : text('see_as.by_material_draft');
}

/** The rule that decided, what it says, and whose setting that is. */
function ruleInWords(item: SeenItem, zone: Zone, at: number): string[] {
  const window = () =>
    text('see_as.by_window', {
      window: windowInWords(item.window, zone, at),
      setter: setterInWords(item.window_set_by, item),
    });
  const audience = () =>
    text('see_as.by_audience', { audience: audienceInWords(item.audience), setter: setterInWords(item.audience_set_by, item) });
  switch (verdictOf(item)) {
    case 'seen':
    case 'page_alone':
    case 'no_file':
      return [window(), audience()];
    case 'not_found':
      return [draftInWords(item)];
    case 'not_yet_open':
    case 'closed':
      return [window()];
    case 'sign_in_required':
      return [audience()];
    case 'not_registered':
      return [audience(), item.series ? text('see_as.not_in_series', { series: item.series.title }) : text('see_as.in_no_series')];
  }
}

/** Why somebody sees a thing or does not, and what else they would notice. `at` is the instant that is looked at. */
export function reasonsOf(item: SeenItem, zone: Zone, at: number): string[] {
  const reasons = ruleInWords(item, zone, at);
  if (item.page && !item.page.seen && !item.refusal) reasons.push(text('see_as.page_unseen', { title: item.page.title }));
  if (item.lacks === 'recording') reasons.push(text('windows.warn_no_recording'));
  if (item.lacks === 'file') reasons.push(text('windows.warn_no_file'));
  return reasons;
}
