import Hls from 'hls.js';
import { isHLSProvider, TextTrack } from 'vidstack';
import {
  defineCustomElement,
  MediaCaptionsElement,
  MediaPlayerElement,
  MediaProviderElement,
} from 'vidstack/elements';
import type { HlsConfig } from 'hls.js';
import { KeptSettings } from './kept_settings.ts';
import { TARGET_LATENCY_S, type Latency } from './live/latency.ts';
import type { Player, PlayerState, Quality, QualityName, Source, StandIn } from './player.ts';
import { namedQualities, qualitiesOf } from './qualities.ts';
import type { Span } from './spans.ts';
import { Timeline } from './timeline.ts';

defineCustomElement(MediaPlayerElement);
defineCustomElement(MediaProviderElement);
defineCustomElement(MediaCaptionsElement);

/** Nothing begins nearer to its end. */
const LAST_START_S = 0.5;

/** hls.js: at the edge of what is live, else at the beginning. */
const WHERE_HLS_BEGINS = -1;

/** What a line does that cannot carry what is asked of it. */
const LATE: ReadonlySet<string> = new Set([
  Hls.ErrorDetails.LEVEL_LOAD_TIMEOUT,
  Hls.ErrorDetails.LEVEL_LOAD_ERROR,
  Hls.ErrorDetails.AUDIO_TRACK_LOAD_TIMEOUT,
  Hls.ErrorDetails.AUDIO_TRACK_LOAD_ERROR,
  Hls.ErrorDetails.FRAG_LOAD_TIMEOUT,
  Hls.ErrorDetails.BUFFER_STALLED_ERROR,
]);

/** Vidstack with hls.js behind our door. */
export class VidstackPlayer implements Player {
  readonly element: MediaPlayerElement;
  readonly #listeners = new Set<(state: PlayerState) => void>();
  readonly #stop = new AbortController();
  #hls: Hls | undefined;
  #source: Source | undefined;
  #chosen: QualityName | undefined;
  /** What plays in place of the video. */
  #standIn: StandIn | null = null;
  /** Where the video lies in what plays. */
  #timeline = new Timeline(null);
  /** The same of what the media element has loaded; it changes later than `#standIn` does. */
  #loaded = this.#timeline;
  /** The video's own encodings, also while something else plays in its place. */
  #pictures: readonly Quality[] = [];
  /** Where it begins once it is there; seconds of the video. Undefined: where hls.js begins. */
  #startAt: number | undefined;
  /** Whether it goes on by itself once the other form is there. */
  #goesOn = false;

  /** `preferred` is chosen where the video has it. `failed` is called when hls.js has given up, `late` when something did not come in time. */
  constructor(
    title: string,
    settings: Partial<HlsConfig>,
    isStream: boolean,
    preferred: QualityName | undefined,
    private readonly failed: () => void,
    private readonly late: () => void,
  ) {
    const player = document.createElement('media-player') as MediaPlayerElement;
    this.element = player;
    this.#chosen = preferred;
    player.ariaLabel = title;
    player.load = 'eager';
    player.viewType = 'video';
    // A recording that still grows is watched from its beginning, as one that is whole.
    player.streamType = 'on-demand';
    player.playsInline = true;
    player.keyDisabled = true;
    player.storage = new KeptSettings(isStream);
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
        provider.config = { ...settings, startPosition: this.#startPosition };
        provider.onInstance((hls) => {
          this.#hls = hls;
          hls.on(Hls.Events.ERROR, (_event, { fatal, type, details }) => {
            if (fatal && type !== Hls.ErrorTypes.MEDIA_ERROR) this.failed();
            else if (LATE.has(details)) this.late();
          });
        });
      },
      { signal },
    );
    player.addEventListener('can-play', () => this.#begin(), { signal });
    // The media element's own, which does not rise.
    player.addEventListener('loadstart', () => (this.#loaded = this.#timeline), { signal, capture: true });
    player.addEventListener(
      'attached',
      () => {
        const unsubscribe = player.subscribe((state) => {
          // Reading a value here subscribes to it; `state` below builds the whole from what they are now.
          void [state.canPlay, state.seeking, state.paused, state.waiting, state.ended, state.started, state.realCurrentTime];
          void [state.duration, state.bufferedEnd, state.muted, state.volume, state.playbackRate];
          void [state.fullscreen, state.canFullscreen, state.pictureInPicture, state.canPictureInPicture];
          void [state.qualities, state.autoQuality, state.textTracks, state.textTrack];
          queueMicrotask(() => {
            this.#stayInside();
            this.#tell();
          });
        });
        signal.addEventListener('abort', unsubscribe, { once: true });
      },
      { signal, once: true },
    );
  }

  get #startPosition(): number {
    return this.#startAt === undefined ? WHERE_HLS_BEGINS : this.#inMedia(this.#startAt);
  }

  get #edge(): number | undefined {
    const edge = this.#hls?.latestLevelDetails?.live ? this.#hls.liveSyncPosition : null;
    return edge === null ? undefined : this.#inVideo(edge);
  }

  #tell(): void {
    const { state } = this;
    for (const listener of this.#listeners) listener(state);
  }

  get state(): PlayerState {
    const { state } = this.element;
    return {
      ready: state.canPlay,
      paused: state.paused && !this.#goesOn,
      waiting: state.waiting || this.#goesOn,
      ended: state.ended || this.#timeline.isOver(state.realCurrentTime),
      started: state.started,
      // Not `currentTime`, which stays at the end where somebody seeks from there.
      time: state.realCurrentTime > 0 ? this.#inVideo(state.realCurrentTime) : (this.#startAt ?? 0),
      duration: this.#timeline.duration(state.duration),
      edge: this.#edge,
      bufferedUntil: this.#inVideo(state.bufferedEnd),
      muted: state.muted || state.volume === 0,
      volume: state.volume,
      rate: state.playbackRate,
      fullscreen: state.fullscreen,
      canFullscreen: state.canFullscreen,
      pictureInPicture: state.pictureInPicture,
      canPictureInPicture: state.canPictureInPicture,
      qualities: this.#qualities(),
      chosenQuality: this.#standIn || !this.#hls?.autoLevelEnabled ? this.#chosen : undefined,
      captions: this.#source?.captions ?? [],
      shownCaptions: state.textTrack?.mode === 'showing' ? state.textTrack.language : undefined,
    };
  }

  get played(): readonly Span[] {
    const played = this.element.querySelector('video')?.played;
    return Array.from({ length: played?.length ?? 0 }, (_, at) =>
      this.#loaded.shown([played?.start(at) ?? 0, played?.end(at) ?? 0])).flat();
  }

  onChange(listener: (state: PlayerState) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
  }

  load(source: Source): void {
    this.#source = source;
    const standIn = source.standIns.find(({ name }) => name === this.#chosen) ?? null;
    if (this.#standIn && !standIn) this.#chosen = undefined;
    this.#show(source, standIn, source.startAt);
  }

  /** `standIn` in place of the video, or the video itself. */
  #show({ url, captions, pieces }: Source, standIn: StandIn | null, startAt: number | undefined): void {
    // What was played so far is forgotten with what is loaded: whoever wants to know is told before.
    if (this.played.length > 0) this.#tell();
    this.#standIn = standIn;
    this.#timeline = new Timeline(standIn ? standIn.pieces : pieces);
    this.#startAt = startAt;
    if (this.#hls) this.#hls.config.startPosition = this.#startPosition;
    this.#addCaptions(captions);
    this.element.src = { src: standIn?.url ?? url, type: 'application/vnd.apple.mpegurl' };
  }

  #addCaptions(captions: Source['captions']): void {
    const { textTracks } = this.element;
    const shown = this.state.shownCaptions;
    const timeline = this.#timeline;
    textTracks.clear();
    for (const { language, label, url } of captions) {
      const track = new TextTrack({ kind: 'subtitles', type: 'vtt', src: url, language, label });
      track.addEventListener('load', () => {
        for (const cue of track.cues) {
          const length = cue.endTime - cue.startTime;
          cue.startTime = timeline.inMedia(cue.startTime);
          cue.endTime = cue.startTime + length;
        }
      }, { signal: this.#stop.signal });
      textTracks.add(track);
      if (language === shown) track.mode = 'showing';
    }
  }

  /** Seconds of the video as the media element counts them. */
  #inMedia(second: number): number {
    return this.#timeline.inMedia(second);
  }

  #inVideo(second: number): number {
    return this.#timeline.inVideo(second);
  }

  /** Segments are served whole: what of them the video does not show is passed over. */
  #stayInside(): void {
    const { state } = this.element;
    if (!state.canPlay || state.seeking) return;
    const next = this.#timeline.skip(state.realCurrentTime);
    if (next !== undefined) this.element.currentTime = next;
    else if (!state.paused && this.#timeline.isOver(state.realCurrentTime)) this.element.pause().catch(() => undefined);
  }

  #qualities(): Quality[] {
    const encodings = this.element.qualities.toArray();
    if (!this.#standIn && encodings.length > 0) this.#pictures = qualitiesOf(encodings);
    const others = this.#source?.standIns.map(({ name }) => ({ name })) ?? [];
    return [...this.#pictures, ...others];
  }

  /** What was loaded is there. */
  #begin(): void {
    if (this.#chosen) this.#select();
    if (this.#goesOn) this.play();
    this.#goesOn = false;
  }

  play(): void {
    if (!this.element.state.canPlay) {
      // Vidstack would forget it where another source takes this one's place.
      this.#goesOn = true;
      this.#tell();
      return;
    }
    if (this.#timeline.isOver(this.element.state.realCurrentTime)) this.seek(0);
    // Refused where the browser wants a person's gesture first: the button stays as it is.
    this.element.play().catch(() => undefined);
  }

  /** Plays without a person's gesture: without sound where the browser asks for that. */
  playByItself(): void {
    this.element
      .play()
      .catch(() => {
        this.element.muted = true;
        return this.element.play();
      })
      .catch(() => undefined);
  }

  pause(): void {
    this.#goesOn = false;
    this.element.pause().catch(() => undefined);
  }

  seek(seconds: number): void {
    const { duration } = this.state;
    this.#startAt = Math.max(0, duration > 0 ? Math.min(seconds, duration) : seconds);
    this.element.currentTime = this.#inMedia(this.#startAt);
  }

  seekToEdge(): void {
    const edge = this.#edge;
    if (edge === undefined) return;
    this.setRate(1);
    this.seek(edge);
    this.play();
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
    const source = this.#source;
    if (!source) return;
    const standIn = source.standIns.find((each) => each.name === name) ?? null;
    if (!standIn && (name === 'slides' || name === 'sound')) return;
    this.#chosen = name;
    if (standIn?.url === this.#standIn?.url) this.#select();
    else this.#change(source, standIn);
    this.#tell();
  }

  /** Goes over to the other form, and on from where this one is. */
  #change(source: Source, standIn: StandIn | null): void {
    const { paused, time, duration } = this.state;
    // Vidstack may not have heard yet what the element itself knows.
    this.#goesOn ||= !paused && !this.element.querySelector('video')?.paused;
    // At the very end there is nothing left to load. Where the end is nobody knows before this form has been loaded.
    const latest = duration > 0 ? duration - LAST_START_S : time;
    this.#show(source, standIn, Math.max(0, Math.min(time, latest)));
  }

  /** Has the encoding played that is chosen, of the video: what stands in for it has one. */
  #select(): void {
    if (this.#standIn || !this.#hls) return;
    // Not through Vidstack's list of qualities, whose automatic choice ends with a change of the source.
    const encodings = this.element.qualities.toArray();
    const level = (this.#chosen && namedQualities(encodings).get(this.#chosen)) ?? -1;
    // What is on its way is let come where it is what is wanted: hls.js, told to change at once before it has
    // anything, takes back the first piece and never asks for it again.
    if (level === -1 || level === this.#hls.loadLevel || this.element.state.bufferedEnd === 0) {
      this.#hls.loadLevel = level;
      return;
    }
    this.#hls.currentLevel = level;
    // Chromium may stand still until the next key frame where what plays was taken away; a seek moves it.
    const { realCurrentTime } = this.element.state;
    if (realCurrentTime > 0) this.element.currentTime = realCurrentTime;
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

  /** Parts as they come, or whole segments; from the next request on. */
  setLatency(latency: Latency): void {
    if (!this.#hls) return;
    this.#hls.config.lowLatencyMode = latency === 'low';
    this.#hls.targetLatency = TARGET_LATENCY_S[latency];
  }

  /** The address of a rendition's playlist that plays; undefined before there is one. */
  get index(): string | undefined {
    return this.#hls?.latestLevelDetails?.url;
  }

  destroy(): void {
    this.#stop.abort();
    this.#listeners.clear();
    this.element.destroy();
    this.element.remove();
  }
}
