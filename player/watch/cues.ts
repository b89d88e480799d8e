/** What is said from one second of a video to another. */
export interface Cue {
  readonly begin: number;
  readonly end: number;
  readonly text: string;
}

const TIMES = /^(?:(\d+):)?(\d\d):(\d\d\.\d+) --> (?:(\d+):)?(\d\d):(\d\d\.\d+)/;

/** What the server escapes in a cue. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0', lrm: '\u200e', rlm: '\u200f' };

const plain = (text: string) => text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** The cues of a caption file of our server, in the order of their beginnings. */
export function cuesOf(vtt: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of vtt.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMES.test(line));
    if (at === -1) continue;
    const [, ...parts] = TIMES.exec(lines[at] ?? '') ?? [];
    const seconds = (index: number) =>
      Number(parts[index] ?? 0) * 3600 + Number(parts[index + 1]) * 60 + Number(parts[index + 2]);
    cues.push({ begin: seconds(0), end: seconds(3), text: plain(lines.slice(at + 1).join('\n')) });
  }
  return cues.sort((one, other) => one.begin - other.begin);
}

/** The cue that is spoken at a second, or was last; -1 before the first. */
export function cueAt(cues: readonly Cue[], second: number): number {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // A seek lands a few frames off the mark.
    if ((cues[middle]?.begin ?? 0) <= second + 0.1) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
