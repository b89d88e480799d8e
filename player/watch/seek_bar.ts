import { clockTime } from '../common/clock_time.ts';
import { element } from '../common/dom.ts';
import { text } from '../common/page.ts';
import { chapterAt, type Chapter, type Chapters } from './chapters.ts';
import type { Player, PlayerState } from './player.ts';
import type { Thumbnails } from './thumbnails.ts';
import { spokenTime } from './time_text.ts';

/** Where the player is: a slider with what is loaded and the chapters drawn on it. */
export class SeekBar {
  readonly element: HTMLElement;
  readonly #slider: HTMLInputElement;
  readonly #marks = element('span', { class: 'seek-marks' });
  readonly #loaded = element('span', { class: 'seek-loaded' });
  readonly #played = element('span', { class: 'seek-played' });
  readonly #hintPicture = element('span', { class: 'seek-picture', hidden: true });
  readonly #hintWords = element('span');
  readonly #hint = element('span', { class: 'seek-hint', 'aria-hidden': 'true' }, this.#hintPicture, this.#hintWords);
  #marked = 0;
  #pointed = 0;
  #dragging = false;

  constructor(
    private readonly player: Player,
    private readonly chapters: Chapters,
    private readonly questions: readonly Chapter[],
    private readonly thumbnails: Thumbnails,
    signal: AbortSignal,
  ) {
    this.#slider = element('input', { type: 'range', min: '0', max: '0', step: 'any', 'aria-label': text('player.position') });
    this.element = element('div', { class: 'seek' }, this.#loaded, this.#played, this.#marks, this.#slider, this.#hint);
    this.#slider.addEventListener('input', () => this.#drag(), { signal });
    this.#slider.addEventListener('change', () => (this.#dragging = false), { signal });
    this.element.addEventListener('pointermove', (event) => this.#point(event), { signal });
    player.onChange((state) => this.#paint(state), signal);
    chapters.onChange(() => this.#mark(this.#marked));
  }

  #drag(): void {
    this.#dragging = true;
    this.player.seek(this.#slider.valueAsNumber);
  }

  #point(event: PointerEvent): void {
    const { left, width } = this.element.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - left) / width));
    const second = share * this.player.state.duration;
    const chapter = this.chapters.all[chapterAt(this.chapters.all, second)];
    this.#hintWords.textContent = chapter ? `${clockTime(second)} ${chapter.title}` : clockTime(second);
    this.#pointed = second;
    void this.thumbnails.pictureAt(second).then((picture) => {
      // The pointer may have gone on while the picture came.
      if (this.#pointed !== second) return;
      this.#showPicture(picture);
      this.#keepInside(share * width, width);
    });
    this.#keepInside(share * width, width);
  }

  #showPicture(picture: HTMLElement | undefined): void {
    this.#hintPicture.hidden = !picture;
    if (picture) this.#hintPicture.replaceChildren(picture);
  }

  /** The hint stands over the pointer, and at the ends beside it. */
  #keepInside(at: number, width: number): void {
    const half = Math.min(this.#hint.offsetWidth, width) / 2;
    this.#hint.style.left = `${Math.max(half, Math.min(width - half, at))}px`;
  }

  #paint({ time, duration, bufferedUntil }: PlayerState): void {
    if (!(duration > 0)) return;
    if (this.#marked !== duration) this.#mark(duration);
    const share = (second: number) => `${Math.min(100, (second / duration) * 100)}%`;
    this.#loaded.style.width = share(bufferedUntil);
    this.#played.style.width = share(time);
    this.#slider.max = String(duration);
    if (!this.#dragging) this.#slider.value = String(time);
    const values = { time: spokenTime(time), duration: spokenTime(duration) };
    this.#slider.setAttribute('aria-valuetext', text('player.position_of', values));
  }

  #mark(duration: number): void {
    this.#marked = duration;
    const marks = (places: readonly Chapter[], name: string) =>
      places
        .filter(({ at_s }) => at_s > 0 && at_s < duration)
        .map(({ at_s, title }) => {
          const mark = element('span', { class: name, title });
          mark.style.left = `${(at_s / duration) * 100}%`;
          return mark;
        });
    this.#marks.replaceChildren(...marks(this.chapters.all, 'seek-mark'), ...marks(this.questions, 'seek-mark seek-question'));
  }
}
