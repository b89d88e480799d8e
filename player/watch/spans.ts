/** Seconds of a video, from and to. */
export type Span = readonly [begin: number, end: number];

/** The same seconds, in order and apart from each other. */
export function united(spans: readonly Span[]): Span[] {
  const apart: [number, number][] = [];
  for (const [begin, end] of [...spans].sort(([a], [b]) => a - b)) {
    const last = apart.at(-1);
    if (begin >= end) continue;
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else apart.push([begin, end]);
  }
  return apart;
}

/** What of `spans` does not lie in `gone`. Both in order and apart from each other. */
export function without(spans: readonly Span[], gone: readonly Span[]): Span[] {
  const left: Span[] = [];
  for (const [begin, end] of spans) {
    let at = begin;
    for (const [from, to] of gone) {
      if (to <= at || from >= end) continue;
      if (from > at) left.push([at, from]);
      at = Math.max(at, to);
    }
    if (at < end) left.push([at, end]);
  }
  return left;
}
