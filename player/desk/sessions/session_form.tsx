import { useContext } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import type { FieldNames } from '../editing/form_notes.tsx';
import type { Choices } from '../types.ts';
import { fieldDayInWords, statusInWords, wayInWords } from './session_words.ts';
import { STATUSES, WAYS, type SessionFields, type Status, type When } from './sessions_api.ts';

/** What the fields are called. */
export const fieldNames = (): FieldNames<SessionFields> => ({
  series: text('desk.field_series'),
  title: text('desk.field_title'),
  description: text('desk.field_description'),
  status: text('sessions.status'),
  when: text('session.when'),
  venue: text('session.venue'),
  venue_address: text('sessions.venue_address'),
  participation: text('session.participation'),
  items: text('session.programme'),
  replaced_by: text('sessions.replaced_by'),
  cancel_reason: text('sessions.cancel_reason'),
});

interface WhenProps {
  readonly when: When;
  readonly change: (when: When) => void;
}

/** As much of a date as is known: days, times of the first, or words. */
function WhenFields({ when, change }: WhenProps) {
  const { zone, now } = useContext(DeskContext);
  const day = (field: 'first_day' | 'last_day', label: string) => (
    <label>
      {label} <span class="quiet">{when[field] === null ? '' : fieldDayInWords(when[field] ?? '', zone, now)}</span>
      <input type="date" value={when[field] ?? ''} onInput={(event) => change({ ...when, [field]: event.currentTarget.value || null })} />
    </label>
  );
  const time = (field: 'reception' | 'start' | 'end', label: string) => (
    <label>
      {label}
      <input type="time" value={when[field] ?? ''} onInput={(event) => change({ ...when, [field]: event.currentTarget.value || null })} />
    </label>
  );
  return (
    <fieldset>
      <legend>{text('session.when')}</legend>
      <div class="desk-pair">
        {day('first_day', text('sessions.first_day'))}
        {day('last_day', text('sessions.last_day'))}
      </div>
      <div class="desk-pair session-times">
        {time('reception', text('sessions.reception'))}
        {time('start', text('desk.opens'))}
        {time('end', text('desk.closes'))}
      </div>
      <label>
        {text('sessions.label')}
        <input maxLength={200} value={when.label} onInput={(event) => change({ ...when, label: event.currentTarget.value })} />
      </label>
      <p class="quiet">{text('sessions.when_hint')}</p>
    </fieldset>
  );
}

interface ReplacementProps {
  readonly own: string;
  readonly chosen: readonly string[];
  readonly sessions: Choices['sessions'];
  readonly change: (ids: readonly string[]) => void;
}

function Replacements({ own, chosen, sessions, change }: ReplacementProps) {
  const titleOf = (id: string) => sessions.find((each) => each.id === id)?.title ?? id;
  return (
    <div class="session-replacements">
      <label>
        {text('sessions.replaced_by')}
        <select value="" onChange={(event) => event.currentTarget.value && change([...chosen, event.currentTarget.value])}>
          <option value="">{text('sessions.add_replacement')}</option>
          {sessions
            .filter(({ id }) => id !== own && !chosen.includes(id))
            .map(({ id, title, when }) => (
              <option key={id} value={id}>
                {text('desk.session_choice', { title, when })}
              </option>
            ))}
        </select>
      </label>
      {chosen.length > 0 && (
        <ul>
          {chosen.map((id) => (
            <li key={id}>
              {titleOf(id)}{' '}
              <button type="button" class="plain" aria-label={text('sessions.item_remove_of', { title: titleOf(id) })} onClick={() => change(chosen.filter((each) => each !== id))}>
                {text('sessions.item_remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface Props {
  /** Of the session itself; empty while it is new. */
  readonly own: string;
  readonly fields: SessionFields;
  readonly choices: Choices;
  readonly change: (fields: SessionFields) => void;
}

/** What viewers are told of a session, apart from its programme. */
export function SessionForm({ own, fields, choices, change }: Props) {
  const line = (field: 'title' | 'venue' | 'venue_address' | 'cancel_reason', label: string) => (
    <label>
      {label}
      <input required={field === 'title'} maxLength={200} value={fields[field]} onInput={(event) => change({ ...fields, [field]: event.currentTarget.value })} />
    </label>
  );
  return (
    <section class="panel desk-form" aria-labelledby="about">
      <h2 id="about">{text('sessions.about')}</h2>
      {line('title', text('desk.field_title'))}
      <div class="desk-pair">
        <label>
          {text('desk.field_series')}
          <select value={fields.series ?? ''} onChange={(event) => change({ ...fields, series: event.currentTarget.value || null })}>
            <option value="">{text('desk.none')}</option>
            {choices.series.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text('sessions.status')}
          <select value={fields.status} onChange={(event) => change({ ...fields, status: event.currentTarget.value as Status })}>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {statusInWords(status)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {fields.status === 'cancelled' && (
        <fieldset>
          <legend>{statusInWords('cancelled')}</legend>
          {line('cancel_reason', text('sessions.cancel_reason'))}
          <Replacements own={own} chosen={fields.replaced_by} sessions={choices.sessions} change={(replaced_by) => change({ ...fields, replaced_by })} />
        </fieldset>
      )}
      <WhenFields when={fields.when} change={(when) => change({ ...fields, when })} />
      <div class="desk-pair">
        {line('venue', text('session.venue'))}
        {line('venue_address', text('sessions.venue_address'))}
      </div>
      <fieldset class="session-ways">
        <legend>{text('session.participation')}</legend>
        {WAYS.map((way) => (
          <label key={way} class="choice">
            <input
              type="checkbox"
              checked={fields.participation.includes(way)}
              onChange={(event) =>
                change({ ...fields, participation: WAYS.filter((each) => (each === way ? event.currentTarget.checked : fields.participation.includes(each))) })
              }
            />
            {wayInWords(way)}
          </label>
        ))}
      </fieldset>
      <label>
        {text('desk.field_description')}
        <textarea rows={4} value={fields.description} onInput={(event) => change({ ...fields, description: event.currentTarget.value })} />
      </label>
    </section>
  );
}
