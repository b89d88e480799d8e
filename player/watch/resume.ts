import { ask } from '../common/api.ts';
import { clockTime } from '../common/clock_time.ts';
import { element } from '../common/dom.ts';
import { forget, keep, kept } from '../common/kept.ts';
import { text } from '../common/page.ts';
import type { Player, PlayerState } from './player.ts';

/** Nearer to the beginning nobody is asked. */
const SHORTEST_S = 30;
/** Nearer to the end it was watched. */
const REST_S = 20;
const KEPT_EVERY_S = 30;

/** Asks whether to go on where one was; stays until a choice is made, or playing begins. */
export function offerToGoOn(player: Player, place: number, signal: AbortSignal): void {
  const go = element('button', { type: 'button', class: 'primary' }, text('watch.go_on', { time: clockTime(place) }));
  const anew = element('button', { type: 'button' }, text('watch.begin_anew'));
  const question = element('div', { class: 'stage-question', role: 'group', 'aria-label': text('watch.go_on_question') }, go, anew);
  const choose = (second: number) => {
    player.seek(second);
    player.play();
    player.element.focus({ preventScroll: true });
    question.remove();
  };
  go.addEventListener('click', () => choose(place), { signal });
  anew.addEventListener('click', () => choose(0), { signal });
  player.onChange(({ started }) => {
    if (started) question.remove();
  }, signal);
  player.element.append(question);
}

/** Who keeps the place of a video, in seconds; 0 forgets it. */
export interface PlaceKeeper {
  /** Where one was; null where nobody knows. */
  readonly was: number | null;
  readonly keep: (place: number) => void;
}

/** Of those signed in: from any computer, and whatever becomes of this browser's storage. */
export const onServer = (address: string, was: number | null): PlaceKeeper => ({
  was,
  // What cannot be kept now is kept the next time.
  keep: (place) => void ask('POST', address, { at_s: place }).catch(() => undefined),
});

/** Of everybody else. */
export function inBrowser(video: string): PlaceKeeper {
  const key = `kiroku.place.${video}`;
  return { was: Number(kept(key)) || null, keep: (place) => (place > 0 ? keep(key, `${place}`) : forget(key)) };
}

/** Has kept where one is: now and then, when playing pauses, and when the page is left. */
export function keepPlace(player: Player, keeper: PlaceKeeper, signal: AbortSignal): void {
  // The place that is kept, and the second at which was last looked whether another is to be.
  let place = keeper.was ?? 0;
  let looked = 0;
  const placeOf = ({ time, duration, ended }: PlayerState) =>
    ended || time < SHORTEST_S || duration - time < REST_S ? 0 : Math.floor(time);
  const note = () => {
    const { state } = player;
    // Who has only just begun loses no place of an earlier day.
    if (!state.started || (looked === 0 && state.time < SHORTEST_S)) return;
    looked = state.time;
    const now = placeOf(state);
    if (now === place) return;
    place = now;
    keeper.keep(place);
  };
  let wasPaused = true;
  player.onChange((state) => {
    const stops = (state.paused || state.ended) && !wasPaused;
    wasPaused = state.paused || state.ended;
    if (stops || Math.abs(state.time - looked) >= KEPT_EVERY_S) note();
  }, signal);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) note();
  }, { signal });
}

/** Whether the place is one to go on from. */
export const isPlaceToGoOn = (place: number | null): place is number => place !== null && place >= SHORTEST_S;
