import type { MediaStorage } from 'vidstack';

/**
 * Volume and speed while one source takes another's place: Vidstack begins each with what its storage says.
 * Nothing of it outlives the page.
 */
export class KeptSettings implements MediaStorage {
  #volume: number | null = null;
  #muted: boolean | null = null;
  #rate: number | null = null;

  getVolume = async () => this.#volume;
  getMuted = async () => this.#muted;
  getPlaybackRate = async () => this.#rate;
  setVolume = async (volume: number) => void (this.#volume = volume);
  setMuted = async (muted: boolean) => void (this.#muted = muted);
  setPlaybackRate = async (rate: number) => void (this.#rate = rate);

  // The rest is the player's own to say.
  getTime = async () => null;
  getLang = async () => null;
  getCaptions = async () => null;
  getVideoQuality = async () => null;
  getAudioGain = async () => null;
}
