import { clockTime } from '../../common/clock_time.ts';
import { element } from '../../common/dom.ts';
import { text } from '../../common/page.ts';
import type { Player } from '../player.ts';
import type { Thumbnails } from '../thumbnails.ts';
import type { Slide } from './slide_list.ts';

/** A slide may come up slowly; its small picture is of a moment later. */
const SETTLED_S = 2;

/** All slides in a row, by their small pictures: each leads to its place. */
export class SlideStrip {
  readonly element = element('ol', { class: 'slide-strip', tabindex: '0', 'aria-label': text('slides.all'), hidden: true });
  #slides: readonly Slide[] = [];
  #links: HTMLAnchorElement[] = [];
  #marked: HTMLAnchorElement | undefined;

  constructor(private readonly player: Player, private readonly thumbnails: Thumbnails, signal: AbortSignal) {
    this.element.addEventListener('click', (event) => this.#seek(event), { signal });
  }

  draw(slides: readonly Slide[]): void {
    this.#slides = slides;
    this.#marked = undefined;
    this.#links = slides.map(({ begin }, index) =>
      element('a', { href: `?t=${Math.floor(begin)}` },
        element('span', { class: 'slide-picture' }), element('span', { class: 'slide-number' }, `${index + 1}`), ` ${clockTime(begin)}`));
    this.element.replaceChildren(...this.#links.map((link) => element('li', {}, link)));
    slides.forEach(({ begin, end }, index) => {
      void this.thumbnails.copyAt(Math.min(begin + SETTLED_S, (begin + end) / 2)).then((picture) => {
        if (picture) this.#links[index]?.firstElementChild?.replaceChildren(picture);
      });
    });
  }

  mark(index: number): void {
    const link = this.#links[index];
    this.#marked?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'true');
    this.#marked = link;
    if (!link) return;
    // Within the strip alone: the page stays where it is.
    const left = link.offsetLeft - (this.element.clientWidth - link.offsetWidth) / 2;
    this.element.scrollTo({ left, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  #seek(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const slide = link && this.#slides[this.#links.indexOf(link)];
    if (!slide || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.player.seek(slide.begin);
    this.player.play();
  }
}
