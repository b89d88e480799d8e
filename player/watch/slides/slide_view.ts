import { element } from '../../common/dom.ts';
import { keep, kept } from '../../common/kept.ts';
import { text } from '../../common/page.ts';
import type { Player } from '../player.ts';
import type { Thumbnails } from '../thumbnails.ts';
import { HandoutPager, type Handout } from './handout_pager.ts';
import { slideAt, type Slide, type SlideList } from './slide_list.ts';
import { SlideStrip } from './slide_strip.ts';

type View = 'picture' | 'both' | 'slides';

const KEY = 'kiroku.view';
const VIEWS: readonly (readonly [View, () => string])[] = [
  ['picture', () => text('slides.picture')],
  ['both', () => text('slides.both')],
  ['slides', () => text('slides.slides')],
];

/** The slides beside the moving picture, or in its place: they follow the player, and lead it. A handout's pages may stand there instead. */
export class SlideView {
  readonly #switch = element('fieldset', { class: 'view-switch' }, element('legend', {}, text('slides.view')));
  readonly #image = element('img', { alt: '' });
  readonly #strip: SlideStrip;
  readonly #pager: HandoutPager;
  #view: View = 'picture';
  #slides: readonly Slide[] = [];
  #shown = -1;

  /** `stage` is where the player stands; `aids` the row beneath. */
  constructor(
    private readonly player: Player,
    private readonly list: SlideList,
    thumbnails: Thumbnails,
    private readonly handouts: readonly Handout[],
    private readonly stage: HTMLElement,
    aids: HTMLElement,
    signal: AbortSignal,
  ) {
    this.#strip = new SlideStrip(player, thumbnails, signal);
    this.#pager = new HandoutPager(handouts, () => this.list.isThere, () => this.#chosen(), signal);
    player.element.append(element('div', { class: 'slide-view' }, this.#image));
    stage.after(this.#strip.element, this.#pager.element);
    for (const [view, words] of VIEWS)
      this.#switch.append(element('label', {}, element('input', { type: 'radio', name: 'view', value: view }), words()));
    aids.prepend(this.#switch);
    this.#switch.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      keep(KEY, target.value);
      this.#show(target.value as View);
    }, { signal });
    this.#image.addEventListener('load', () => void this.#loadAhead(), { signal });
    player.onChange(() => this.#follow(), signal);
    signal.addEventListener('abort', () => {
      this.#show('picture');
      this.#switch.remove();
      this.#pager.element.remove();
    }, { once: true });
    this.#show(VIEWS.find(([view]) => view === kept(KEY))?.[0] ?? 'picture');
  }

  #show(view: View): void {
    this.#view = view;
    this.stage.dataset['view'] = view;
    this.stage.closest('.watch-columns')?.classList.toggle('watch-wide', view === 'both');
    this.#pager.element.hidden = view === 'picture' || this.handouts.length === 0;
    this.#strip.element.hidden = true;
    for (const input of this.#switch.querySelectorAll('input')) input.checked = input.value === view;
    if (view === 'picture') return;
    this.#pager.offer();
    this.#chosen();
  }

  /** Either a handout's page stands there, or the slides do. */
  #chosen(): void {
    const page = this.#pager.shown;
    this.#strip.element.hidden = page !== undefined;
    this.#shown = -1;
    if (page) {
      this.#image.src = page.address;
      this.#image.alt = page.alt;
      return;
    }
    // What does not come is asked for anew by the next choice.
    this.list.all().then((slides) => this.#take(slides), () => this.#show('picture'));
  }

  #take(slides: readonly Slide[]): void {
    if (this.#pager.shown) return;
    this.#slides = slides;
    this.#strip.draw(slides);
    this.#shown = -1;
    this.#follow();
  }

  #follow(): void {
    this.#switch.hidden = !this.list.isThere && this.handouts.length === 0;
    if (this.#view === 'picture' || this.#pager.shown) return;
    const at = slideAt(this.#slides, this.player.state.time);
    const slide = this.#slides[at];
    if (at === this.#shown || !slide) return;
    this.#shown = at;
    this.#strip.mark(at);
    void this.list.addressOf(slide).then((address) => {
      if (this.#shown !== at) return;
      this.#image.src = address;
      this.#image.alt = text('slides.one', { number: at + 1, count: this.#slides.length });
    });
  }

  /** The next one is there when its time has come. */
  async #loadAhead(): Promise<void> {
    const next = this.#slides[this.#shown + 1];
    const ahead = this.#pager.shown ? this.#pager.ahead : next && (await this.list.addressOf(next));
    if (ahead) element('img', { alt: '', src: ahead });
  }
}
