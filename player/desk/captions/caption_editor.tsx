import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { readCues, replaceWord, saveCues, type Track } from './captions_api.ts';
import { CueRow } from './cue_row.tsx';
import { cuesOf, draftAfter, draftOf, isRight, type CueDraft } from './draft.ts';
import { ReplaceForm } from './replace_form.tsx';

/** Rows shown at once: a lecture has thousands of cues. */
const PAGE = 50;

interface Props {
  readonly video: string;
  readonly track: Track;
  readonly watchable: boolean;
  /** The captions were changed. */
  readonly changed: () => void;
  readonly close: () => void;
}

/** The cues of a track in fields: corrected, replaced in, and saved as a whole. */
export function CaptionEditor({ video, track: { language, label }, watchable, changed, close }: Props) {
  const [drafts, setDrafts] = useState<readonly CueDraft[]>();
  const [page, setPage] = useState(0);
  const [unsaved, setUnsaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const load = async (signal?: AbortSignal) => setDrafts((await readCues(video, language, signal)).cues.map(draftOf));
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) setProblem(inWords(error));
    });
    return () => stop.abort();
  }, [video, language]);
  useEffect(() => {
    if (!unsaved) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [unsaved]);
  // Who asked for the editor by keyboard or by ear is led to it, once it is there.
  const heading = useRef<HTMLHeadingElement>(null);
  const isThere = drafts !== undefined;
  useEffect(() => heading.current?.focus(), [isThere]);
  const act = async (work: () => Promise<string>) => {
    setBusy(true);
    setProblem('');
    setTold('');
    try {
      setTold(await work());
      changed();
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  if (!drafts) return problem ? <Problem>{problem}</Problem> : <p class="loading">{text('site.loading')}</p>;

  const put = (next: readonly CueDraft[]) => {
    setDrafts(next);
    setUnsaved(true);
    setTold('');
  };
  const save = () => {
    const cues = cuesOf(drafts);
    if (!cues) {
      setPage(Math.floor(drafts.findIndex((cue) => !isRight(cue)) / PAGE));
      setProblem(text('desk.captions_time_wrong'));
      return;
    }
    void act(async () => {
      const saved = await saveCues(video, language, cues);
      await load();
      setUnsaved(false);
      return text('desk.captions_saved', { count: saved.cues });
    });
  };
  const replace = (from: string, to: string) =>
    void act(async () => {
      const { replaced } = await replaceWord(video, language, from, to);
      await load();
      return text('desk.captions_replaced', { count: replaced });
    });
  const pages = Math.max(1, Math.ceil(drafts.length / PAGE));
  const shown = Math.min(page, pages - 1);
  const first = shown * PAGE;
  return (
    <div class="captions-editor">
      <h3 ref={heading} tabIndex={-1}>
        {text('desk.captions_edit_of', { label })}
      </h3>
      {unsaved ? <p class="quiet">{text('desk.captions_unsaved')}</p> : <ReplaceForm busy={busy} replace={replace} />}
      <p role="status" class="told">
        {told}
      </p>
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
        <button type="button" class="primary" disabled={busy || !unsaved} onClick={save}>
          {text('desk.save')}
        </button>
        <button type="button" disabled={busy} onClick={close}>
          {unsaved ? text('desk.captions_discard') : text('desk.captions_close')}
        </button>
      </div>
    </div>
  );
}
