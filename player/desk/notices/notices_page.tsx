import { useContext, useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { listVideos, readChoices } from '../desk_api.ts';
import { AskingButton, Problem } from '../parts.tsx';
import { useAttempt, usePolling } from '../polling.ts';
import { fieldDayInWords } from '../sessions/session_words.ts';
import { dayOf, draftOf, today } from './drafts.ts';
import { NoticeForm } from './notice_form.tsx';
import { changeNotice, deleteNotice, leaveHappening, listNotices, publishNotice, type Happening, type Link, type Notice, type NoticeFields } from './notices_api.ts';

/** What is being written: something new, or a notice that is there. */
interface Writing {
  readonly fields: NoticeFields;
  readonly of?: Notice;
}

interface HappenedProps {
  readonly happened: readonly Happening[];
  readonly write: (fields: NoticeFields) => void;
  readonly changed: () => void;
}

function Happened({ happened, write, changed }: HappenedProps) {
  const { zone, now } = useContext(DeskContext);
  const { problem, attempt } = useAttempt(changed);
  return (
    <section aria-labelledby="happened">
      <h2 id="happened">{text('notices.happened')}</h2>
      {problem && <Problem>{problem}</Problem>}
      {happened.length === 0 && <p class="empty">{text('notices.nothing_happened')}</p>}
      <ul class="notice-items">
        {happened.map((each) => {
          const draft = draftOf(each, zone, now);
          return (
            <li key={each.numbers.join()}>
              <p>
                <span class="quiet">{dayOf(each.at, zone, now)}</span> <strong>{draft.title}</strong>
              </p>
              <p>{draft.body}</p>
              <div class="buttons">
                <button type="button" class="primary" aria-label={text('notices.write_of', { title: draft.title })} onClick={() => write(draft)}>
                  {text('notices.write')}
                </button>
                <button type="button" aria-label={text('notices.leave_of', { title: draft.title })} onClick={() => void attempt(leaveHappening(each.numbers))}>
                  {text('notices.leave')}
                </button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface ListProps {
  readonly notices: readonly Notice[];
  readonly edit: (notice: Notice) => void;
  readonly changed: () => void;
}

function Published({ notices, edit, changed }: ListProps) {
  const { zone, now } = useContext(DeskContext);
  const { problem, attempt } = useAttempt(changed);
  return (
    <section aria-labelledby="published">
      <h2 id="published">{text('notices.published')}</h2>
      {problem && <Problem>{problem}</Problem>}
      {notices.length === 0 && <p class="empty">{text('home.no_notices')}</p>}
      <ul class="notice-items">
        {notices.map((notice) => (
          <li key={notice.id}>
            <p>
              <span class="quiet">{fieldDayInWords(notice.date, zone, now)}</span> <strong>{notice.title}</strong>
            </p>
            <p>{notice.body}</p>
            <div class="buttons">
              <button type="button" aria-label={text('notices.edit_of', { title: notice.title })} onClick={() => edit(notice)}>
                {text('notices.edit')}
              </button>
              <AskingButton
                action={text('desk.delete')}
                name={text('notices.delete_of', { title: notice.title })}
                question={text('desk.delete_question', { title: notice.title })}
                lost={[notice.body || notice.title]}
                run={() => void attempt(deleteNotice(notice.id))}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Everything that a notice may lead to. */
async function allLinks(): Promise<Link[]> {
  const [{ sessions }, { videos }] = await Promise.all([readChoices(), listVideos()]);
  return [
    ...sessions.map(({ id, title }) => ({ id, title, path: `/sessions/${id}` })),
    ...videos.map(({ id, title }) => ({ id, title, path: `/videos/${id}` })),
  ];
}

/** News: drafts of what happened, and what is published. */
export function NoticesPage() {
  const { zone, now } = useContext(DeskContext);
  const { value, problem, refresh } = usePolling(listNotices, () => false);
  const [writing, setWriting] = useState<Writing>();
  const [choices, setChoices] = useState<readonly Link[]>([]);
  const [told, setTold] = useState('');
  useEffect(() => {
    // Without them nothing can be added to what a draft leads to; all else works.
    allLinks().then(setChoices, () => undefined);
  }, []);
  const write = (next: Writing) => {
    setTold('');
    setWriting(next);
  };
  const save = async (fields: NoticeFields) => {
    if (writing?.of) await changeNotice(writing.of.id, writing.of.version, fields);
    else await publishNotice(fields);
    setTold(writing?.of ? text('desk.saved') : text('desk.published'));
    refresh();
  };
  return (
    <>
      <h1>{text('notices.title')}</h1>
      <p class="lead">{text('notices.lead')}</p>
      {problem && <Problem>{problem}</Problem>}
      <p role="status" class="told">
        {told}
      </p>
      {value && writing && (
        <NoticeForm
          key={writing}
          title={writing.of ? text('notices.edit') : text('notices.write')}
          fields={writing.fields}
          site={value.site}
          choices={choices}
          action={writing.of ? text('desk.save') : text('desk.publish')}
          save={save}
          close={() => setWriting(undefined)}
        />
      )}
      {value && !writing && (
        <>
          <Happened happened={value.happened} write={(fields) => write({ fields })} changed={refresh} />
          <button type="button" onClick={() => write({ fields: { date: today(zone, now), title: '', body: '', links: [] } })}>
            {text('notices.write_new')}
          </button>
          <Published notices={value.notices} edit={(notice) => write({ fields: notice, of: notice })} changed={refresh} />
        </>
      )}
    </>
  );
}
