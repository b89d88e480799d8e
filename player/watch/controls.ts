import { clockTime } from '../common/clock_time.ts';
import { element, icon } from '../common/dom.ts';
import { text } from '../common/page.ts';
import type { CaptionChoice } from './caption_choice.ts';
import type { Chapter, Chapters } from './chapters.ts';
import { HelpSheet } from './help_sheet.ts';
import { listenForKeys } from './keys.ts';
import { EdgeButton } from './live/edge_button.ts';
import type { Player, PlayerState } from './player.ts';
import { SeekBar } from './seek_bar.ts';
import { SettingsPanel, type LatencySetting } from './settings_panel.ts';
import type { Thumbnails } from './thumbnails.ts';

/** A button that tells what a press will do. */
class ControlButton {
  readonly element: HTMLButtonElement;
  #shown = '';

  constructor(name: string, press: () => void, signal: AbortSignal) {
    this.element = element('button', { type: 'button', class: `control control-${name}` });
    this.element.addEventListener('click', press, { signal });
  }

  paint(picture: string, label: string): void {
    if (this.#shown === picture + label) return;
    this.#shown = picture + label;
    this.element.replaceChildren(icon(picture));
    this.element.setAttribute('aria-label', label);
    this.element.title = label;
  }
}

/** The bar under the picture. */
export class Controls {
  readonly element: HTMLElement;
  readonly #start: ControlButton;
  readonly #play: ControlButton;
  readonly #mute: ControlButton;
  readonly #captions: ControlButton;
  readonly #inset: ControlButton;
  readonly #help: ControlButton;
  readonly #full: ControlButton;
  readonly #volume: HTMLInputElement;
  readonly #edge: EdgeButton;
  readonly #time = element('span', { class: 'control-time' });
  readonly #soundOnly = element('p', { class: 'sound-only', hidden: true });
  readonly #spinner = element('span', { class: 'spinner', 'aria-hidden': 'true' });

  constructor(
    private readonly player: Player,
    chapters: Chapters,
    questions: readonly Chapter[],
    thumbnails: Thumbnails,
    captions: CaptionChoice,
    latency: LatencySetting,
    signal: AbortSignal,
  ) {
    const toggle = () => (player.state.paused ? player.play() : player.pause());
    const toggleCaptions = () => captions.toggle();
    const help = new HelpSheet(player, signal);
    this.#start = new ControlButton('start', toggle, signal);
    this.#play = new ControlButton('play', toggle, signal);
    this.#mute = new ControlButton('mute', () => player.setMuted(!player.state.muted), signal);
    this.#captions = new ControlButton('captions', toggleCaptions, signal);
    this.#inset = new ControlButton('inset', () => player.togglePictureInPicture(), signal);
    this.#help = new ControlButton('help', () => help.show(), signal);
    this.#full = new ControlButton('full', () => player.toggleFullscreen(), signal);
    this.#volume = element('input', {
      type: 'range', min: '0', max: '1', step: '0.05', class: 'volume', 'aria-label': text('player.volume'),
    });
    this.#volume.addEventListener('input', () => player.setVolume(this.#volume.valueAsNumber), { signal });
    this.#edge = new EdgeButton(player, signal);
    const settings = new SettingsPanel(player, captions, latency, signal);
    const bar = element('div', { class: 'controls-row' },
      this.#play.element, this.#mute.element, this.#volume, this.#time, this.#edge.element, element('span', { class: 'controls-space' }),
      this.#captions.element, settings.button, this.#help.element, this.#inset.element, this.#full.element);
    this.element = element('div', { class: 'controls', role: 'group', 'aria-label': text('player.controls') },
      new SeekBar(player, chapters, questions, thumbnails, signal).element, bar, settings.element);
    player.element.append(this.#soundOnly, this.#spinner, this.#start.element, this.element);
    player.onChange((state) => this.#paint(state), signal);
    this.#paint(player.state);
    listenForKeys(player, { captions: toggleCaptions, help: () => help.show() }, signal);
    this.#listenToPicture(toggle, signal);
  }

  #listenToPicture(toggle: () => void, signal: AbortSignal): void {
    this.player.element.addEventListener('click', ({ target }) => {
      if (target instanceof HTMLVideoElement) toggle();
    }, { signal });
    this.player.element.addEventListener('dblclick', ({ target }) => {
      if (target instanceof HTMLVideoElement) this.player.toggleFullscreen();
    }, { signal });
  }

  #paint(state: PlayerState): void {
    const play = state.paused ? text('player.play') : text('player.pause');
    this.#start.paint('play', text('player.play'));
    // Pressed before anything has come, it is kept.
    this.#start.element.hidden = state.started || !state.paused;
    this.#play.paint(state.paused ? 'play' : 'pause', play);
    this.#mute.paint(state.muted ? 'muted' : 'sound', state.muted ? text('player.unmute') : text('player.mute'));
    this.#volume.value = String(state.muted ? 0 : state.volume);
    this.#captions.element.hidden = state.captions.length === 0;
    this.#captions.paint('captions', state.shownCaptions ? text('player.captions_hide') : text('player.captions_show'));
    this.#captions.element.setAttribute('aria-pressed', String(state.shownCaptions !== undefined));
    this.#help.paint('help', text('keys.title'));
    this.#inset.element.hidden = !state.canPictureInPicture;
    this.#inset.paint('inset', text('player.inset'));
    this.#full.element.hidden = !state.canFullscreen;
    this.#full.paint(state.fullscreen ? 'unfull' : 'full', state.fullscreen ? text('player.unfull') : text('player.full'));
    this.#edge.paint(state);
    this.#soundOnly.hidden = state.chosenQuality !== 'sound';
    this.#soundOnly.textContent = text('player.sound_only');
    const time = clockTime(state.time);
    this.#time.textContent = state.edge === undefined ? `${time} / ${clockTime(state.duration)}` : time;
    this.#spinner.hidden = !(state.waiting && !state.paused) && (state.ready || !state.started);
  }
}
