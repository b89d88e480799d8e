import { keep, kept } from '../common/kept.ts';

const RATE_KEY = 'kiroku.speed';
const VOLUME_KEY = 'kiroku.volume';

function keptNumber(key: string, least: number, most: number): number | undefined {
  const words = kept(key);
  const value = Number(words);
  return words !== null && value >= least && value <= most ? value : undefined;
}

/** Gives the video the volume and speed of the last one, and keeps what becomes of them; of a stream the speed is the page's own. */
export function keepSettings(video: HTMLVideoElement, isStream: boolean, signal: AbortSignal): void {
  video.volume = keptNumber(VOLUME_KEY, 0, 1) ?? 1;
  const rate = isStream ? undefined : keptNumber(RATE_KEY, 0.25, 4);
  // The default too: each source begins with it.
  if (rate !== undefined) video.defaultPlaybackRate = video.playbackRate = rate;
  video.addEventListener('volumechange', () => keep(VOLUME_KEY, String(video.volume)), { signal });
  video.addEventListener('ratechange', () => {
    if (!isStream) keep(RATE_KEY, String(video.playbackRate));
  }, { signal });
}
