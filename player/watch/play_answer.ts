import type { Captions, SlideShow, StandIn } from './player.ts';
import type { Piece } from './timeline.ts';

/** What there is beside the video, by its address; null what there is not, or not yet. */
export interface Stills {
  readonly poster: string | null;
  readonly thumbnails: string | null;
  readonly slides: SlideShow | null;
  /** When each slide stands, and its picture's file beside the list. */
  readonly slide_list: string | null;
}

/** What asking to play gives. */
export interface PlayAnswer {
  readonly url: string;
  /** Where the video lies in what plays; null: all of it is the video. */
  readonly pieces: readonly Piece[] | null;
  readonly until: string;
  readonly now: string;
  readonly captions: readonly Captions[];
  readonly stills: Stills;
  /** The sound alone; null where there is none. */
  readonly sound: string | null;
  /** Seconds: where this account was; null where it was nowhere, or nobody is signed in. */
  readonly place_s: number | null;
}

/** What an answer offers in the video's place. */
export function standInsOf({ stills, sound, pieces }: PlayAnswer): StandIn[] {
  const standIns: StandIn[] = [];
  if (stills.slides) standIns.push({ name: 'slides', ...stills.slides });
  if (sound) standIns.push({ name: 'sound', url: sound, pieces });
  return standIns;
}
