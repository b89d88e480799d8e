import { clockTime } from '../common/clock_time.ts';
import { element } from '../common/dom.ts';
import { keep, kept } from '../common/kept.ts';
import { text } from '../common/page.ts';
import { cueAt, cuesOf, type Cue } from './cues.ts';
import type { Grant } from './grant.ts';
import type { Captions, Player } from './player.ts';

const OPEN_KEY = 'kiroku.transcript';
/** The list follows again this long after somebody scrolled it. */
const HANDS_OFF_MS = 5000;

/** Without case, half-width or not: as search on the server. */
const folded = (words: string) =>
  words.normalize('NFKC').toLowerCase().replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

/** What is said, beside the player: follows it, seeks, and can be searched. Loaded when it is first opened. */
export class Transcript {
  readonly #list = element('ol', { class: 'transcript-list', tabindex: '0' });
  readonly #said = element('p', { class: 'quiet', role: 'status' });
  readonly #search = element('input', { type: 'search', 'aria-label': text('transcript.search'), placeholder: text('transcript.search'), autocomplete: 'off' });
  #language = '';
  #cues: readonly Cue[] = [];
  #links: HTMLAnchorElement[] = [];
  #marked: HTMLAnchorElement | undefined;
  #touched = -Infinity;

  /** `place` is the page's `<details>`. */
  constructor(
    private readonly place: HTMLDetailsElement,
    private readonly player: Player,
    private readonly grant: () => Grant,
    private readonly signal: AbortSignal,
  ) {
    place.append(element('div', { class: 'transcript-tools' }, this.#search), this.#said, this.#list);
    this.#list.setAttribute('aria-label', text('transcript.title'));
    place.addEventListener('toggle', () => {
      keep(OPEN_KEY, place.open ? 'open' : 'shut');
      this.#follow();
    }, { signal });
    this.#search.addEventListener('input', () => this.#filter(), { signal });
    this.#list.addEventListener('click', (event) => this.#seek(event), { signal });
    for (const kind of ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const)
      this.#list.addEventListener(kind, () => {
        this.#touched = performance.now();
      }, { signal, passive: true });
    player.onChange(() => this.#follow(), signal);
    if (kept(OPEN_KEY) === 'open') place.open = true;
    this.#follow();
  }

  #follow(): void {
    const { captions, shownCaptions } = this.player.state;
    this.place.hidden = captions.length === 0;
    if (!this.place.open) return;
    const track = captions.find(({ language }) => language === shownCaptions) ?? captions[0];
    if (track && track.language !== this.#language) void this.#load(track);
    this.#mark();
  }

  async #load(track: Captions): Promise<void> {
    this.#language = track.language;
    try {
      const reply = await fetch(await this.grant().current(track.url), { signal: this.signal });
      if (!reply.ok) throw new Error(`captions: ${reply.status}`);
      const cues = cuesOf(await reply.text());
      if (this.#language === track.language) this.#draw(cues, track.language);
    } catch {
      // Asked anew when it is opened, or the captions change.
      this.#language = '';
      this.place.open = false;
    }
  }

  #draw(cues: readonly Cue[], language: string): void {
    this.#cues = cues;
    this.#marked = undefined;
    this.#links = cues.map(({ begin, text: words }) =>
      element('a', { href: `?t=${Math.floor(begin)}`, lang: language },
        element('span', { class: 'transcript-time' }, clockTime(begin)), element('span', {}, words)));
    this.#list.replaceChildren(...this.#links.map((link) => element('li', {}, link)));
    this.#filter();
    this.#mark();
  }

  #mark(): void {
    const { time, started } = this.player.state;
    const link = started ? this.#links[cueAt(this.#cues, time)] : undefined;
    if (link === this.#marked) return;
    this.#marked?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'true');
    this.#marked = link;
    if (link && this.#search.value === '' && performance.now() - this.#touched > HANDS_OFF_MS) this.#scrollTo(link);
  }

  /** Within the list alone: the page stays where it is. */
  #scrollTo(link: HTMLElement): void {
    const top = link.offsetTop - this.#list.offsetTop - (this.#list.clientHeight - link.offsetHeight) / 2;
    this.#list.scrollTo({ top, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  #filter(): void {
    const wanted = folded(this.#search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    this.#links.forEach((link, index) => {
      const words = folded(this.#cues[index]?.text ?? '');
      const fits = wanted.every((each) => words.includes(each));
      shown += fits ? 1 : 0;
      if (link.parentElement) link.parentElement.hidden = !fits;
    });
    this.#said.textContent = wanted.length === 0 ? '' : text('transcript.found', { count: shown });
  }

  #seek(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const cue = link && this.#cues[this.#links.indexOf(link)];
    if (!cue || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#touched = -Infinity;
    this.player.seek(cue.begin);
    this.player.play();
  }
}
