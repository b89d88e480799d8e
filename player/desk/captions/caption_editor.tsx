import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { FormNotes, UnsavedMark } from '../editing/form_notes.tsx';
import type { Seen } from '../editing/form_state.ts';
import { useForm } from '../editing/use_form.ts';
import { AskingButton, Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { readCues, replaceWord, saveCues, type Track } from './captions_api.ts';
import { CueRow } from './cue_row.tsx';
import { codec, cuesOf, draftAfter, draftOf, formName, isRight, type CueDraft, type CueFields } from './draft.ts';
import { ReplaceForm } from './replace_form.tsx';

/** Rows shown at once: a lecture has thousands of cues. */
const PAGE = 50;

const readSeen = async (video: string, language: string, signal?: AbortSignal): Promise<Seen<CueFields>> => {
  const { version, cues } = await readCues(video, language, signal);
  return { version, fields: { cues: cues.map(draftOf) } };
};

interface Props {
  readonly video: string;
  readonly track: Track;
  readonly watchable: boolean;
  /** The captions were changed. */
  readonly changed: () => void;
  readonly close: () => void;
}

/** The cues of a track in fields, once they are there. */
export function CaptionEditor(props: Props) {
  const { video, track: { language } } = props;
  const [seen, setSeen] = useState<Seen<CueFields>>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    readSeen(video, language, stop.signal).then(setSeen, (error: unknown) => {
      if (!stop.signal.aborted) setProblem(inWords(error));
    });
    return () => stop.abort();
  }, [video, language]);
  if (!seen) return problem ? <Problem>{problem}</Problem> : <p class="loading">{text('site.loading')}</p>;
  return <Cues {...props} seen={seen} see={setSeen} />;
}

interface CuesProps extends Props {
  readonly seen: Seen<CueFields>;
  readonly see: (seen: Seen<CueFields>) => void;
}

/** Cues that are corrected, replaced in, and saved as a whole. */
function Cues({ video, track: { language, label }, watchable, changed, close, seen, see }: CuesProps) {
  const read = () => readSeen(video, language);
  const form = useForm<CueFields>({ name: formName(video, language), seen, read, codec });
  const { fields: { cues: drafts }, unsaved, busy: saving } = form;
  const [page, setPage] = useState(0);
  const [replacing, setReplacing] = useState(false);
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const busy = saving || replacing;
  // Who asked for the editor by keyboard or by ear is led to it.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const put = (cues: readonly CueDraft[]) => {
    form.change({ cues });
    setTold('');
    setProblem('');
  };
  const save = async () => {
    setTold('');
    const cues = cuesOf(drafts);
    if (!cues) {
      setPage(Math.floor(drafts.findIndex((cue) => !isRight(cue)) / PAGE));
      setProblem(text('desk.captions_time_wrong'));
      return;
    }
    setProblem('');
    const done = await form.save(async (_, version) => {
      const saved = await saveCues(video, language, cues, version);
      setTold(text('desk.captions_saved', { count: saved.cues }));
      return read();
    });
    if (done) changed();
  };
  const replace = async (from: string, to: string) => {
    setReplacing(true);
    setProblem('');
    setTold('');
    try {
      const { replaced } = await replaceWord(video, language, from, to, seen.version);
      setTold(text('desk.captions_replaced', { count: replaced }));
      changed();
    } catch (error) {
      setProblem(inWords(error));
    }
    // What is there now, whether it was replaced or somebody else was first.
    await read().then(see, () => undefined);
    setReplacing(false);
  };
  const discard = () => {
    form.drop();
    close();
  };
  const pages = Math.max(1, Math.ceil(drafts.length / PAGE));
  const shown = Math.min(page, pages - 1);
  const first = shown * PAGE;
  return (
    <div class="captions-editor">
      <h3 ref={heading} tabIndex={-1}>
        {text('desk.captions_edit_of', { label })}
      </h3>
      {unsaved ? <p class="quiet">{text('desk.captions_unsaved')}</p> : <ReplaceForm busy={busy} replace={(from, to) => void replace(from, to)} />}
      <p role="status" class="told">
        {told}
      </p>
      <FormNotes form={form} names={{ cues: text('desk.captions') }} />
      {problem && <Problem>{problem}</Problem>}
      <table class="cue-table">
        <caption class="for-ears">{text('desk.captions_edit_of', { label })}</caption>
        <thead>
          <tr>
            <th scope="col">{text('desk.captions_number')}</th>
            <th scope="col">{text('desk.captions_times')}</th>
            <th scope="col">{text('desk.captions_text')}</th>
            <th scope="col">{text('desk.captions_acts')}</th>
          </tr>
        </thead>
        <tbody>
          {drafts.slice(first, first + PAGE).map((cue, at) => (
            <CueRow
              key={cue.row}
              video={video}
              cue={cue}
              number={first + at + 1}
              watchable={watchable}
              change={(change) => put(drafts.map((other) => (other === cue ? { ...cue, ...change } : other)))}
              add={() => put(drafts.flatMap((other) => (other === cue ? [cue, draftAfter(cue)] : [other])))}
              remove={() => put(drafts.filter((other) => other !== cue))}
            />
          ))}
        </tbody>
      </table>
      <div class="buttons">
        {drafts.length === 0 && (
          <button type="button" onClick={() => put([draftAfter(undefined)])}>
            {text('desk.captions_add')}
          </button>
        )}
        {pages > 1 && (
          <>
            <button type="button" disabled={shown === 0} onClick={() => setPage(shown - 1)}>
              {text('desk.captions_previous')}
            </button>
            <span>{text('desk.captions_page', { page: shown + 1, pages })}</span>
            <button type="button" disabled={shown + 1 === pages} onClick={() => setPage(shown + 1)}>
              {text('desk.captions_next')}
            </button>
          </>
        )}
        <button type="button" class="primary" disabled={busy || !unsaved} onClick={() => void save()}>
          {text('desk.save')}
        </button>
        {unsaved ? (
          <AskingButton
            action={text('desk.captions_discard')}
            disabled={busy}
            question={text('editing.drop_question')}
            lost={[text('editing.drop_lost', { fields: text('desk.captions') })]}
            run={discard}
          />
        ) : (
          <button type="button" disabled={busy} onClick={close}>
            {text('desk.captions_close')}
          </button>
        )}
        <UnsavedMark form={form} />
      </div>
    </div>
  );
}
