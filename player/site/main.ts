import { ask, Refusal } from '../common/api.ts';
import { countDown } from '../common/countdown.ts';
import { text } from '../common/page.ts';
import { ServerClock } from '../common/server_clock.ts';
import { answerForm } from './answer_form.ts';
import { keepTrue } from './changing.ts';
import { questionForm } from './question_form.ts';

/** Only an address of this site: a sign-in page must send nobody elsewhere. */
function safeAddress(address: string | undefined): string {
  return address && /^\/(?![/\\])/.test(address) ? address : '/';
}

/** What a form sends: an account's name and password, a department's name and code, or an invitation. */
function signingIn(form: HTMLFormElement): Promise<unknown> {
  const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const invitation = form.dataset['join'];
  return invitation ? ask('POST', '/api/join', { ...fields, invitation }) : ask('POST', '/api/sign-in', fields);
}

/** The password was right, and the account has a second step. */
function asksForCode(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'second_step' in answer;
}

function signInForm(form: HTMLFormElement): void {
  const problem = form.querySelector<HTMLElement>('[data-problem]');
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    signingIn(form)
      .then((answer) => {
        if (!asksForCode(answer)) return location.assign(safeAddress(form.dataset['next']));
        if (button) button.disabled = false;
        const step = form.querySelector<HTMLElement>('[data-second-step]');
        const field = step?.querySelector('input');
        if (!step || !field) return;
        step.hidden = false;
        field.required = true;
        field.focus();
      })
      .catch((error: unknown) => {
        if (button) button.disabled = false;
        if (!problem) return;
        problem.textContent = error instanceof Refusal && error.message ? error.message : text('site.unreachable');
        problem.hidden = false;
        const asked = form.querySelector<HTMLInputElement>('[data-second-step]:not([hidden]) input');
        (asked ?? form.querySelector<HTMLInputElement>('input[name=password], input[name=code]'))?.select();
      });
  });
}

/** A new password, typed twice; then it is signed in with. */
function passwordForm(form: HTMLFormElement): void {
  const problem = form.querySelector<HTMLElement>('[data-problem]');
  const say = (sentence: string) => {
    if (!problem) return;
    problem.textContent = sentence;
    problem.hidden = false;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const password = String(fields.get('password'));
    if (password !== String(fields.get('again'))) {
      say(text('password.differ'));
      form.querySelector<HTMLInputElement>('input[name=again]')?.select();
      return;
    }
    ask('POST', '/api/password', { link: form.dataset['password'], password })
      .then(() => location.assign('/sign-in?next=%2Fdesk'))
      .catch((error: unknown) => say(error instanceof Refusal && error.message ? error.message : text('site.unreachable')));
  });
}

function signOutButton(button: HTMLButtonElement): void {
  button.addEventListener('click', () => {
    ask('POST', '/api/sign-out')
      .catch(() => undefined)
      .finally(() => location.assign('/'));
  });
}

/** A page that waits for an opening shows what opened, a moment later: not all viewers at once. */
function openingAhead(waiting: HTMLElement, opens: string, now: string): void {
  const spread = Math.random() * 2000;
  const { signal } = new AbortController();
  const clock = new ServerClock(now);
  clock.at(Date.parse(opens) + spread, () => location.reload(), signal);
  const place = waiting.querySelector<HTMLElement>('[data-countdown]');
  if (place) countDown(place, place.dataset['countdown'] ?? '', Date.parse(opens), clock, signal);
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-sign-out]')) {
  button.hidden = false;
  signOutButton(button);
}
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sign-in], form[data-join]')) signInForm(form);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-password]')) passwordForm(form);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-answer]')) answerForm(form);
// On a watch page the player knows the second: its own script sees to the form there.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-question]:not([data-video])')) questionForm(form, () => undefined);
const awaitOpenings = () => {
  for (const waiting of document.querySelectorAll<HTMLElement>('[data-opens][data-now]'))
    openingAhead(waiting, waiting.dataset['opens'] ?? '', waiting.dataset['now'] ?? '');
};
awaitOpenings();
const main = document.querySelector('main');
if (main?.querySelector('[data-changes]')) keepTrue(main, awaitOpenings);
