import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { FormNotes } from '../editing/form_notes.tsx';
import type { Codec, Seen } from '../editing/form_state.ts';
import { useForm } from '../editing/use_form.ts';
import { Problem } from '../parts.tsx';
import { inWords, usePolling } from '../polling.ts';
import { CalendarStrip } from './calendar_strip.tsx';
import { ChangeFields } from './change_fields.tsx';
import { changeOf, mistakeInForm, unchanged, type ChangeForm, type FormMistake } from './change_form.ts';
import { Chooser, keyOf } from './chooser.tsx';
import { MovedWindows } from './moved_windows.tsx';
import { isChanged, PreviewTable } from './preview_table.tsx';
import { applyStates, previewChange, readWindows, type Ends, type ItemId, type Preview, type Wanted, type Windows } from './windows_api.ts';

const mistakes: Readonly<Record<FormMistake, () => string>> = {
  nothing: () => text('windows.mistake_nothing'),
  no_day: () => text('windows.mistake_no_day'),
  no_days: () => text('windows.mistake_no_days'),
  ends_before_start: () => text('desk.ends_before_start'),
};

/** Those of `windows` that are chosen, in its order. */
function chosenOf({ items, series }: Windows, chosen: ReadonlySet<string>): ItemId[] {
  const all: ItemId[] = [...items, ...series.map(({ id }): ItemId => ({ kind: 'series', id }))];
  return all.filter((item) => chosen.has(keyOf(item)));
}

interface PreviewPanelProps {
  readonly changes: readonly Preview[];
  readonly busy: boolean;
  readonly apply: (wanted: Wanted[], reason: string) => void;
}

/** The effect of the change, before it is made. */
function PreviewPanel({ changes, busy, apply }: PreviewPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [reason, setReason] = useState('');
  useEffect(() => heading.current?.focus(), []);
  const asksReason = changes.some(({ warnings }) => warnings.some(({ kind }) => kind === 'checklist'));
  const problems = changes.filter(({ problem }) => problem !== null).length;
  const wanted = changes.filter(isChanged).flatMap(({ kind, id, now, then }) => (then ? [{ kind, id, now, then }] : []));
  return (
    <section class="panel" aria-labelledby="preview">
      <h2 id="preview" ref={heading} tabIndex={-1}>
        {text('windows.preview')}
      </h2>
      {problems > 0 && <Problem>{text('windows.preview_problems', { count: problems })}</Problem>}
      <PreviewTable changes={changes} />
      {asksReason && (
        <label class="publishing-reason">
          {text('checklist.reason')}
          <input maxLength={300} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          <span class="quiet">{text('checklist.reason_hint')}</span>
        </label>
      )}
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={busy || problems > 0 || wanted.length === 0 || (asksReason && !reason.trim())}
          onClick={() => apply(wanted, reason.trim())}
        >
          {text('windows.apply', { count: wanted.length })}
        </button>
        {problems === 0 && wanted.length === 0 && <span>{text('windows.nothing_changes')}</span>}
      </div>
    </section>
  );
}

interface Fields {
  readonly chosen: ReadonlySet<string>;
  readonly form: ChangeForm;
}

const codec: Codec<Fields> = {
  plain: ({ chosen, form }) => ({ chosen: [...chosen], form }),
  fields: ({ chosen, form }) => ({ chosen: new Set(chosen as readonly string[]), form: form as ChangeForm }),
};

/** Nobody else changes what is chosen here; what is changed by it says what was seen of each. */
const nothing: Seen<Fields> = { version: '', fields: { chosen: new Set(), form: unchanged } };

/** Windows and publication of many: chosen, changed, looked at beforehand, made at once, undone. */
export function WindowsPage() {
  const { value: windows, problem: unread, refresh } = usePolling(readWindows, () => false);
  const input = useForm<Fields>({ name: 'windows', seen: nothing, read: async () => nothing, codec });
  const { chosen, form } = input.fields;
  const [changes, setChanges] = useState<readonly Preview[]>();
  /** By what change of windows they came about. */
  const [how, setHow] = useState<Ends>();
  const [undo, setUndo] = useState<readonly Wanted[]>();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState('');
  const [problem, setProblem] = useState('');
  const items = windows ? chosenOf(windows, chosen) : [];
  const mistake = mistakeInForm(form);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    setTold('');
    try {
      await work();
    } catch (error) {
      setProblem(inWords(error));
      setChanges(undefined);
    }
    refresh();
    setBusy(false);
  };
  const look = () =>
    act(async () => {
      const change = changeOf(form);
      setChanges((await previewChange(items, change)).changes);
      setHow(change.window ?? undefined);
    });
  const apply = (wanted: readonly Wanted[], reason: string) =>
    act(async () => {
      const { changed } = await applyStates(how ? wanted.map((each) => ({ ...each, how })) : wanted, reason);
      setTold(text('windows.applied', { count: changed }));
      // What was asked for is done: it stays in the form, and is kept no more.
      await input.save(async (fields) => ({ version: '', fields }));
      setUndo(wanted.map(({ now, then, ...item }) => ({ ...item, now: then, then: now })));
      setChanges(undefined);
    });
  const takeBack = (wanted: readonly Wanted[]) =>
    act(async () => {
      const { changed } = await applyStates(wanted, text('windows.undo_reason'));
      setTold(text('windows.undone', { count: changed }));
      setUndo(undefined);
      setChanges(undefined);
    });
  // What was looked at is not what would be made any more.
  const edit = (change: Partial<Fields>) => {
    input.change({ ...input.fields, ...change });
    setChanges(undefined);
  };
  return (
    <>
      <nav class="trail" aria-label={text('site.where')}>
        <a href="/desk">{text('desk.title')}</a>
      </nav>
      <h1>{text('windows.title')}</h1>
      <p class="lead">{text('windows.lead')}</p>
      <div role="status" class="told">
        {told && (
          <span class="buttons">
            {told}
            {undo && (
              <button type="button" disabled={busy} onClick={() => void takeBack(undo)}>
                {text('windows.undo')}
              </button>
            )}
          </span>
        )}
      </div>
      {(problem || unread) && <Problem>{problem || unread}</Problem>}
      {!windows && !unread && <p class="loading">{text('site.loading')}</p>}
      {windows && (
        <>
          <CalendarStrip windows={windows} />
          <MovedWindows changed={refresh} />
          <FormNotes form={input} names={{ chosen: text('windows.chosen_ones'), form: text('windows.change') }} />
          <Chooser windows={windows} chosen={chosen} choose={(next) => edit({ chosen: next })} />
          <form
            class="panel windows-form"
            aria-labelledby="change"
            onSubmit={(event) => {
              event.preventDefault();
              if (!mistake && items.length > 0) void look();
            }}
          >
            <h2 id="change">{text('windows.change')}</h2>
            <ChangeFields form={form} change={(next) => edit({ form: next })} />
            <p class="quiet">{items.length === 0 ? text('windows.mistake_none_chosen') : mistake ? mistakes[mistake]() : text('windows.preview_hint')}</p>
            <div class="buttons">
              <button type="submit" class="primary" disabled={busy || mistake !== undefined || items.length === 0}>
                {text('windows.look')}
              </button>
            </div>
          </form>
          {changes && <PreviewPanel changes={changes} busy={busy} apply={(wanted, reason) => void apply(wanted, reason)} />}
        </>
      )}
    </>
  );
}
