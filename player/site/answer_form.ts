import { ask, Refusal } from '../common/api.ts';
import { text } from '../common/page.ts';

/** An adviser's answer, sent by who has the private link. What was not sent yet is not lost by leaving unasked. */
export function answerForm(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLTextAreaElement>('textarea');
  const problem = form.querySelector<HTMLElement>('[data-problem]');
  const sent = form.querySelector<HTMLElement>('[data-sent]');
  if (!field) return;
  let known = field.value;
  field.addEventListener('input', () => {
    if (sent) sent.textContent = field.value === known ? '' : text('adviser.not_sent');
  });
  window.addEventListener('beforeunload', (event) => {
    if (field.value !== known) event.preventDefault();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const answer = field.value;
    if (problem) problem.hidden = true;
    ask('POST', '/api/answers', { link: form.dataset['link'], question: form.dataset['answer'], answer })
      .then(() => {
        known = answer;
        if (sent) sent.textContent = text('adviser.sent');
      })
      .catch((error: unknown) => {
        if (!problem) return;
        problem.textContent = error instanceof Refusal && error.message ? error.message : text('site.unreachable');
        problem.hidden = false;
      });
  });
}
