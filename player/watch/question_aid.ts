import { clockTime } from '../common/clock_time.ts';
import { text } from '../common/page.ts';
import { questionForm } from '../site/question_form.ts';
import type { Player } from './player.ts';

/** The form that asks about what plays: it says which second that is. */
export function questionAid(form: HTMLFormElement, player: Player, signal: AbortSignal): void {
  const place = form.querySelector('[data-question-place]');
  let shown = -1;
  player.onChange(({ time }) => {
    const second = Math.floor(time);
    if (second === shown || !place) return;
    shown = second;
    place.textContent = text('questions.about_place', { time: clockTime(second) });
  }, signal);
  questionForm(form, () => Math.floor(player.state.time));
}
