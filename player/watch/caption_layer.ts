import { element } from '../common/dom.ts';
import { cuesOf, type Cue } from './cues.ts';
import type { Captions } from './player.ts';

/** The captions over the picture. Each language is loaded when it is first shown. */
export class CaptionLayer {
  readonly element = element('div', { class: 'captions' });
  readonly #display = element('div', { class: 'cues' });
  #tracks: readonly Captions[] = [];
  #language: string | undefined;
  #cues: readonly Cue[] = [];
  #drawn = '';

  /** `changed` is told when another language shows, or its cues have come. */
  constructor(private readonly changed: () => void) {
    this.element.append(this.#display);
  }

  /** BCP 47 of what shows. */
  get language(): string | undefined {
    return this.#language;
  }

  /** What may be shown from now on; what shows goes on where it is among them. */
  offer(tracks: readonly Captions[]): void {
    this.#tracks = tracks;
    if (!tracks.some(({ language }) => language === this.#language)) this.show(undefined);
  }

  show(language: string | undefined): void {
    const track = this.#tracks.find((each) => each.language === language);
    if (track?.language === this.#language) return;
    this.#language = track?.language;
    this.#cues = [];
    if (track) void this.#load(track);
    this.changed();
  }

  async #load(track: Captions): Promise<void> {
    try {
      const reply = await fetch(track.url);
      if (!reply.ok) throw new Error(`captions: ${reply.status}`);
      const cues = cuesOf(await reply.text());
      if (this.#language !== track.language) return;
      this.#cues = cues;
      this.changed();
    } catch {
      // Chosen again, they are asked for again.
      if (this.#language === track.language) this.show(undefined);
    }
  }

  /** Draws what is said at a second of the video. */
  draw(second: number): void {
    const cues = this.#cues.filter(({ begin, end }) => begin <= second && second < end);
    const wanted = cues.map(({ text }) => text).join('\n\n');
    if (wanted === this.#drawn) return;
    this.#drawn = wanted;
    this.#display.replaceChildren(...cues.map(({ text }) => element('div', {}, element('div', { class: 'cue' }, text))));
  }
}
