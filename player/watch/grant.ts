import { ask, Refusal } from '../common/api.ts';
import type { Captions, SlideShow, StandIn } from './player.ts';
import type { Piece } from './timeline.ts';

/** What there is beside the video, by its address; null what there is not, or not yet. */
export interface Stills {
  readonly poster: string | null;
  readonly thumbnails: string | null;
  readonly slides: SlideShow | null;
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

const GRANT = /^(.*?\/play\/)([^/]+)(\/.*)$/;

/** The right to play one video, renewed without the player's noticing. */
export class Grant {
  #answer: PlayAnswer;
  #renewal: Promise<void> | undefined;

  private constructor(
    private readonly address: string,
    answer: PlayAnswer,
    private readonly refused: (refusal: Refusal) => void,
    private readonly wish: object,
  ) {
    this.#answer = answer;
  }

  /** `address` is the API's: "/api/videos/<id>/play". Throws Refusal or Unreachable. */
  static async ask(address: string, refused: (refusal: Refusal) => void, wish: object = {}): Promise<Grant> {
    return new Grant(address, await ask<PlayAnswer>('POST', address, wish), refused, wish);
  }

  get answer(): PlayAnswer {
    return this.#answer;
  }

  /** Asks again, once at a time. A refusal goes to `refused`; a line that is gone is tried by the next request. */
  renew(): Promise<void> {
    this.#renewal ??= ask<PlayAnswer>('POST', this.address, this.wish)
      .then((answer) => {
        this.#answer = answer;
      })
      .catch((error: unknown) => {
        if (error instanceof Refusal && error.status < 500) this.refused(error);
      })
      .finally(() => {
        this.#renewal = undefined;
      });
    return this.#renewal;
  }

  /** `url` under the grant that holds now. Waits for a renewal that is under way. */
  async current(url: string): Promise<string> {
    await this.#renewal;
    return withGrantOf(url, this.#answer.url);
  }
}

/** `url` with its grant exchanged for the one in `granted`. */
export function withGrantOf(url: string, granted: string): string {
  const grant = GRANT.exec(granted)?.[2];
  const parts = GRANT.exec(url);
  if (!grant || !parts) return url;
  return `${parts[1]}${grant}${parts[3]}`;
}

/** What an answer offers in the video's place. */
export function standInsOf({ stills, sound, pieces }: PlayAnswer): StandIn[] {
  const standIns: StandIn[] = [];
  if (stills.slides) standIns.push({ name: 'slides', ...stills.slides });
  if (sound) standIns.push({ name: 'sound', url: sound, pieces });
  return standIns;
}
