import { clockText, secondsOf } from '../desk/live/span_text.ts';

/** "0:12:30.5": to the tenth of a second. */
export function preciseText(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  return `${clockText(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** "0:12:30.5", "12:30", also in full-width digits; undefined where it is none. */
export function preciseSeconds(text: string): number | undefined {
  const parts = /^(.*?)(?:[.。．](\d))?$/.exec(text.normalize('NFKC').trim());
  const whole = secondsOf(parts?.[1] ?? '');
  return whole === undefined ? undefined : whole + Number(parts?.[2] ?? 0) / 10;
}
