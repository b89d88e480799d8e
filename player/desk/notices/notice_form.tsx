import { text } from '../../common/page.ts';
import { FormNotes, UnsavedMark } from '../editing/form_notes.tsx';
import { plainCodec, type Seen } from '../editing/form_state.ts';
import { useForm } from '../editing/use_form.ts';
import { AskingButton } from '../parts.tsx';
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

const codec = plainCodec<NoticeFields>();

/** Under which name what is typed of a notice is kept. */
export const formName = (of: string) => `notice ${of}`;

interface Props {
  /** A notice's id, or what a new one is written from. */
  readonly of: string;
  readonly title: string;
  readonly seen: Seen<NoticeFields>;
  readonly read: () => Promise<Seen<NoticeFields>>;
  readonly site: SiteNames;
  /** What it may lead to besides. */
  readonly choices: readonly Link[];
  readonly action: string;
  readonly save: (fields: NoticeFields, version: string) => Promise<Seen<NoticeFields>>;
  readonly close: () => void;
}

/** A notice to be edited, with the text of a mail beside it. */
export function NoticeForm({ of, title, seen, read, site, choices, action, save, close }: Props) {
  const form = useForm<NoticeFields>({ name: formName(of), seen, read, codec });
  const { fields, change: setFields } = form;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await form.save(save)) close();
  };
  const leave = () => {
    form.drop();
    close();
  };
  const names = { date: text('notices.date'), title: text('desk.field_title'), body: text('notices.body'), links: text('notices.links') };
  const removed = (id: string) => fields.links.filter((link) => link.id !== id);
  return (
    <section class="panel notice-form" aria-labelledby="notice-form">
      <h2 id="notice-form">{title}</h2>
      <div class="notice-columns">
        <form class="desk-form" onSubmit={(event) => void submit(event)}>
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
                {fields.links.map(({ id, title: linked }) => (
                  <li key={id}>
                    {linked}{' '}
                    <button type="button" class="plain" aria-label={text('sessions.item_remove_of', { title: linked })} onClick={() => setFields({ ...fields, links: removed(id) })}>
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
                {choices.map(({ id, title: linked }) => (
                  <option key={id} value={id}>
                    {linked}
                  </option>
                ))}
              </select>
            </label>
          </fieldset>
          <FormNotes form={form} names={names} />
          <div class="buttons">
            <button type="submit" class="primary" disabled={form.busy}>
              {action}
            </button>
            {form.unsaved ? (
              <AskingButton action={text('desk.cancel')} question={text('editing.drop_question')} lost={[fields.title || fields.body]} run={leave} />
            ) : (
              <button type="button" onClick={close}>
                {text('desk.cancel')}
              </button>
            )}
            <UnsavedMark form={form} />
          </div>
        </form>
        <Mail fields={fields} site={site} />
      </div>
    </section>
  );
}
