import { text } from '../common/page.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** "1:02:03", "2:03". */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = two(whole % 60);
  return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** 「1時間2分3秒」: what a screen reader says of a position. */
export function spokenTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const hours = Math.floor(whole / 3600);
  const values = { hours, minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 };
  return hours ? text('player.spoken_hours', values) : text('player.spoken_minutes', values);
}

/** The second that `?t=` names: "754", "12m34s", "1h2m3s"; 0 where it names none. */
export function startSecond(query: string): number {
  const wanted = new URLSearchParams(query).get('t') ?? '';
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(wanted);
  if (!parts) return 0;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}
