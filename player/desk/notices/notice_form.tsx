import { useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { mailOf } from './drafts.ts';
import type { Link, NoticeFields, SiteNames } from './notices_api.ts';

function Mail({ fields, site }: { readonly fields: NoticeFields; readonly site: SiteNames }) {
  const mail = mailOf(fields, site, location.origin);
  return (
    <section class="notice-mail" aria-labelledby="notice-mail">
      <h3 id="notice-mail">{text('notices.mail')}</h3>
      <label>
        {text('notices.mail_subject_label')}
        <input readOnly value={mail.subject} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <label>
        {text('notices.mail_body_label')}
        <textarea readOnly rows={12} value={mail.body} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <p>
        <a href={`mailto:?subject=${encodeURIComponent(mail.subject)}&body=${encodeURIComponent(mail.body.replace(/\n/g, '\r\n'))}`}>{text('notices.mail_open')}</a>
      </p>
    </section>
  );
}

interface Props {
  readonly title: string;
  readonly fields: NoticeFields;
  readonly site: SiteNames;
  /** What it may lead to besides. */
  readonly choices: readonly Link[];
  readonly action: string;
  readonly save: (fields: NoticeFields) => Promise<unknown>;
  readonly close: () => void;
}

/** A notice to be edited, with the text of a mail beside it. */
export function NoticeForm({ title, fields: given, site, choices, action, save, close }: Props) {
  const [fields, setFields] = useState(given);
  const [problem, setProblem] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    save(fields).then(close, (error: unknown) => setProblem(inWords(error)));
  };
  const removed = (id: string) => fields.links.filter((link) => link.id !== id);
  return (
    <section class="panel notice-form" aria-labelledby="notice-form">
      <h2 id="notice-form">{title}</h2>
      <div class="notice-columns">
        <form class="desk-form" onSubmit={submit}>
          <label>
            {text('notices.date')}
            <input type="date" required value={fields.date} onInput={(event) => setFields({ ...fields, date: event.currentTarget.value })} />
          </label>
          <label>
            {text('desk.field_title')}
            <input required maxLength={200} value={fields.title} onInput={(event) => setFields({ ...fields, title: event.currentTarget.value })} />
          </label>
          <label>
            {text('notices.body')}
            <textarea rows={5} value={fields.body} onInput={(event) => setFields({ ...fields, body: event.currentTarget.value })} />
          </label>
          <fieldset>
            <legend>{text('notices.links')}</legend>
            {fields.links.length > 0 && (
              <ul>
                {fields.links.map(({ id, title: of }) => (
                  <li key={id}>
                    {of}{' '}
                    <button type="button" class="plain" aria-label={text('sessions.item_remove_of', { title: of })} onClick={() => setFields({ ...fields, links: removed(id) })}>
                      {text('sessions.item_remove')}
                    </button>
                  </li>
                ))}
              </ul>
            )}
            <label>
              {text('notices.add_link')}
              <select
                value=""
                onChange={(event) => {
                  const link = choices.find(({ id }) => id === event.currentTarget.value);
                  if (link) setFields({ ...fields, links: [...removed(link.id), link] });
                }}
              >
                <option value="">{text('departments.choose')}</option>
                {choices.map(({ id, title: of }) => (
                  <option key={id} value={id}>
                    {of}
                  </option>
                ))}
              </select>
            </label>
          </fieldset>
          {problem && <Problem>{problem}</Problem>}
          <div class="buttons">
            <button type="submit" class="primary">
              {action}
            </button>
            <button type="button" onClick={close}>
              {text('desk.cancel')}
            </button>
          </div>
        </form>
        <Mail fields={fields} site={site} />
      </div>
    </section>
  );
}
