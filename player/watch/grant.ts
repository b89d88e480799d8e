import { ask, Refusal } from '../common/api.ts';
import type {} from './early/early_loads.ts';
import type { PlayAnswer } from './play_answer.ts';

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

  /**
   * `address` is the API's: "/api/videos/<id>/play"; `wish` goes along. The first time it may have been asked already.
   * Throws Refusal or Unreachable.
   */
  static async ask(address: string, refused: (refusal: Refusal) => void, wish: object = {}): Promise<Grant> {
    const answer = globalThis.kirokuEarly?.takeAnswer() ?? ask<PlayAnswer>('POST', address, wish);
    return new Grant(address, await answer, refused, wish);
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
