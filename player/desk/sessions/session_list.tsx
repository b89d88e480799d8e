import { useContext, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { Problem } from '../parts.tsx';
import { inWords, usePolling } from '../polling.ts';
import { TablePanel } from '../tables/table_panel.tsx';
import { MovedWindows } from '../windows/moved_windows.tsx';
import { statusInWords, whenInWords } from './session_words.ts';
import { createSession, listSessions } from './sessions_api.ts';

function NewSession() {
  const [title, setTitle] = useState('');
  const [problem, setProblem] = useState('');
  const add = async (event: Event) => {
    event.preventDefault();
    try {
      const { id } = await createSession({ title: title.trim() });
      location.assign(`/desk/sessions/${encodeURIComponent(id)}`);
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <form class="panel session-new" onSubmit={(event) => void add(event)}>
      <label>
        {text('sessions.new')}
        <input required maxLength={200} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      </label>
      <button type="submit" class="primary">
        {text('sessions.add')}
      </button>
      {problem && <Problem>{problem}</Problem>}
    </form>
  );
}

/** The schedule: every session with as much of its date as is known. */
export function SessionList() {
  const { zone, now } = useContext(DeskContext);
  const { value, problem, refresh } = usePolling(listSessions, () => false);
  return (
    <>
      <h1>{text('sessions.title')}</h1>
      <p class="lead">{text('sessions.lead')}</p>
      {problem && <Problem>{problem}</Problem>}
      <NewSession />
      {value?.sessions.length === 0 && <p class="empty">{text('sessions.none')}</p>}
      {value && value.sessions.length > 0 && (
        <table class="desk-table">
          <caption class="for-ears">{text('sessions.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('desk.field_title')}</th>
              <th scope="col">{text('sessions.status')}</th>
              <th scope="col">{text('session.when')}</th>
              <th scope="col">{text('session.venue')}</th>
            </tr>
          </thead>
          <tbody>
            {value.sessions.map((session) => (
              <tr key={session.id}>
                <th scope="row">
                  <a href={`/desk/sessions/${encodeURIComponent(session.id)}`}>{session.title}</a>
                </th>
                <td data-label={text('sessions.status')}>{statusInWords(session.status)}</td>
                <td data-label={text('session.when')}>{whenInWords(session.when, zone, now)}</td>
                <td data-label={text('session.venue')}>{session.venue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MovedWindows version={value?.sessions.map(({ version }) => version).join() ?? ''} />
      <TablePanel address="/api/desk/sessions.csv" title={text('tables.sessions')} hint={text('tables.sessions_hint')} applied={refresh} />
      <TablePanel
        address="/api/desk/programmes.csv"
        title={text('tables.programmes')}
        hint={text('tables.programmes_hint')}
        removing={text('tables.programmes_remove')}
        applied={refresh}
      />
    </>
  );
}
