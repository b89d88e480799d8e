import type { Quality, QualityName } from './player.ts';

interface Encoding {
  readonly height: number;
  readonly bitrate: number | null;
}

/** The encodings by name: the best, the lightest, and the one in the middle. Gives indexes into `encodings`. */
export function namedQualities(encodings: readonly Encoding[]): Map<QualityName, number> {
  const order = encodings
    .map((_, index) => index)
    .sort((a, b) => (encodings[b]?.bitrate ?? 0) - (encodings[a]?.bitrate ?? 0));
  const named = new Map<QualityName, number>();
  const [best] = order;
  const lightest = order.at(-1);
  const middle = order[Math.floor(order.length / 2)];
  if (best === undefined || lightest === undefined || middle === undefined) return named;
  named.set('high', best);
  if (order.length > 2) named.set('standard', middle);
  if (order.length > 1) named.set('light', lightest);
  return named;
}

export function qualitiesOf(encodings: readonly Encoding[]): Quality[] {
  return [...namedQualities(encodings)].map(([name, index]) => ({ name, height: encodings[index]?.height ?? 0 }));
}
