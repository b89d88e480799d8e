import { ask, Refusal } from '../common/api.ts';
import { text } from '../common/page.ts';

/** A question of somebody who is signed in, at large or about a video. `second`: the place that it is about, where it is. */
export function questionForm(form: HTMLFormElement, second: () => number | undefined): void {
  const problem = form.querySelector<HTMLElement>('[data-problem]');
  const sent = form.querySelector<HTMLElement>('[data-sent]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const at_s = fields.has('here') ? second() : undefined;
    if (problem) problem.hidden = true;
    ask('POST', '/api/questions', { video: form.dataset['video'] ?? '', text: fields.get('text'), ...(at_s === undefined ? {} : { at_s }) })
      .then(() => {
        form.reset();
        if (sent) sent.textContent = text('questions.sent');
      })
      .catch((error: unknown) => {
        if (!problem) return;
        problem.textContent = error instanceof Refusal && error.message ? error.message : text('site.unreachable');
        problem.hidden = false;
      });
  });
}
