import { useEffect, useRef } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { AskingButton, Problem } from '../parts.tsx';
import type { Form } from './use_form.ts';

/** What the fields are called, by their names. */
export type FieldNames<Fields> = Readonly<Partial<Record<keyof Fields & string, string>>>;

interface Props<Fields> {
  readonly form: Form<Fields>;
  readonly names: FieldNames<Fields>;
}

/** What a clerk has to know of a form beside its fields: what was put back, who saved meanwhile, why it was not saved. */
export function FormNotes<Fields>({ form, names }: Props<Fields>) {
  const { clash, restored, typed, problem, drop } = form;
  const called = (name: string) => (names as Readonly<Record<string, string | undefined>>)[name] ?? name;
  const list = (all: readonly string[]) => [...new Set(all.map(called))].join(text('checklist.between'));
  const dropping = (action: string) => (
    <AskingButton action={action} question={text('editing.drop_question')} lost={[text('editing.drop_lost', { fields: list(typed) })]} run={drop} />
  );
  // Who has pressed a button at the end of a long form is shown why nothing was saved.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (clash || problem) place.current?.scrollIntoView({ block: 'nearest' });
  }, [clash, problem]);
  return (
    <div ref={place} class="editing-notes">
      {restored && (
        <div class="callout editing-note">
          <span role="status">{text('editing.restored')}</span> {!clash && dropping(text('editing.drop'))}
        </div>
      )}
      {clash && (
        <Problem>
          <p>{text('editing.clash')}</p>
          <ul>
            {clash.taken.length > 0 && <li>{text('editing.taken', { fields: list(clash.taken) })}</li>}
            {clash.contested.map(({ name, theirs }) => (
              <li key={name}>
                {typeof theirs === 'string'
                  ? text('editing.contested_text', { field: called(name), theirs: theirs || text('editing.empty') })
                  : text('editing.contested', { field: called(name) })}
              </li>
            ))}
          </ul>
          {typed.length > 0 && <p>{text('editing.save_again')}</p>}
          {typed.length > 0 && dropping(text('editing.take_theirs'))}
        </Problem>
      )}
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
}

/** Beside the button that saves: whether there is something to save, and that it is not lost before. */
export function UnsavedMark<Fields>({ form }: { readonly form: Form<Fields> }) {
  return form.unsaved ? <span class="quiet editing-unsaved">{text('editing.unsaved')}</span> : null;
}
