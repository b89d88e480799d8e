import Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import { element } from '../common/dom.ts';
import { CaptionLayer } from './caption_layer.ts';
import { watchForIdleness } from './idle_controls.ts';
import { KeptSettings } from './kept_settings.ts';
import { TARGET_LATENCY_S, type Latency } from './live/latency.ts';
import type { Player, PlayerState, Quality, QualityName, Source, StandIn } from './player.ts';
import { namedQualities, qualitiesOf } from './qualities.ts';
import { Screens } from './screens.ts';
import type { Span } from './spans.ts';
import { Timeline } from './timeline.ts';

/** Nothing begins nearer to its end. */
const LAST_START_S = 0.5;

/** The status of what is taken away for good. */
const GONE = 410;

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

/** While it plays, where it is is told this often. */
const TOLD_EVERY_MS = 100;
/** Nearer than this is where it was to begin. */
const BEGAN_THERE_S = 1;

/** What the video element tells that the controls paint. */
const TOLD = ['loadedmetadata', 'durationchange', 'canplay', 'play', 'pause', 'playing', 'waiting', 'ended', 'seeking', 'seeked',
  'timeupdate', 'progress', 'volumechange', 'ratechange', 'emptied'] as const;

/** A video element with hls.js; where a browser has no media source, with its own HLS. */
export class HlsPlayer implements Player {
  readonly element: HTMLElement;
  readonly #video = element('video', { playsinline: true, preload: 'auto', tabindex: '-1' });
  readonly #listeners = new Set<(state: PlayerState) => void>();
  readonly #stop = new AbortController();
  readonly #captions = new CaptionLayer(() => this.#tellSoon());
  readonly #screens: Screens;
  readonly #kept: KeptSettings;
  readonly #hls: Hls | undefined;
  #isReady = false;
  #isWaiting = false;
  #hasStarted = false;
  #isToTell = false;
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
    this.#chosen = preferred;
    this.element = element('div', { class: 'player', role: 'region', 'aria-label': title, tabindex: '0', 'data-paused': true },
      this.#video, this.#captions.element);
    const { signal } = this.#stop;
    this.#screens = new Screens(this.element, this.#video, () => this.#tellSoon(), signal);
    this.#kept = new KeptSettings(isStream);
    this.#video.volume = this.#kept.volume;
    this.#goAsFastAs(this.#kept.rate);
    watchForIdleness(this.element, signal);
    this.#hls = Hls.isSupported() ? this.#makeHls(settings) : undefined;
    this.#listen(signal);
  }

  #makeHls(settings: Partial<HlsConfig>): Hls {
    const hls = new Hls(settings);
    hls.on(Hls.Events.ERROR, (_event, { fatal, type, details, frag, response }) => {
      // Something of it was withdrawn while it played: it goes on behind that. Where the window has closed, the next grant is refused.
      const isGone = details === Hls.ErrorDetails.FRAG_LOAD_ERROR && response?.code === GONE;
      if (isGone && frag) frag.gap = true;
      if (isGone && fatal) hls.startLoad();
      else if (fatal && type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else if (fatal) this.failed();
      else if (LATE.has(details)) this.late();
    });
    for (const event of [Hls.Events.MANIFEST_PARSED, Hls.Events.LEVEL_UPDATED, Hls.Events.LEVEL_SWITCHED]) hls.on(event, () => this.#tellSoon());
    return hls;
  }

  #listen(signal: AbortSignal): void {
    const video = this.#video;
    const on = (kind: keyof HTMLMediaElementEventMap, act: () => void) => video.addEventListener(kind, act, { signal });
    on('waiting', () => (this.#isWaiting = true));
    for (const kind of ['playing', 'pause', 'ended', 'emptied'] as const) on(kind, () => (this.#isWaiting = false));
    on('playing', () => (this.#hasStarted = true));
    on('canplay', () => this.#begin());
    // hls.js sees to errors of what it feeds.
    on('error', () => this.#hls ?? this.failed());
    on('loadstart', () => (this.#loaded = this.#timeline));
    for (const kind of TOLD) on(kind, () => this.#tellSoon());
    for (const kind of ['timeupdate', 'seeked', 'canplay', 'playing'] as const) on(kind, () => this.#stayInside());
    const clock = setInterval(() => {
      if (video.paused) return;
      this.#stayInside();
      this.#tell();
    }, TOLD_EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(clock), { once: true });
  }

  get #startPosition(): number {
    return this.#startAt === undefined ? WHERE_HLS_BEGINS : this.#inMedia(this.#startAt);
  }

  get #edge(): number | undefined {
    const edge = this.#hls?.latestLevelDetails?.live ? this.#hls.liveSyncPosition : null;
    return edge === null ? undefined : this.#inVideo(edge);
  }

  /** Once for all that happens at a time. */
  #tellSoon(): void {
    if (this.#isToTell) return;
    this.#isToTell = true;
    queueMicrotask(() => {
      this.#isToTell = false;
      if (!this.#stop.signal.aborted) this.#tell();
    });
  }

  #tell(): void {
    const { state } = this;
    this.element.toggleAttribute('data-paused', state.paused);
    this.element.toggleAttribute('data-started', state.started);
    this.#captions.draw(state.time);
    for (const listener of this.#listeners) listener(state);
  }

  get state(): PlayerState {
    const video = this.#video;
    const { buffered, currentTime, duration } = video;
    return {
      ready: this.#isReady,
      paused: video.paused && !this.#goesOn,
      waiting: this.#isWaiting || this.#goesOn,
      ended: video.ended || this.#timeline.isOver(currentTime),
      started: this.#hasStarted,
      time: this.#isReady || currentTime > 0 ? this.#inVideo(currentTime) : (this.#startAt ?? 0),
      duration: Number.isFinite(duration) ? this.#timeline.duration(duration) : 0,
      edge: this.#edge,
      bufferedUntil: buffered.length > 0 ? this.#inVideo(buffered.end(buffered.length - 1)) : 0,
      muted: video.muted || video.volume === 0,
      volume: video.volume,
      rate: video.playbackRate,
      fullscreen: this.#screens.isFull,
      canFullscreen: this.#screens.canBeFull,
      pictureInPicture: this.#screens.isInset,
      canPictureInPicture: this.#screens.canBeInset,
      qualities: this.#qualities(),
      chosenQuality: this.#standIn || !this.#isReady || !this.#hls?.autoLevelEnabled ? this.#chosen : undefined,
      captions: this.#source?.captions ?? [],
      shownCaptions: this.#captions.language,
    };
  }

  get played(): readonly Span[] {
    const { played } = this.#video;
    return Array.from({ length: played.length }, (_, at) => this.#loaded.shown([played.start(at), played.end(at)])).flat();
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
    this.#isReady = false;
    this.#captions.offer(captions);
    const address = standIn?.url ?? url;
    if (this.#hls) {
      this.#hls.config.startPosition = this.#startPosition;
      this.#hls.loadSource(address);
      if (!this.#hls.media) this.#hls.attachMedia(this.#video);
    } else {
      this.#video.src = address;
    }
    this.#tellSoon();
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
    const video = this.#video;
    if (!this.#isReady || video.seeking) return;
    const next = this.#timeline.skip(video.currentTime);
    if (next !== undefined) video.currentTime = next;
    else if (!video.paused && this.#timeline.isOver(video.currentTime)) video.pause();
  }

  #qualities(): Quality[] {
    const levels = this.#hls?.levels ?? [];
    if (!this.#standIn && levels.length > 0) this.#pictures = qualitiesOf(levels);
    const others = this.#source?.standIns.map(({ name }) => ({ name })) ?? [];
    return [...this.#pictures, ...others];
  }

  /** What was loaded is there. */
  #begin(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    const wanted = this.#startAt === undefined ? undefined : this.#inMedia(this.#startAt);
    // Sought while it was on its way, or not hls.js that began it.
    if (wanted !== undefined && Math.abs(this.#video.currentTime - wanted) > BEGAN_THERE_S) this.#video.currentTime = wanted;
    if (this.#chosen) this.#select();
    if (this.#goesOn) this.play();
  }

  play(): void {
    this.#goesOn = !this.#isReady;
    if (this.#isReady && this.#timeline.isOver(this.#video.currentTime)) this.seek(0);
    this.#tellSoon();
    // Refused where the browser wants a person's gesture first: the button stays as it is.
    if (this.#isReady) this.#video.play().catch(() => undefined);
  }

  /** Plays without a person's gesture: without sound where the browser asks for that. */
  playByItself(): void {
    this.#video
      .play()
      .catch(() => {
        this.#video.muted = true;
        return this.#video.play();
      })
      .catch(() => undefined);
  }

  pause(): void {
    this.#goesOn = false;
    this.#video.pause();
    this.#tellSoon();
  }

  seek(seconds: number): void {
    const { duration } = this.state;
    this.#startAt = Math.max(0, duration > 0 ? Math.min(seconds, duration) : seconds);
    if (this.#hls) this.#hls.config.startPosition = this.#startPosition;
    if (this.#isReady) this.#video.currentTime = this.#inMedia(this.#startAt);
    this.#tellSoon();
  }

  seekToEdge(): void {
    const edge = this.#edge;
    if (edge === undefined) return;
    this.setRate(1);
    this.seek(edge);
    this.play();
  }

  setVolume(volume: number): void {
    this.#kept.volume = this.#video.volume = Math.max(0, Math.min(1, volume));
    if (volume > 0) this.#video.muted = false;
  }

  setMuted(muted: boolean): void {
    this.#video.muted = muted;
    if (!muted && this.#video.volume === 0) this.#video.volume = 0.5;
  }

  setRate(rate: number): void {
    this.#kept.rate = rate;
    this.#goAsFastAs(rate);
  }

  #goAsFastAs(rate: number): void {
    // What comes in its place begins as fast.
    this.#video.defaultPlaybackRate = this.#video.playbackRate = rate;
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
    this.#goesOn ||= !paused;
    // At the very end there is nothing left to load. Where the end is nobody knows before this form has been loaded.
    const latest = duration > 0 ? duration - LAST_START_S : time;
    this.#show(source, standIn, Math.max(0, Math.min(time, latest)));
  }

  /** Has the encoding played that is chosen, of the video: what stands in for it has one. */
  #select(): void {
    if (this.#standIn || !this.#hls) return;
    const level = (this.#chosen && namedQualities(this.#hls.levels).get(this.#chosen)) ?? -1;
    // What is on its way is let come where it is what is wanted: hls.js, told to change at once before it has
    // anything, takes back the first piece and never asks for it again.
    if (level === -1 || level === this.#hls.loadLevel || this.#video.buffered.length === 0) {
      this.#hls.loadLevel = level;
      return;
    }
    this.#hls.currentLevel = level;
    // Chromium may stand still until the next key frame where what plays was taken away; a seek moves it.
    const { currentTime } = this.#video;
    if (currentTime > 0) this.#video.currentTime = currentTime;
  }

  showCaptions(language: string | undefined): void {
    this.#captions.show(language);
  }

  toggleFullscreen(): void {
    this.#screens.toggleFull();
  }

  togglePictureInPicture(): void {
    this.#screens.toggleInset();
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
    this.#hls?.destroy();
    this.#video.removeAttribute('src');
    this.#video.load();
    this.element.remove();
  }
}
