import type { Span } from './spans.ts';
import type { Piece } from './timeline.ts';

/** One of the encodings that a person may choose, by how it feels rather than by its size. */
export type QualityName = 'high' | 'standard' | 'light' | StandIn['name'];

export interface Quality {
  readonly name: QualityName;
  /** Pixels; told beside the word. What stands in for the video has none that are told. */
  readonly height?: number;
}

/** The video as sound and slides: a presentation of its own. */
export interface SlideShow {
  readonly url: string;
  /** Where the video lies in it; null: all of it is the video. */
  readonly pieces: readonly Piece[] | null;
}

/** A presentation in the video's place: its sound with its slides, or its sound alone. */
export interface StandIn extends SlideShow {
  readonly name: 'slides' | 'sound';
}

export interface Captions {
  /** BCP 47. */
  readonly language: string;
  readonly label: string;
  readonly url: string;
}

/** What the medium itself says: controls paint this, never what they asked for. Times in seconds, of the video, also while something stands in for it. */
export interface PlayerState {
  readonly ready: boolean;
  readonly paused: boolean;
  readonly waiting: boolean;
  readonly ended: boolean;
  readonly started: boolean;
  readonly time: number;
  readonly duration: number;
  /** Of a stream: where one plays who is at its edge. Undefined of what is recorded. */
  readonly edge: number | undefined;
  readonly bufferedUntil: number;
  readonly muted: boolean;
  readonly volume: number;
  readonly rate: number;
  readonly fullscreen: boolean;
  readonly canFullscreen: boolean;
  readonly pictureInPicture: boolean;
  readonly canPictureInPicture: boolean;
  readonly qualities: readonly Quality[];
  /** Undefined while the player chooses by itself. */
  readonly chosenQuality: QualityName | undefined;
  readonly captions: readonly Captions[];
  /** Language of the captions that show. */
  readonly shownCaptions: string | undefined;
}

export interface Source {
  readonly url: string;
  /** Where the video lies in it; null: all of it is the video. */
  readonly pieces: readonly Piece[] | null;
  readonly captions: readonly Captions[];
  /** What may be chosen in the video's place. */
  readonly standIns: readonly StandIn[];
  /** Seconds; undefined: at the edge of a stream, or from the beginning. */
  readonly startAt: number | undefined;
}

/** Our own door to whatever plays: pages know this and nothing of the library behind it. */
export interface Player {
  /** Holds the picture and, for fullscreen, the controls; has the keyboard's focus. */
  readonly element: HTMLElement;
  readonly state: PlayerState;
  /** What was really played of what is loaded now, whatever its speed, without what was passed over. */
  readonly played: readonly Span[];
  onChange(listener: (state: PlayerState) => void, signal: AbortSignal): void;
  load(source: Source): void;
  play(): void;
  pause(): void;
  seek(seconds: number): void;
  /** Goes to the edge of a stream, and on from there. */
  seekToEdge(): void;
  setVolume(volume: number): void;
  setMuted(muted: boolean): void;
  setRate(rate: number): void;
  chooseQuality(name: QualityName | undefined): void;
  showCaptions(language: string | undefined): void;
  toggleFullscreen(): void;
  togglePictureInPicture(): void;
  destroy(): void;
}
