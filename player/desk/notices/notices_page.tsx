import { useContext, useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { listVideos, readChoices } from '../desk_api.ts';
import type { Seen } from '../editing/form_state.ts';
import { keptForms, keptInput } from '../editing/kept_input.ts';
import { AskingButton, Problem } from '../parts.tsx';
import { useAttempt, usePolling } from '../polling.ts';
import { fieldDayInWords } from '../sessions/session_words.ts';
import { dayOf, draftOf, today } from './drafts.ts';
import { formName, NoticeForm } from './notice_form.tsx';
import { changeNotice, deleteNotice, leaveHappening, listNotices, publishNotice, type Happening, type Link, type Notice, type NoticeFields } from './notices_api.ts';

/** What is being written: something new, or a notice that is there. */
interface Writing {
  /** Tells what is typed of it apart from what is typed of others: a notice's id, or what happened. */
  readonly name: string;
  readonly fields: NoticeFields;
  readonly of?: Notice;
}

const FRESH = 'new';
const fieldsOf = ({ date, title, body, links }: NoticeFields): NoticeFields => ({ date, title, body, links });
const seenOf = (notice: Notice): Seen<NoticeFields> => ({ version: notice.version, fields: fieldsOf(notice) });
/** What a happening's notice is kept under: the numbers of what the log has of it. */
const nameOf = ({ numbers }: Happening) => `of ${numbers.join()}`;

interface UnfinishedProps {
  readonly notices: readonly Notice[];
  readonly write: (writing: Writing) => void;
}

/** Notices that were begun and not saved, whose forms are closed. */
function Unfinished({ notices, write }: UnfinishedProps) {
  const begun = keptForms(formName('')).flatMap((form) => {
    const name = form.slice(formName('').length);
    const input = keptInput(form);
    if (!input) return [];
    const of = notices.find(({ id }) => id === name);
    const typed = input.typed as unknown as NoticeFields;
    return [{ name, title: typed.title || typed.body, fields: of ?? (input.seen as unknown as NoticeFields), ...(of ? { of } : {}) }];
  });
  if (begun.length === 0) return null;
  return (
    <div class="callout">
      <p>{text('notices.unfinished')}</p>
      <ul class="notice-unfinished">
        {begun.map(({ title, ...writing }) => (
          <li key={writing.name}>
            <button type="button" onClick={() => write(writing)}>
              {text('notices.go_on', { title })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface HappenedProps {
  readonly happened: readonly Happening[];
  readonly write: (writing: Writing) => void;
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
                <button type="button" class="primary" aria-label={text('notices.write_of', { title: draft.title })} onClick={() => write({ name: nameOf(each), fields: draft })}>
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
  const save = async (fields: NoticeFields, version: string) => {
    const saved = await (writing?.of ? changeNotice(writing.of.id, version, fields) : publishNotice(fields));
    setTold(writing?.of ? text('desk.saved') : text('desk.published'));
    refresh();
    return seenOf(saved);
  };
  const seen = writing && (writing.of ? seenOf(writing.of) : { version: '', fields: writing.fields });
  const readAgain = async (given: Seen<NoticeFields>) => {
    const now = (await listNotices()).notices.find(({ id }) => id === writing?.of?.id);
    return now ? seenOf(now) : given;
  };
  return (
    <>
      <h1>{text('notices.title')}</h1>
      <p class="lead">{text('notices.lead')}</p>
      {problem && <Problem>{problem}</Problem>}
      <p role="status" class="told">
        {told}
      </p>
      {value && writing && seen && (
        <NoticeForm
          key={writing}
          of={writing.name}
          title={writing.of ? text('notices.edit') : text('notices.write')}
          seen={seen}
          read={() => readAgain(seen)}
          site={value.site}
          choices={choices}
          action={writing.of ? text('desk.save') : text('desk.publish')}
          save={save}
          close={() => setWriting(undefined)}
        />
      )}
      {value && !writing && (
        <>
          <Unfinished notices={value.notices} write={write} />
          <Happened happened={value.happened} write={write} changed={refresh} />
          <button type="button" onClick={() => write({ name: FRESH, fields: { date: today(zone, now), title: '', body: '', links: [] } })}>
            {text('notices.write_new')}
          </button>
          <Published notices={value.notices} edit={(notice) => write({ name: notice.id, fields: notice, of: notice })} changed={refresh} />
        </>
      )}
    </>
  );
}
