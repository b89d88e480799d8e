import type { MediaStorage } from 'vidstack';
import { keep, kept } from '../common/kept.ts';

const RATE_KEY = 'kiroku.speed';
const VOLUME_KEY = 'kiroku.volume';

function keptNumber(key: string): number | null {
  const value = Number(kept(key) ?? NaN);
  return Number.isFinite(value) ? value : null;
}

/**
 * Volume and speed: Vidstack begins each source with what its storage says. This browser keeps both for the next
 * video; of a stream the speed is the page's own. Whether the sound is off is not kept.
 */
export class KeptSettings implements MediaStorage {
  #muted: boolean | null = null;
  #rate: number | null;
  #volume = keptNumber(VOLUME_KEY);

  constructor(private readonly isStream: boolean) {
    this.#rate = isStream ? null : keptNumber(RATE_KEY);
  }

  getVolume = async () => this.#volume;
  getMuted = async () => this.#muted;
  getPlaybackRate = async () => this.#rate;
  setMuted = async (muted: boolean) => void (this.#muted = muted);

  setVolume = async (volume: number) => {
    this.#volume = volume;
    keep(VOLUME_KEY, String(volume));
  };

  setPlaybackRate = async (rate: number) => {
    this.#rate = rate;
    if (!this.isStream) keep(RATE_KEY, String(rate));
  };

  // The rest is the player's own to say.
  getTime = async () => null;
  getLang = async () => null;
  getCaptions = async () => null;
  getVideoQuality = async () => null;
  getAudioGain = async () => null;
}
