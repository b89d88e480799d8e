import { text } from '../common/page.ts';

/** 「1時間2分3秒」: what a screen reader says of a position. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const hours = Math.floor(whole / 3600);
  const values = { hours, minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
  return hours ? text('player.spoken_hours', values) : text('player.spoken_minutes', values);
}

/** The second that `?t=` names: "754", "12m34s", "1h2m3s"; undefined where it names none. */
export function startSecond(query: string): number | undefined {
  const wanted = new URLSearchParams(query).get('t');
  if (!wanted) return undefined;
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(wanted);
  if (!parts) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}
