const two = (value: number) => String(value).padStart(2, '0');

/** "0:01:23.450": always with hours and milliseconds, so that it can be written over. */
export function cueTimeText(seconds: number): string {
  const all = Math.round(seconds * 1000);
  const whole = Math.floor(all / 1000);
  const milliseconds = String(all % 1000).padStart(3, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${milliseconds}`;
}

/** "0:01:23.450", "1:23,45", "1:23", also in full-width letters; undefined where it is none. */
export function cueTimeOf(text: string): number | undefined {
  const parts = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?$/.exec(text.normalize('NFKC').trim());
  if (!parts) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1, 4).map((part) => Number(part ?? 0));
  const milliseconds = Number((parts[4] ?? '').padEnd(3, '0'));
  return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000;
}
