import { keep, kept } from '../common/kept.ts';

const RATE_KEY = 'kiroku.speed';
const VOLUME_KEY = 'kiroku.volume';

function keptNumber(key: string, least: number, most: number): number | undefined {
  const words = kept(key);
  const value = Number(words);
  return words !== null && value >= least && value <= most ? value : undefined;
}

/** The volume and speed that a person chose last, on whatever page; of a stream the speed is the page's own. */
export class KeptSettings {
  constructor(private readonly isStream: boolean) {}

  get volume(): number {
    return keptNumber(VOLUME_KEY, 0, 1) ?? 1;
  }

  set volume(volume: number) {
    keep(VOLUME_KEY, String(volume));
  }

  get rate(): number {
    return (this.isStream ? undefined : keptNumber(RATE_KEY, 0.25, 4)) ?? 1;
  }

  set rate(rate: number) {
    if (!this.isStream) keep(RATE_KEY, String(rate));
  }
}
