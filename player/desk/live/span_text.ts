const two = (value: number) => String(value).padStart(2, '0');

/** "0:12:30": always with hours, so that it can be written over. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** "0:12:30", "12:30", also in full-width digits; undefined where it is none. */
export function secondsOf(text: string): number | undefined {
  const parts = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)$/.exec(text.normalize('NFKC').trim());
  if (!parts) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}
