import { keep, kept } from './kept.ts';

/** What a thin line is watched with; `auto`: the player chooses by itself. */
export type PreferredQuality = 'auto' | 'light' | 'slides' | 'sound';

const KEY = 'kiroku.quality';

/** What the check of the line, or a person, chose for this browser. */
export function preferredQuality(): Exclude<PreferredQuality, 'auto'> | undefined {
  const quality = kept(KEY);
  return quality === 'light' || quality === 'slides' || quality === 'sound' ? quality : undefined;
}

/** Keeps it for each video that begins; false where this browser keeps nothing. */
export function keepPreferredQuality(quality: PreferredQuality): boolean {
  keep(KEY, quality);
  return kept(KEY) === quality;
}
