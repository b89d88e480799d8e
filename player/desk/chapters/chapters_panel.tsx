import { useContext, useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { ChapterRow } from './chapter_row.tsx';
import { readChapters, readSlides, saveChapters, type Chapter, type ChapterView, type Slide } from './chapters_api.ts';
import { chaptersOf, draftOf, emptyDraft, withChapter, type ChapterDraft } from './draft.ts';
import { Proposals } from './proposals.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
  readonly video: string;
  readonly watchable: boolean;
  /** Whether the recording is whole: all that helps to divide it is there then. */
  readonly ready: boolean;
}

/** Where a video's chapters begin and what they are called. */
export function ChaptersPanel({ video, watchable, ready }: Props) {
  const { readsOnly } = useContext(DeskContext);
  const [view, setView] = useState<ChapterView>();
  const [slides, setSlides] = useState<readonly Slide[]>([]);
  const [drafts, setDrafts] = useState<readonly ChapterDraft[]>([]);
  const [unsaved, setUnsaved] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    const fail = (error: unknown) => {
      if (!stop.signal.aborted) setProblem(inWords(error));
    };
    readChapters(video, stop.signal).then((answer) => {
      setView(answer);
      // What somebody has typed meanwhile stays.
      if (!unsaved) setDrafts(answer.chapters.map(draftOf));
    }, fail);
    // Their pictures are a preview's, which is none of an organiser's.
    if (ready && !readsOnly) readSlides(video, stop.signal).then(setSlides, fail);
    return () => stop.abort();
  }, [video, ready]);
  useEffect(() => {
    if (!unsaved) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [unsaved]);
  if (!view) {
    return (
      <section class="panel desk-chapters" aria-labelledby="chapters">
        <h2 id="chapters">{text('watch.chapters')}</h2>
        {problem ? <Problem>{problem}</Problem> : <p class="loading">{text('site.loading')}</p>}
      </section>
    );
  }

  const put = (next: readonly ChapterDraft[], words = '') => {
    setDrafts(next);
    setUnsaved(true);
    setTold(words);
    setProblem('');
  };
  const add = (chapters: readonly Chapter[]) =>
    put(chapters.reduce(withChapter, drafts), text('desk.chapters_added', { count: chapters.length }));
  const save = async (event: Event) => {
    event.preventDefault();
    const chapters = chaptersOf(drafts);
    if (!chapters) {
      setProblem(text('desk.chapters_wrong'));
      return;
    }
    setBusy(true);
    setProblem('');
    setTold('');
    try {
      const saved = (await saveChapters(video, chapters)).chapters;
      setDrafts(saved.map(draftOf));
      setUnsaved(false);
      setTold(text('desk.chapters_saved', { count: saved.length }));
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  return (
    <section class="panel desk-chapters" aria-labelledby="chapters">
      <h2 id="chapters">{text('watch.chapters')}</h2>
      <p class="quiet">{text('desk.chapters_hint')}</p>
      {view.found.waveform && view.duration_s !== null && (
        <>
          <Timeline found={view.found} duration_s={view.duration_s} drafts={drafts} add={(at_s) => add([{ at_s, title: '' }])} />
          <p class="quiet">{text('desk.chapters_wave_hint')}</p>
        </>
      )}
      <form onSubmit={(event) => void save(event)}>
        {drafts.length === 0 && <p class="quiet">{text('desk.chapters_none')}</p>}
        <ol class="chapter-rows">
          {drafts.map((draft, at) => (
            <ChapterRow
              key={draft.row}
              video={video}
              draft={draft}
              number={at + 1}
              watchable={watchable}
              change={(change) => put(drafts.map((other) => (other === draft ? { ...draft, ...change } : other)))}
              remove={() => put(drafts.filter((other) => other !== draft))}
            />
          ))}
        </ol>
        <datalist id="chapter-titles">
          {view.items.map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
        <div class="buttons">
          <button type="button" disabled={busy} onClick={() => put([...drafts, emptyDraft()])}>
            {text('desk.chapters_new')}
          </button>
          <button type="submit" class="primary" disabled={busy || !unsaved}>
            {text('desk.chapters_save')}
          </button>
        </div>
      </form>
      <p role="status" class="told">
        {told}
      </p>
      {problem && <Problem>{problem}</Problem>}
      <Proposals
        found={view.found.chapters}
        silences={view.found.silences}
        slides={slides}
        duration_s={view.duration_s}
        drafts={drafts}
        add={add}
      />
    </section>
  );
}
