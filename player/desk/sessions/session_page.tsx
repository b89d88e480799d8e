import { useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { readChoices } from '../desk_api.ts';
import { FormNotes, UnsavedMark } from '../editing/form_notes.tsx';
import { plainCodec, type Seen } from '../editing/form_state.ts';
import { useForm } from '../editing/use_form.ts';
import { MaterialsPanel } from '../materials/materials_panel.tsx';
import { AskingButton, Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import type { Choices } from '../types.ts';
import { MovedWindows } from '../windows/moved_windows.tsx';
import { ProgrammeEditor } from './programme_editor.tsx';
import { fieldNames, SessionForm } from './session_form.tsx';
import { changeSession, deleteSession, readSession, type SessionFields, type WholeSession } from './sessions_api.ts';

/** What the page edits of a session. */
export const fieldsOf = ({ id: _id, version: _version, videos: _videos, materials: _materials, ...fields }: WholeSession): SessionFields => fields;
const seenOf = (session: WholeSession): Seen<SessionFields> => ({ version: session.version, fields: fieldsOf(session) });

const codec = plainCodec<SessionFields>();

interface EditorProps {
  readonly session: WholeSession;
  readonly choices: Choices;
  readonly saved: (session: WholeSession) => void;
}

/** What is told of a session, and its programme: saved as a whole. */
function SessionEditor({ session, choices, saved }: EditorProps) {
  const { id } = session;
  const form = useForm<SessionFields>({ name: `session ${id}`, seen: seenOf(session), read: async () => seenOf(await readSession(id)), codec });
  const [told, setTold] = useState('');
  const change = (fields: SessionFields) => {
    form.change(fields);
    setTold('');
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const done = await form.save(async (fields, version) => {
      const answer = await changeSession(id, version, fields);
      saved(answer);
      return seenOf(answer);
    });
    setTold(done ? text('desk.saved') : '');
  };
  return (
    <form class="session-form" onSubmit={(event) => void save(event)}>
      <SessionForm own={id} fields={form.fields} choices={choices} change={change} />
      <ProgrammeEditor items={form.fields.items} change={(items) => change({ ...form.fields, items })} />
      <div class="session-save">
        <FormNotes form={form} names={fieldNames()} />
        <div class="buttons">
          <button type="submit" class="primary" disabled={!form.unsaved || form.busy}>
            {text('desk.save')}
          </button>
          <a href={`/sessions/${encodeURIComponent(id)}`}>{text('desk.to_page')}</a>
          <UnsavedMark form={form} />
          <span role="status">{told}</span>
        </div>
      </div>
    </form>
  );
}

/** One session: what is told of it, its programme, its materials. Saved as a whole; who saves second is told. */
export function SessionPage({ id }: { readonly id: string }) {
  const [session, setSession] = useState<WholeSession>();
  const [choices, setChoices] = useState<Choices>();
  const [problem, setProblem] = useState('');
  const failed = (error: unknown) => setProblem(inWords(error));
  useEffect(() => {
    readSession(id).then(setSession, failed);
    readChoices().then(setChoices, failed);
  }, []);
  const remove = () => deleteSession(id).then(() => location.assign('/desk/sessions'), failed);
  return (
    <>
      <nav aria-label={text('site.where')} class="trail">
        <a href="/desk/sessions">{text('sessions.title')}</a>
      </nav>
      <h1>{session?.title ?? text('desk.field_session')}</h1>
      {(!session || !choices) && !problem && <p class="loading">{text('site.loading')}</p>}
      {session && choices && (
        <>
          <SessionEditor key={id} session={session} choices={choices} saved={setSession} />
          <MovedWindows session={id} version={session.version} changed={() => void readSession(id).then(setSession, failed)} />
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
            {problem && <Problem>{problem}</Problem>}
          </section>
        </>
      )}
      {problem && !session && <Problem>{problem}</Problem>}
    </>
  );
}
