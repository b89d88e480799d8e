import { useContext, useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { FormNotes, UnsavedMark } from '../editing/form_notes.tsx';
import type { Seen } from '../editing/form_state.ts';
import { useForm } from '../editing/use_form.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { ChapterRow } from './chapter_row.tsx';
import { readChapters, readSlides, saveChapters, type Chapter, type ChapterView, type Slide } from './chapters_api.ts';
import { chaptersOf, codec, draftOf, emptyDraft, withChapter, type ChapterDraft, type ChapterFields } from './draft.ts';
import { Proposals } from './proposals.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
  readonly video: string;
  readonly watchable: boolean;
  /** Whether the recording is whole: all that helps to divide it is there then. */
  readonly ready: boolean;
}

const seenOf = ({ version, chapters }: Pick<ChapterView, 'version' | 'chapters'>): Seen<ChapterFields> => ({
  version,
  fields: { chapters: chapters.map(draftOf) },
});

/** Where a video's chapters begin and what they are called, once they are there. */
export function ChaptersPanel(props: Props) {
  const { video, ready } = props;
  const { readsOnly } = useContext(DeskContext);
  const [view, setView] = useState<ChapterView>();
  const [slides, setSlides] = useState<readonly Slide[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    const fail = (error: unknown) => {
      if (!stop.signal.aborted) setProblem(inWords(error));
    };
    readChapters(video, stop.signal).then(setView, fail);
    // Their pictures are a preview's, which is none of an organiser's.
    if (ready && !readsOnly) readSlides(video, stop.signal).then(setSlides, fail);
    return () => stop.abort();
  }, [video, ready]);
  return (
    <section class="panel desk-chapters" aria-labelledby="chapters">
      <h2 id="chapters">{text('watch.chapters')}</h2>
      {problem && <Problem>{problem}</Problem>}
      {!view && !problem && <p class="loading">{text('site.loading')}</p>}
      {view && <ChapterEditor {...props} view={view} slides={slides} />}
    </section>
  );
}

interface EditorProps extends Props {
  readonly view: ChapterView;
  readonly slides: readonly Slide[];
}

/** Chapters in fields, what proposes them, and the button that saves them as a whole. */
function ChapterEditor({ video, watchable, view, slides }: EditorProps) {
  const read = async () => seenOf(await readChapters(video));
  const form = useForm<ChapterFields>({ name: `chapters ${video}`, seen: seenOf(view), read, codec });
  const { fields: { chapters: drafts }, unsaved, busy } = form;
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const put = (chapters: readonly ChapterDraft[], words = '') => {
    form.change({ chapters });
    setTold(words);
    setProblem('');
  };
  const add = (chapters: readonly Chapter[]) =>
    put(chapters.reduce(withChapter, drafts), text('desk.chapters_added', { count: chapters.length }));
  const save = async (event: Event) => {
    event.preventDefault();
    setTold('');
    const chapters = chaptersOf(drafts);
    if (!chapters) {
      setProblem(text('desk.chapters_wrong'));
      return;
    }
    setProblem('');
    await form.save(async (_, version) => {
      const saved = await saveChapters(video, chapters, version);
      setTold(text('desk.chapters_saved', { count: saved.chapters.length }));
      return seenOf(saved);
    });
  };
  return (
    <>
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
          <UnsavedMark form={form} />
        </div>
      </form>
      <p role="status" class="told">
        {told}
      </p>
      <FormNotes form={form} names={{ chapters: text('watch.chapters') }} />
      {problem && <Problem>{problem}</Problem>}
      <Proposals
        found={view.found.chapters}
        silences={view.found.silences}
        slides={slides}
        duration_s={view.duration_s}
        drafts={drafts}
        add={add}
      />
    </>
  );
}
