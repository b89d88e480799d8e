import { ask, Refusal } from '../common/api.ts';
import { element } from '../common/dom.ts';
import { pageData, text } from '../common/page.ts';
import { keepPreferredQuality } from '../common/preferred_quality.ts';
import { measure, type Facts } from './measure.ts';
import { findings, modeFor, modeWords, verdict } from './verdict.ts';

const at = <Kind extends HTMLElement>(selector: string): Kind => {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
};

const start = at<HTMLButtonElement>('#check-start');
const progress = at('#check-progress');
const form = at<HTMLFormElement>('#check-send');
let measured: Facts | undefined;

function show(facts: Facts): void {
  const mode = modeFor(facts);
  const section = at('#check-verdict');
  section.dataset['mode'] = mode;
  at('.check-words').textContent = verdict(mode);
  const set = mode !== 'none' && keepPreferredQuality(mode);
  at('.check-set').textContent = set ? text('check.set', { mode: modeWords(mode) }) : '';
  section.hidden = false;
  const rows = findings(facts).map(({ what, result, meaning }) =>
    element('tr', {}, element('th', { scope: 'row' }, what), element('td', {}, result), element('td', {}, meaning)));
  at('.check-table tbody').replaceChildren(...rows);
  at('.check-table').hidden = false;
  form.hidden = false;
}

start.addEventListener('click', () => {
  start.disabled = true;
  const { now } = pageData();
  measure(now, (words) => {
    progress.textContent = words;
  })
    .then((facts) => {
      measured = facts;
      progress.textContent = text('check.done');
      show(facts);
    })
    .catch(() => {
      progress.textContent = text('site.unreachable');
    })
    .finally(() => {
      start.disabled = false;
      start.textContent = text('check.again');
    });
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!measured) return;
  const said = at('.check-code');
  const municipality = new FormData(form).get('municipality') ?? '';
  ask<{ code: string }>('POST', '/api/check', { mode: modeFor(measured), municipality, facts: measured })
    .then(({ code }) => {
      said.textContent = text('check.your_code', { code: `${code.slice(0, 3)}-${code.slice(3)}` });
    })
    .catch((error: unknown) => {
      said.textContent = error instanceof Refusal && error.message ? error.message : text('site.unreachable');
    });
});
