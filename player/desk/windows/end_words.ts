import { text } from '../../common/page.ts';
import type { End, Ends } from './windows_api.ts';

/** 「会合の14日後」, 「会合の前日17:00」; nothing of an end that does not count from a session. */
function placeInWords(end: End | undefined): string {
  if (!end || !('session_days' in end)) return '';
  const { session_days: days, time } = end;
  const day =
    days === 0 ? text('windows.rule_day') : days < 0 ? text('windows.rule_before', { days: -days }) : text('windows.rule_after', { days });
  return time ? text('windows.rule_time', { day, time }) : day;
}

/** 「会合の1日後から14日後まで」: what ends count from a session's day, as they were set. */
export function endsInWords({ opens, closes }: Ends): string {
  const [from, until] = [placeInWords(opens), placeInWords(closes)];
  return [from && text('windows.rule_from', { place: from }), until && text('windows.rule_until', { place: until })]
    .filter((each) => each !== '')
    .join(text('windows.rule_between'));
}
