import type { LivePage, LiveState } from './live_status.ts';

/** The line under the picture that says how the stream stands; it is read aloud when that changes. */
export class LiveLine {
  readonly #badge: HTMLElement | null;
  readonly #sentence: HTMLElement | null;

  constructor(
    private readonly line: HTMLElement,
    private readonly page: LivePage,
  ) {
    this.#badge = line.querySelector('.live-badge');
    this.#sentence = line.querySelector('.live-sentence');
  }

  /** `more` in place of the state's own sentence. */
  show(state: LiveState, more?: string): void {
    const { badge, sentence } = this.page.words[state];
    this.line.dataset['state'] = state;
    this.#put(this.#badge, badge);
    this.#put(this.#sentence, more ?? sentence);
  }

  #put(place: HTMLElement | null, words: string): void {
    if (place && place.textContent !== words) place.textContent = words;
  }
}
