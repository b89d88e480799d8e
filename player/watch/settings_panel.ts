import { element, icon } from '../common/dom.ts';
import { text } from '../common/page.ts';
import { keepPreferredQuality } from '../common/preferred_quality.ts';
import type { CaptionChoice, CaptionGround, CaptionSize } from './caption_choice.ts';
import type { LatencyWish } from './live/latency.ts';
import type { Player, PlayerState, QualityName } from './player.ts';

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** How far behind a stream is watched: offered while there is one. */
export interface LatencySetting {
  wish: LatencyWish;
}

const latencyWords: readonly (readonly [LatencyWish, () => string])[] = [
  ['auto', () => text('live.latency_auto')],
  ['low', () => text('live.latency_low')],
  ['usual', () => text('live.latency_usual')],
];

const sizeWords: readonly (readonly [CaptionSize, () => string])[] = [
  ['small', () => text('player.captions_small')],
  ['usual', () => text('player.captions_usual')],
  ['large', () => text('player.captions_large')],
  ['largest', () => text('player.captions_largest')],
];

const groundWords: readonly (readonly [CaptionGround, () => string])[] = [
  ['dark', () => text('player.captions_dark')],
  ['clear', () => text('player.captions_clear')],
  ['none', () => text('player.captions_bare')],
];

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string | undefined;
}

const qualityWords: Readonly<Record<QualityName, () => string>> = {
  high: () => text('player.quality_high'),
  standard: () => text('player.quality_standard'),
  light: () => text('player.quality_light'),
  slides: () => text('player.quality_slides'),
  sound: () => text('player.quality_sound'),
};

/** One group of radio buttons that is drawn anew when its choices change. */
class ChoiceGroup {
  readonly element: HTMLFieldSetElement;
  #drawn = '';

  constructor(
    legend: string,
    private readonly name: string,
    choose: (value: string) => void,
    signal: AbortSignal,
  ) {
    this.element = element('fieldset', { class: 'choices' }, element('legend', {}, legend));
    const listen = (event: Event) => {
      if (event.target instanceof HTMLInputElement) choose(event.target.value);
    };
    this.element.addEventListener('change', listen, { signal });
  }

  paint(choices: readonly Choice[], chosen: string): void {
    this.element.hidden = choices.length < 2;
    const wanted = JSON.stringify(choices);
    if (wanted !== this.#drawn) this.#draw(choices);
    this.#drawn = wanted;
    for (const input of this.element.querySelectorAll('input')) input.checked = input.value === chosen;
  }

  #draw(choices: readonly Choice[]): void {
    this.element.querySelectorAll('label').forEach((label) => label.remove());
    for (const { value, label, detail } of choices) {
      const input = element('input', { type: 'radio', name: `player-${this.name}`, value });
      const words = element('span', {}, label);
      if (detail) words.append(' ', element('small', {}, detail));
      this.element.append(element('label', {}, input, words));
    }
  }
}

/** Quality, speed and captions behind one button. */
export class SettingsPanel {
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  readonly #qualities: ChoiceGroup;
  readonly #rates: ChoiceGroup;
  readonly #captions: ChoiceGroup;
  readonly #latencies: ChoiceGroup;
  readonly #sizes: ChoiceGroup;
  readonly #grounds: ChoiceGroup;

  constructor(
    player: Player,
    private readonly look: CaptionChoice,
    private readonly latency: LatencySetting,
    signal: AbortSignal,
  ) {
    this.#latencies = new ChoiceGroup(text('live.latency'), 'latency', (value) => {
      latency.wish = value as LatencyWish;
    }, signal);
    this.#qualities = new ChoiceGroup(text('player.quality'), 'quality', (value) => {
      player.chooseQuality(value === 'auto' ? undefined : (value as QualityName));
      // What a thin line needs stays for the next video; what a good one allows is found anew.
      keepPreferredQuality(value === 'light' || value === 'slides' || value === 'sound' ? value : 'auto');
    }, signal);
    this.#rates = new ChoiceGroup(text('player.speed'), 'speed', (value) => player.setRate(Number(value)), signal);
    this.#captions = new ChoiceGroup(text('player.captions'), 'captions', (value) =>
      look.choose(value || undefined), signal);
    this.#sizes = new ChoiceGroup(text('player.captions_size'), 'captions-size', (value) => {
      look.size = value as CaptionSize;
      this.#paint(player.state);
    }, signal);
    this.#grounds = new ChoiceGroup(text('player.captions_ground'), 'captions-ground', (value) => {
      look.ground = value as CaptionGround;
      this.#paint(player.state);
    }, signal);
    this.element = element('div', { class: 'settings', id: 'player-settings', hidden: true },
      this.#qualities.element, this.#rates.element, this.#captions.element, this.#sizes.element, this.#grounds.element,
      this.#latencies.element);
    this.button = element('button', {
      type: 'button', class: 'control', 'aria-label': text('player.settings'), title: text('player.settings'),
      'aria-expanded': 'false', 'aria-controls': 'player-settings',
    }, icon('settings'));
    this.#listen(player, signal);
    player.onChange((state) => this.#paint(state), signal);
  }

  #listen(player: Player, signal: AbortSignal): void {
    this.button.addEventListener('click', () => this.#show(this.element.hidden !== false), { signal });
    player.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.element.hidden) return;
      event.stopPropagation();
      this.#show(false);
      this.button.focus();
    }, { signal });
    document.addEventListener('pointerdown', ({ target }) => {
      const inside = target instanceof Node && (this.element.contains(target) || this.button.contains(target));
      if (!inside) this.#show(false);
    }, { signal });
  }

  #show(open: boolean): void {
    this.element.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) this.element.querySelector<HTMLInputElement>('input:checked')?.focus();
  }

  #paint(state: PlayerState): void {
    const qualities = state.qualities.map(({ name, height }) => ({
      value: name, label: qualityWords[name](), detail: height ? `${height}p` : undefined,
    }));
    const choices = qualities.length > 1 ? [{ value: 'auto', label: text('player.quality_auto') }, ...qualities] : [];
    this.#qualities.paint(choices, state.chosenQuality ?? 'auto');
    this.#rates.paint(RATES.map((rate) => ({
      value: String(rate), label: rate === 1 ? text('player.speed_normal') : text('player.speed_times', { rate }),
    })), String(state.rate));
    const captions = state.captions.map(({ language, label }) => ({ value: language, label }));
    this.#captions.paint(captions.length ? [{ value: '', label: text('player.captions_off') }, ...captions] : [],
      state.shownCaptions ?? '');
    const choicesOf = <Word extends string>(words: readonly (readonly [Word, () => string])[]) =>
      state.captions.length ? words.map(([value, label]) => ({ value, label: label() })) : [];
    this.#sizes.paint(choicesOf(sizeWords), this.look.size);
    this.#grounds.paint(choicesOf(groundWords), this.look.ground);
    const latencies = state.edge === undefined ? [] : latencyWords.map(([value, words]) => ({ value, label: words() }));
    this.#latencies.paint(latencies, this.latency.wish);
  }
}
