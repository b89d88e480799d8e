import { text } from '../common/page.ts';
import type { Facts } from './measure.ts';

/** What is recommended; `none`: nothing can be watched here. */
export type Mode = 'auto' | 'light' | 'slides' | 'sound' | 'none';

/** Kilobits a second: what each needs, with room for others on the line. */
const NEEDED: readonly (readonly [Mode, number])[] = [['auto', 1200], ['light', 300], ['slides', 130], ['sound', 80]];
const CLOCK_IS_OFF_S = 90;
const SLOW_ANSWER_MS = 800;

export function modeFor({ plays, rate_kbps }: Facts): Mode {
  if (!plays) return 'none';
  return NEEDED.find(([, needed]) => rate_kbps >= needed)?.[0] ?? 'none';
}

const words: Readonly<Record<Mode, () => string>> = {
  auto: () => text('check.mode_auto'),
  light: () => text('check.mode_light'),
  slides: () => text('check.mode_slides'),
  sound: () => text('check.mode_sound'),
  none: () => text('check.mode_none'),
};
export const modeWords = (mode: Mode): string => words[mode]();

const verdicts: Readonly<Record<Mode, () => string>> = {
  auto: () => text('check.verdict_auto'),
  light: () => text('check.verdict_light'),
  slides: () => text('check.verdict_slides'),
  sound: () => text('check.verdict_sound'),
  none: () => text('check.verdict_none'),
};
export const verdict = (mode: Mode): string => verdicts[mode]();

export interface Finding {
  readonly what: string;
  readonly result: string;
  readonly meaning: string;
}

const yesNo = (yes: boolean) => (yes ? text('check.yes') : text('check.no'));

/** Each fact with what it means for watching. */
export function findings(facts: Facts): Finding[] {
  const off = Math.abs(facts.clock_ahead_s) > CLOCK_IS_OFF_S;
  return [
    { what: text('check.rate'), result: `${facts.rate_kbps.toLocaleString()} kbit/s`, meaning: modeWords(modeFor(facts)) },
    { what: text('check.first_byte'), result: `${facts.first_byte_ms} ms`, meaning: facts.first_byte_ms > SLOW_ANSWER_MS ? text('check.slow_answers') : text('check.good') },
    { what: text('check.plays'), result: yesNo(facts.plays), meaning: facts.plays ? text('check.good') : text('check.other_browser') },
    { what: text('check.storage'), result: yesNo(facts.storage), meaning: facts.storage ? text('check.good') : text('check.nothing_kept') },
    { what: text('check.cookies'), result: yesNo(facts.cookies), meaning: facts.cookies ? text('check.good') : text('check.no_sign_in') },
    { what: text('check.ranges'), result: yesNo(facts.ranges), meaning: text('check.not_needed') },
    { what: text('check.waits'), result: yesNo(facts.waits), meaning: facts.waits ? text('check.good') : text('check.usual_latency') },
    { what: text('check.clock'), result: text('check.seconds', { seconds: facts.clock_ahead_s }), meaning: off ? text('check.clock_off') : text('check.good') },
    { what: text('check.engine'), result: facts.engine, meaning: '' },
    { what: text('check.screen'), result: facts.screen, meaning: '' },
  ];
}
