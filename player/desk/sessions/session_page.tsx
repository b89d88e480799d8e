import { useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { readChoices } from '../desk_api.ts';
import { MaterialsPanel } from '../materials/materials_panel.tsx';
import { AskingButton, Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import type { Choices } from '../types.ts';
import { ProgrammeEditor } from './programme_editor.tsx';
import { SessionForm } from './session_form.tsx';
import { changeSession, deleteSession, readSession, type SessionFields, type WholeSession } from './sessions_api.ts';

/** What the page edits of a session. */
export const fieldsOf = ({ id: _id, version: _version, videos: _videos, materials: _materials, ...fields }: WholeSession): SessionFields => fields;

/** One session: what is told of it, its programme, its materials. Saved as a whole; who saves second is told. */
export function SessionPage({ id }: { readonly id: string }) {
  const [session, setSession] = useState<WholeSession>();
  const [fields, setFields] = useState<SessionFields>();
  const [choices, setChoices] = useState<Choices>();
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const [unsaved, setUnsaved] = useState(false);
  const show = (answer: WholeSession) => {
    setSession(answer);
    setFields(fieldsOf(answer));
    setUnsaved(false);
  };
  const failed = (error: unknown) => setProblem(inWords(error));
  const load = () => {
    setProblem('');
    readSession(id).then(show, failed);
  };
  useEffect(() => {
    load();
    readChoices().then(setChoices, failed);
  }, []);
  useEffect(() => {
    if (!unsaved) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [unsaved]);
  const change = (next: SessionFields) => {
    setFields(next);
    setUnsaved(true);
    setTold('');
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (!session || !fields) return;
    setProblem('');
    try {
      show(await changeSession(id, session.version, fields));
      setTold(text('desk.saved'));
    } catch (error) {
      failed(error);
    }
  };
  const remove = () =>
    deleteSession(id).then(() => {
      setUnsaved(false);
      location.assign('/desk/sessions');
    }, failed);
  return (
    <>
      <nav aria-label={text('site.where')} class="trail">
        <a href="/desk/sessions">{text('sessions.title')}</a>
      </nav>
      <h1>{session?.title ?? text('desk.field_session')}</h1>
      {(!session || !choices) && !problem && <p class="loading">{text('site.loading')}</p>}
      {session && fields && choices && (
        <>
          <form class="session-form" onSubmit={(event) => void save(event)}>
            <SessionForm own={id} fields={fields} choices={choices} change={change} />
            <ProgrammeEditor items={fields.items} change={(items) => change({ ...fields, items })} />
            {problem && <Problem>{problem}</Problem>}
            <div class="buttons session-save">
              <button type="submit" class="primary" disabled={!unsaved}>
                {text('desk.save')}
              </button>
              {unsaved && (
                <AskingButton
                  action={text('sessions.reload')}
                  question={text('sessions.reload_question')}
                  lost={[text('sessions.reload_lost')]}
                  run={load}
                />
              )}
              <a href={`/sessions/${encodeURIComponent(id)}`}>{text('desk.to_page')}</a>
              <span role="status">{told}</span>
            </div>
          </form>
          <MaterialsPanel owner={{ session: id }} />
          {session.videos.length > 0 && (
            <section class="panel" aria-labelledby="videos">
              <h2 id="videos">{text('desk.videos')}</h2>
              <ul>
                {session.videos.map(({ id: video, title }) => (
                  <li key={video}>
                    <a href={`/desk/videos/${encodeURIComponent(video)}`}>{title}</a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section class="panel" aria-labelledby="delete">
            <h2 id="delete">{text('desk.delete')}</h2>
            <p class="quiet">{text('sessions.delete_hint')}</p>
            <AskingButton
              kind="danger"
              action={text('sessions.delete_this')}
              question={text('desk.delete_question', { title: session.title })}
              lost={[text('sessions.lost_page'), text('sessions.lost_programme', { count: session.items.length })]}
              run={() => void remove()}
            />
          </section>
        </>
      )}
      {problem && !session && <Problem>{problem}</Problem>}
    </>
  );
}
