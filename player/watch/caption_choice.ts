import { keep, kept } from '../common/kept.ts';
import type { Player, PlayerState } from './player.ts';

const WISH_KEY = 'kiroku.captions';
const SIZE_KEY = 'kiroku.captions-size';
const GROUND_KEY = 'kiroku.captions-ground';

export type CaptionSize = 'small' | 'usual' | 'large' | 'largest';
export type CaptionGround = 'dark' | 'clear' | 'none';
const SIZES: readonly CaptionSize[] = ['small', 'usual', 'large', 'largest'];
const GROUNDS: readonly CaptionGround[] = ['dark', 'clear', 'none'];

const oneOf = <Word extends string>(words: readonly Word[], word: string | null, usual: Word): Word =>
  words.find((each) => each === word) ?? usual;

/** Whether captions show, and how: as a person chose, here or on a page before; else they show while the sound is off. */
export class CaptionChoice {
  #wish = kept(WISH_KEY);
  #size = oneOf(SIZES, kept(SIZE_KEY), 'usual');
  #ground = oneOf(GROUNDS, kept(GROUND_KEY), 'dark');
  /** The captions' addresses for which the choice was made. */
  #settled = '';

  constructor(private readonly player: Player, signal: AbortSignal) {
    this.#paint();
    player.onChange((state) => this.#follow(state), signal);
  }

  /** Undefined: none. */
  choose(language: string | undefined): void {
    this.#wish = language ?? 'none';
    keep(WISH_KEY, this.#wish);
    this.player.showCaptions(language);
  }

  toggle(): void {
    const { captions, shownCaptions } = this.player.state;
    this.choose(shownCaptions ? undefined : this.#wished(captions) ?? captions[0]?.language);
  }

  get size(): CaptionSize {
    return this.#size;
  }

  set size(size: CaptionSize) {
    this.#size = size;
    keep(SIZE_KEY, size);
    this.#paint();
  }

  get ground(): CaptionGround {
    return this.#ground;
  }

  set ground(ground: CaptionGround) {
    this.#ground = ground;
    keep(GROUND_KEY, ground);
    this.#paint();
  }

  #wished(captions: PlayerState['captions']): string | undefined {
    return captions.find(({ language }) => language === this.#wish)?.language;
  }

  #follow({ captions, shownCaptions, muted }: PlayerState): void {
    if (captions.length === 0) return;
    if (this.#wish === null) {
      const wanted = muted ? captions[0]?.language : undefined;
      // Only what the sound's coming and going changes.
      if (this.#settled === String(muted)) return;
      this.#settled = String(muted);
      if (wanted !== shownCaptions) this.player.showCaptions(wanted);
      return;
    }
    const addresses = captions.map(({ url }) => url).join();
    if (this.#settled === addresses) return;
    this.#settled = addresses;
    const wanted = this.#wished(captions);
    if (wanted && wanted !== shownCaptions) this.player.showCaptions(wanted);
  }

  #paint(): void {
    this.player.element.dataset['captionSize'] = this.#size;
    this.player.element.dataset['captionGround'] = this.#ground;
  }
}
