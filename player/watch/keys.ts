import type { Player } from './player.ts';

const STEP_S = 5;
const LONG_STEP_S = 10;
const VOLUME_STEP = 0.05;
const RATE_STEP = 0.25;
const SLOWEST = 0.5;
const FASTEST = 2;

/** What the keys do that are not the player's own. */
export interface OwnKeys {
  readonly captions: () => void;
  readonly help: () => void;
}

/** What each key does while the player has the focus: YouTube's habits. */
function actions(player: Player, { captions, help }: OwnKeys): Map<string, () => void> {
  const by = (seconds: number) => () => player.seek(player.state.time + seconds);
  const louder = (step: number) => () => player.setVolume(player.state.volume + step);
  const faster = (step: number) => () =>
    player.setRate(Math.max(SLOWEST, Math.min(FASTEST, player.state.rate + step)));
  const toggle = () => (player.state.paused ? player.play() : player.pause());
  const map = new Map<string, () => void>([
    [' ', toggle],
    ['k', toggle],
    ['j', by(-LONG_STEP_S)],
    ['l', by(LONG_STEP_S)],
    ['arrowleft', by(-STEP_S)],
    ['arrowright', by(STEP_S)],
    ['arrowup', louder(VOLUME_STEP)],
    ['arrowdown', louder(-VOLUME_STEP)],
    ['home', () => player.seek(0)],
    ['end', () => player.seek(player.state.duration)],
    ['m', () => player.setMuted(!player.state.muted)],
    ['f', () => player.toggleFullscreen()],
    ['i', () => player.togglePictureInPicture()],
    ['c', captions],
    ['?', help],
    ['<', faster(-RATE_STEP)],
    ['>', faster(RATE_STEP)],
  ]);
  for (let tenth = 0; tenth <= 9; tenth += 1)
    map.set(String(tenth), () => player.seek((player.state.duration * tenth) / 10));
  return map;
}

/** A control that uses the key itself: a space presses a button, arrows choose a radio button. */
function usesItself(target: EventTarget | null, key: string): boolean {
  if (target instanceof HTMLButtonElement) return key === ' ' || key === 'enter';
  if (!(target instanceof HTMLInputElement)) return target instanceof HTMLSelectElement;
  if (target.type === 'range') return target.dataset['own'] === 'arrows' && key.startsWith('arrow');
  return target.type === 'radio' && (key === ' ' || key.startsWith('arrow'));
}

/** Hears the keys of whatever has the focus inside the player. */
export function listenForKeys(player: Player, own: OwnKeys, signal: AbortSignal): void {
  const map = actions(player, own);
  player.element.addEventListener(
    'keydown',
    (event) => {
      const key = event.key.toLowerCase();
      const act = map.get(key);
      if (!act || event.ctrlKey || event.metaKey || event.altKey || usesItself(event.target, key)) return;
      event.preventDefault();
      act();
    },
    { signal },
  );
}
