import Hls from 'hls.js';
import { isHLSProvider, TextTrack } from 'vidstack';
import {
  defineCustomElement,
  MediaCaptionsElement,
  MediaPlayerElement,
  MediaProviderElement,
} from 'vidstack/elements';
import type { HlsConfig } from 'hls.js';
import type { Player, PlayerState, QualityName, Source } from './player.ts';
import { namedQualities, qualitiesOf } from './qualities.ts';

defineCustomElement(MediaPlayerElement);
defineCustomElement(MediaProviderElement);
defineCustomElement(MediaCaptionsElement);

/** Vidstack with hls.js behind our door. */
export class VidstackPlayer implements Player {
  readonly element: MediaPlayerElement;
  readonly #listeners = new Set<(state: PlayerState) => void>();
  readonly #stop = new AbortController();
  #hls: Hls | undefined;
  #source: Source | undefined;
  #chosen: QualityName | undefined;

  /** `failed` is called when hls.js has given up. */
  constructor(
    title: string,
    settings: Partial<HlsConfig>,
    private readonly failed: () => void,
  ) {
    const player = document.createElement('media-player') as MediaPlayerElement;
    this.element = player;
    player.ariaLabel = title;
    player.load = 'eager';
    player.viewType = 'video';
    // A recording that still grows is watched from its beginning, as one that is whole.
    player.streamType = 'on-demand';
    player.playsInline = true;
    player.keyDisabled = true;
    player.append(document.createElement('media-provider'), document.createElement('media-captions'));
    this.#listen(settings);
  }

  #listen(settings: Partial<HlsConfig>): void {
    const { signal } = this.#stop;
    const player = this.element;
    player.addEventListener(
      'provider-change',
      ({ detail: provider }) => {
        if (!isHLSProvider(provider)) return;
        provider.library = Hls;
        provider.config = { ...settings, startPosition: this.#source?.startAt ?? 0 };
        provider.onInstance((hls) => {
          this.#hls = hls;
          hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
            if (fatal && type !== Hls.ErrorTypes.MEDIA_ERROR) this.failed();
          });
        });
      },
      { signal },
    );
    player.addEventListener(
      'attached',
      () => {
        const unsubscribe = player.subscribe((state) => {
          // Reading a value here subscribes to it; `state` below builds the whole from what they are now.
          void [state.canPlay, state.paused, state.waiting, state.ended, state.started, state.currentTime];
          void [state.duration, state.bufferedEnd, state.muted, state.volume, state.playbackRate];
          void [state.fullscreen, state.canFullscreen, state.pictureInPicture, state.canPictureInPicture];
          void [state.qualities, state.autoQuality, state.textTracks, state.textTrack];
          queueMicrotask(() => this.#tell());
        });
        signal.addEventListener('abort', unsubscribe, { once: true });
      },
      { signal, once: true },
    );
  }

  #tell(): void {
    const { state } = this;
    for (const listener of this.#listeners) listener(state);
  }

  get state(): PlayerState {
    const { state } = this.element;
    const encodings = this.element.qualities.toArray();
    return {
      ready: state.canPlay,
      paused: state.paused,
      waiting: state.waiting,
      ended: state.ended,
      started: state.started,
      time: state.currentTime,
      duration: state.duration,
      bufferedUntil: state.bufferedEnd,
      muted: state.muted || state.volume === 0,
      volume: state.volume,
      rate: state.playbackRate,
      fullscreen: state.fullscreen,
      canFullscreen: state.canFullscreen,
      pictureInPicture: state.pictureInPicture,
      canPictureInPicture: state.canPictureInPicture,
      qualities: qualitiesOf(encodings),
      chosenQuality: state.autoQuality ? undefined : this.#chosen,
      captions: this.#source?.captions ?? [],
      shownCaptions: state.textTrack?.mode === 'showing' ? state.textTrack.language : undefined,
    };
  }

  onChange(listener: (state: PlayerState) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  load(source: Source): void {
    this.#source = source;
    if (this.#hls) this.#hls.config.startPosition = source.startAt;
    this.element.textTracks.clear();
    for (const { language, label, url } of source.captions)
      this.element.textTracks.add(new TextTrack({ kind: 'subtitles', type: 'vtt', src: url, language, label }));
    this.element.src = { src: source.url, type: 'application/vnd.apple.mpegurl' };
  }

  play(): void {
    // Refused where the browser wants a person's gesture first: the button stays as it is.
    this.element.play().catch(() => undefined);
  }

  pause(): void {
    this.element.pause().catch(() => undefined);
  }

  seek(seconds: number): void {
    const { duration } = this.element.state;
    this.element.currentTime = Math.max(0, duration > 0 ? Math.min(seconds, duration) : seconds);
  }

  setVolume(volume: number): void {
    this.element.volume = Math.max(0, Math.min(1, volume));
    if (volume > 0) this.element.muted = false;
  }

  setMuted(muted: boolean): void {
    this.element.muted = muted;
    if (!muted && this.element.volume === 0) this.element.volume = 0.5;
  }

  setRate(rate: number): void {
    this.element.playbackRate = rate;
  }

  chooseQuality(name: QualityName | undefined): void {
    this.#chosen = name;
    const { qualities } = this.element;
    const index = name && namedQualities(qualities.toArray()).get(name);
    const quality = index === undefined ? undefined : qualities.toArray()[index];
    if (quality) quality.selected = true;
    else qualities.autoSelect();
    this.#tell();
  }

  showCaptions(language: string | undefined): void {
    for (const track of this.element.textTracks.toArray())
      track.mode = track.language === language ? 'showing' : 'disabled';
  }

  toggleFullscreen(): void {
    const { state } = this.element;
    const done = state.fullscreen ? this.element.exitFullscreen() : this.element.enterFullscreen();
    done.catch(() => undefined);
  }

  togglePictureInPicture(): void {
    const { state } = this.element;
    const done = state.pictureInPicture
      ? this.element.exitPictureInPicture()
      : this.element.enterPictureInPicture();
    done.catch(() => undefined);
  }

  destroy(): void {
    this.#stop.abort();
    this.#listeners.clear();
    this.element.destroy();
    this.element.remove();
  }
}
