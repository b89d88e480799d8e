import { element } from '../../common/dom.ts';
import { text } from '../../common/page.ts';

/** A handout of the video that can be read page by page. */
export interface Handout {
  readonly title: string;
  /** Where its pages are read, one after the other; the picture of each lies below it. */
  readonly pages: string;
  readonly count: number;
}

/** A picture to be shown, and what it is. */
export interface PageShown {
  readonly address: string;
  readonly alt: string;
}

/** Which handout stands in the slides' place, and which of its pages. Handouts know no time: who looks turns the pages. */
export class HandoutPager {
  readonly element = element('div', { class: 'handout-pager', hidden: true });
  readonly #choice = element('select', { id: 'handout-choice' });
  readonly #previous = element('button', { type: 'button', class: 'plain' }, text('handout.previous'));
  readonly #next = element('button', { type: 'button', class: 'plain' }, text('handout.next'));
  readonly #place = element('span', { role: 'status' });
  readonly #turning = element('span', { class: 'handout-turning' }, this.#previous, this.#place, this.#next);
  readonly #whole = element('a', {}, text('handout.whole'));
  #page = 1;

  /** `hasSlides`: whether the video's own slides can be chosen, too. `changed` is told of each choice. */
  constructor(private readonly handouts: readonly Handout[], private readonly hasSlides: () => boolean, private readonly changed: () => void, signal: AbortSignal) {
    this.element.append(element('label', { for: 'handout-choice' }, text('handout.choice')), this.#choice, this.#turning, this.#whole);
    this.#choice.append(element('option', { value: '' }, text('handout.slides')), ...handouts.map(({ title }, index) => element('option', { value: `${index}` }, title)));
    this.#choice.addEventListener('change', () => this.#turnTo(1), { signal });
    this.#previous.addEventListener('click', () => this.#turnTo(this.#page - 1), { signal });
    this.#next.addEventListener('click', () => this.#turnTo(this.#page + 1), { signal });
  }

  /** Offers what there is to be chosen: where the video has no slides a handout stands in for them. */
  offer(): void {
    const slides = this.#choice.options[0];
    if (!slides) return;
    slides.hidden = slides.disabled = !this.hasSlides();
    if (slides.disabled && slides.selected) this.#choice.value = '0';
    this.#draw();
  }

  /** The page that stands in the slides' place; undefined where the slides stand there themselves. */
  get shown(): PageShown | undefined {
    const handout = this.#handout;
    if (!handout) return undefined;
    const { title, pages, count } = handout;
    return { address: `${pages}/${this.#page}.jpg`, alt: text('handout.page', { title, number: this.#page, count }) };
  }

  /** The picture of the page after that, where there is one. */
  get ahead(): string | undefined {
    const handout = this.#handout;
    return handout && this.#page < handout.count ? `${handout.pages}/${this.#page + 1}.jpg` : undefined;
  }

  get #handout(): Handout | undefined {
    return this.#choice.value === '' ? undefined : this.handouts[Number(this.#choice.value)];
  }

  #turnTo(page: number): void {
    this.#page = page;
    this.#draw();
    this.changed();
  }

  #draw(): void {
    const handout = this.#handout;
    this.#turning.hidden = this.#whole.hidden = !handout;
    if (!handout) return;
    this.#previous.disabled = this.#page <= 1;
    this.#next.disabled = this.#page >= handout.count;
    this.#place.textContent = text('material.page_of', { number: this.#page, count: handout.count });
    this.#whole.href = `${handout.pages}#page-${this.#page}`;
  }
}
