import { element } from '../common/dom.ts';
import { text } from '../common/page.ts';
import type { Player } from './player.ts';

/** Keys, and what they do. */
const rows = (): readonly (readonly [readonly string[], string])[] => [
  [['Space', 'K'], text('keys.play')],
  [['←', '→'], text('keys.step')],
  [['J', 'L'], text('keys.long_step')],
  [['0', '9'], text('keys.tenths')],
  [['Home', 'End'], text('keys.ends')],
  [['<', '>'], text('keys.speed')],
  [['↑', '↓'], text('keys.volume')],
  [['M'], text('keys.mute')],
  [['C'], text('keys.captions')],
  [['F'], text('keys.full')],
  [['I'], text('keys.inset')],
  [['?'], text('keys.help')],
];

/** The sheet that says what each key does, over the picture. */
export class HelpSheet {
  #sheet: HTMLDialogElement | undefined;

  constructor(private readonly player: Player, private readonly signal: AbortSignal) {}

  show(): void {
    this.#sheet ??= this.#make();
    if (!this.#sheet.open) this.#sheet.showModal();
  }

  #make(): HTMLDialogElement {
    const close = element('button', { type: 'button', class: 'primary' }, text('keys.close'));
    const table = element('dl', { class: 'keys' },
      ...rows().map(([keys, what]) => element('div', {},
        element('dt', {}, ...keys.map((key) => element('kbd', {}, key))), element('dd', {}, what))));
    const sheet = element('dialog', { class: 'key-sheet', 'aria-labelledby': 'key-sheet-title' },
      element('h2', { id: 'key-sheet-title' }, text('keys.title')),
      element('p', { class: 'quiet' }, text('keys.hint')), table, close);
    close.addEventListener('click', () => sheet.close(), { signal: this.signal });
    // A key pressed here is not one of the player's.
    sheet.addEventListener('keydown', (event) => event.stopPropagation(), { signal: this.signal });
    sheet.addEventListener('close', () => this.player.element.focus({ preventScroll: true }), { signal: this.signal });
    this.player.element.append(sheet);
    return sheet;
  }
}
