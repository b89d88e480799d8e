import { element } from '../common/dom.ts';
import { text } from '../common/page.ts';
import { chapterAt, type Chapter } from './chapters.ts';
import type { Player, PlayerState } from './player.ts';
import { clockTime, spokenTime } from './time_text.ts';

/** Where the player is: a slider with what is loaded and the chapters drawn on it. */
export class SeekBar {
  readonly element: HTMLElement;
  readonly #slider: HTMLInputElement;
  readonly #marks = element('span', { class: 'seek-marks' });
  readonly #loaded = element('span', { class: 'seek-loaded' });
  readonly #played = element('span', { class: 'seek-played' });
  readonly #hint = element('output', { class: 'seek-hint', 'aria-hidden': 'true' });
  #marked = 0;
  #dragging = false;

  constructor(
    private readonly player: Player,
    private readonly chapters: readonly Chapter[],
    signal: AbortSignal,
  ) {
    this.#slider = element('input', { type: 'range', min: '0', max: '0', step: 'any', 'aria-label': text('player.position') });
    this.element = element('div', { class: 'seek' }, this.#loaded, this.#played, this.#marks, this.#slider, this.#hint);
    this.#slider.addEventListener('input', () => this.#drag(), { signal });
    this.#slider.addEventListener('change', () => (this.#dragging = false), { signal });
    this.element.addEventListener('pointermove', (event) => this.#point(event), { signal });
    player.onChange((state) => this.#paint(state), signal);
  }

  #drag(): void {
    this.#dragging = true;
    this.player.seek(this.#slider.valueAsNumber);
  }

  #point(event: PointerEvent): void {
    const { left, width } = this.element.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - left) / width));
    const second = share * this.player.state.duration;
    const chapter = this.chapters[chapterAt(this.chapters, second)];
    this.#hint.value = chapter ? `${clockTime(second)} ${chapter.title}` : clockTime(second);
    this.#hint.style.left = `${share * 100}%`;
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
    this.#marks.replaceChildren(
      ...this.chapters
        .filter(({ at_s }) => at_s > 0 && at_s < duration)
        .map(({ at_s }) => {
          const mark = element('span', { class: 'seek-mark' });
          mark.style.left = `${(at_s / duration) * 100}%`;
          return mark;
        }),
    );
  }
}
