import { ask } from '../../common/api.ts';
import type { PreferredQuality } from '../../common/preferred_quality.ts';
import { standInsOf, type PlayAnswer } from '../play_answer.ts';
import { Timeline } from '../timeline.ts';
import { isMultivariant, mapOf, presentedIn, segmentAt } from './playlists.ts';

/** A body that was asked for before the player was there. */
export interface Loaded {
  readonly bytes: ArrayBuffer;
  /** `performance.now()` when it was asked for. */
  readonly began: number;
  /** And when its first byte came. */
  readonly first: number;
  /** And its last. */
  readonly end: number;
}

declare global {
  // A global, as the player's script comes as a file of its own, and later.
  // eslint-disable-next-line no-var
  var kirokuEarly: EarlyLoads | undefined;
}

/**
 * Asks for the grant, the playlists and the first segments while the player's script is still on its way: on a thin line
 * that takes seconds, and each answer leads to the next request.
 */
export class EarlyLoads {
  readonly #answer: Promise<PlayAnswer>;
  readonly #bodies = new Map<string, Promise<Loaded>>();
  #isAnswerTaken = false;

  /** `play` is the API's address; `at`, in seconds, where it will begin. */
  constructor(play: string, at: number, preferred: Exclude<PreferredQuality, 'auto'> | undefined) {
    this.#answer = ask<PlayAnswer>('POST', play);
    // What fails here is asked for anew by the player, which tells of it.
    this.#answer.then((answer) => this.#present(answer, at, preferred)).catch(() => undefined);
  }

  /** What asking to play gave, once: undefined from the second time on. Throws Refusal or Unreachable. */
  takeAnswer(): Promise<PlayAnswer> | undefined {
    if (this.#isAnswerTaken) return undefined;
    this.#isAnswerTaken = true;
    return this.#answer;
  }

  /** The body of an address, once; undefined where it was not asked for. */
  take(url: string): Promise<Loaded> | undefined {
    const address = new URL(url, location.href).href;
    const body = this.#bodies.get(address);
    this.#bodies.delete(address);
    return body;
  }

  async #present(answer: PlayAnswer, at: number, preferred: string | undefined): Promise<void> {
    // Who is asked whether to go on begins anywhere.
    const begins = at === 0 && answer.place_s !== null ? undefined : at;
    const standIn = standInsOf(answer).find(({ name }) => name === preferred);
    const url = new URL(standIn?.url ?? answer.url, location.href);
    const playlist = await this.#text(url);
    const second = begins === undefined ? undefined : new Timeline(standIn ? standIn.pieces : answer.pieces).inMedia(begins);
    const indexes = isMultivariant(playlist) ? presentedIn(playlist, url) : [];
    await Promise.all(indexes.map((index) => this.#begin(index, second)));
  }

  async #begin(index: URL, second: number | undefined): Promise<void> {
    const playlist = await this.#text(index);
    const map = mapOf(playlist, index);
    const segment = second === undefined ? undefined : segmentAt(playlist, index, second);
    for (const url of [map, segment]) if (url) void this.#load(url).catch(() => undefined);
  }

  async #text(url: URL): Promise<string> {
    return new TextDecoder().decode((await this.#load(url)).bytes);
  }

  #load({ href }: URL): Promise<Loaded> {
    const loading = fetchWhole(href);
    this.#bodies.set(href, loading);
    return loading;
  }
}

async function fetchWhole(url: string): Promise<Loaded> {
  const began = performance.now();
  const reply = await fetch(url);
  const first = performance.now();
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  const bytes = await reply.arrayBuffer();
  return { bytes, began, first, end: performance.now() };
}
