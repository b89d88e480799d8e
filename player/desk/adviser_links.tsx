import { useContext, useState } from 'preact/hooks';
import { ask } from '../common/api.ts';
import { instantInWords } from '../common/dates.ts';
import { text } from '../common/page.ts';
import { DeskContext } from './context.ts';
import { AskingButton, Problem } from './parts.tsx';
import { inWords, useAttempt, usePolling } from './polling.ts';

interface AdviserLink {
  readonly id: string;
  readonly adviser: string;
  readonly expires_at: string;
  readonly revoked_at: string | null;
  readonly questions: number;
  readonly answered: number;
}

/** What is shown once. */
interface Shown {
  readonly adviser: string;
  readonly path: string;
  readonly expires_at: string;
}

const ADDRESS = '/api/desk/adviser-links';
const LIVES = [7, 14, 30, 60] as const;
const read = (signal: AbortSignal) => ask<{ readonly links: readonly AdviserLink[] }>('GET', ADDRESS, undefined, signal);

function ShownLink({ shown }: { readonly shown: Shown }) {
  const { zone, now } = useContext(DeskContext);
  const link = location.origin + shown.path;
  const until = instantInWords(shown.expires_at, zone, now);
  return (
    <section class="panel shown-keys" aria-labelledby="adviser-link">
      <h3 id="adviser-link">{text('adviser.link_of', { adviser: shown.adviser })}</h3>
      <p>{text('adviser.link_once', { time: until })}</p>
      <dl>
        <dt>{text('adviser.link')}</dt>
        <dd>
          <input type="text" readOnly value={link} aria-label={text('adviser.link')} onFocus={(event) => event.currentTarget.select()} />
        </dd>
        <dt>{text('departments.letter')}</dt>
        <dd>
          <textarea readOnly rows={7} aria-label={text('departments.letter')} value={text('adviser.letter', { adviser: shown.adviser, link, time: until })} />
        </dd>
      </dl>
    </section>
  );
}

function Links({ links, changed }: { readonly links: readonly AdviserLink[]; readonly changed: () => void }) {
  const { zone, now } = useContext(DeskContext);
  const { problem, attempt } = useAttempt(changed);
  return (
    <details>
      <summary>{text('adviser.links', { count: links.length })}</summary>
      {problem && <Problem>{problem}</Problem>}
      <ul class="adviser-links">
        {links.map(({ id, adviser, expires_at, revoked_at, questions, answered }) => (
          <li key={id}>
            {text('adviser.link_line', { adviser, answered, questions })}{' '}
            <span class="quiet">
              {revoked_at ? text('adviser.revoked') : Date.parse(expires_at) <= now ? text('adviser.expired') : text('adviser.until', { time: instantInWords(expires_at, zone, now) })}
            </span>{' '}
            {!revoked_at && Date.parse(expires_at) > now && (
              <AskingButton
                action={text('adviser.revoke')}
                name={text('adviser.revoke_of', { adviser })}
                question={text('adviser.revoke_question', { adviser })}
                lost={[text('adviser.revoke_lost')]}
                run={() => void attempt(ask('POST', `${ADDRESS}/${id}/revoke`))}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface Props {
  /** The questions that were chosen to be routed. */
  readonly chosen: readonly string[];
  readonly routed: () => void;
}

/** Routing questions to an adviser by a private link, and the links that there are. */
export function AdviserLinks({ chosen, routed }: Props) {
  const { value, problem, refresh } = usePolling(read, () => false);
  const [adviser, setAdviser] = useState('');
  const [days, setDays] = useState<number>(14);
  const [shown, setShown] = useState<Shown>();
  const [refused, setRefused] = useState('');
  const route = async (event: Event) => {
    event.preventDefault();
    setRefused('');
    try {
      const made = await ask<Omit<Shown, 'adviser'>>('POST', ADDRESS, { adviser, questions: chosen, days });
      setShown({ ...made, adviser: adviser.trim() });
      setAdviser('');
      refresh();
      routed();
    } catch (error) {
      setRefused(inWords(error));
    }
  };
  return (
    <section class="panel" aria-labelledby="advisers">
      <h2 id="advisers">{text('adviser.route')}</h2>
      <p class="quiet">{text('adviser.route_hint')}</p>
      {shown && <ShownLink shown={shown} />}
      <form class="session-new" onSubmit={(event) => void route(event)}>
        <label>
          {text('adviser.name')}
          <input required maxLength={100} autocomplete="off" value={adviser} onInput={(event) => setAdviser(event.currentTarget.value)} />
        </label>
        <label>
          {text('adviser.life')}
          <select value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
            {LIVES.map((life) => (
              <option key={life} value={life}>
                {text('adviser.days', { days: life })}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" disabled={chosen.length === 0}>
          {text('adviser.make_link', { count: chosen.length })}
        </button>
      </form>
      {(refused || problem) && <Problem>{refused || problem}</Problem>}
      {value && value.links.length > 0 && <Links links={value.links} changed={refresh} />}
    </section>
  );
}
