import { useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { keptInput } from '../editing/kept_input.ts';
import { Confirm, FilePicker, Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { CaptionEditor } from './caption_editor.tsx';
import { formName } from './draft.ts';
import { deleteTrack, LARGEST_FILE, listTracks, putFile, type TakenFile, type Track } from './captions_api.ts';

const LANGUAGES = ['ja', 'en', 'zh-Hans', 'zh-Hant', 'ko', 'vi', 'pt', 'fil', 'ne'];

/** A language's name in itself: 日本語, English. */
const nameOf = (language: string) => new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

interface TableProps {
  readonly video: string;
  readonly tracks: readonly Track[];
  readonly busy: boolean;
  readonly edit: (track: Track) => void;
  readonly remove: (track: Track) => void;
}

function Tracks({ video, tracks, busy, edit, remove }: TableProps) {
  if (tracks.length === 0) return <p class="quiet">{text('desk.captions_none')}</p>;
  return (
    <ul class="captions-tracks">
      {tracks.map((track) => (
        <li key={track.language}>
          <span>
            <strong>{track.label}</strong> {text('desk.captions_count', { count: track.cues })}
            {track.found && <span class="quiet captions-found">{text('desk.captions_found')}</span>}{' '}
            {keptInput(formName(video, track.language)) && <span class="mark">{text('editing.kept_here')}</span>}
          </span>
          <span class="buttons">
            <button type="button" disabled={busy} aria-label={text('desk.captions_edit_of', { label: track.label })} onClick={() => edit(track)}>
              {text('desk.captions_edit')}
            </button>
            <button type="button" class="danger" disabled={busy} aria-label={text('desk.captions_delete_of', { label: track.label })} onClick={() => remove(track)}>
              {text('desk.delete')}
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** An encoding by the name that offices know. */
const encodingInWords = (encoding: string) => (encoding === 'CP932' ? 'Shift_JIS' : encoding);

/** What came of a file: how much of it was taken, and what was changed or left out. */
function Taken({ taken }: { readonly taken: TakenFile }) {
  const { label, cues, encoding, notes } = taken;
  return (
    <div class="callout">
      <p>{text('desk.captions_taken', { label, count: cues, encoding: encodingInWords(encoding) })}</p>
      {notes.length > 0 && (
        <ul aria-label={text('desk.captions_notes')}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What waits for an answer: captions that would be lost, and the file that would stand in their place. */
interface Asked {
  readonly track: Track;
  readonly file?: File;
}

interface Props {
  readonly video: string;
  readonly watchable: boolean;
  /** Whether the recording is whole: it may have brought captions then. */
  readonly ready: boolean;
}

/** A video's captions: files come in, are corrected, and go. */
export function CaptionsPanel({ video, watchable, ready }: Props) {
  const [tracks, setTracks] = useState<readonly Track[]>();
  const [language, setLanguage] = useState('ja');
  const [taken, setTaken] = useState<TakenFile>();
  const [told, setTold] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [edited, setEdited] = useState<Track>();
  const refresh = async (signal?: AbortSignal) => setTracks((await listTracks(video, signal)).captions);
  useEffect(() => {
    const stop = new AbortController();
    refresh(stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) setProblem(inWords(error));
    });
    return () => stop.abort();
  }, [video, ready]);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    setTold('');
    setTaken(undefined);
    try {
      await work();
      await refresh();
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  const send = (file: File) =>
    void act(async () => {
      setTaken(await putFile(video, language, nameOf(language), file));
    });
  const pick = ([file]: File[]) => {
    if (!file || busy) return;
    const track = tracks?.find((known) => known.language === language);
    if (file.size > LARGEST_FILE) setProblem(text('desk.captions_too_large'));
    else if (track) setAsked({ track, file });
    else send(file);
  };
  const edit = (track: Track) => {
    setTold('');
    setTaken(undefined);
    setProblem('');
    setEdited(track);
  };
  const answer = (confirmed: boolean) => {
    setAsked(undefined);
    if (!confirmed || !asked) return;
    const { track, file } = asked;
    if (file) send(file);
    else
      void act(async () => {
        await deleteTrack(video, track.language);
        setTold(text('desk.captions_deleted', { label: track.label }));
      });
  };
  return (
    <section class="panel desk-captions" aria-labelledby="captions">
      <h2 id="captions">{text('desk.captions')}</h2>
      {tracks ? (
        <Tracks video={video} tracks={tracks} busy={busy || edited !== undefined} edit={edit} remove={(track) => setAsked({ track })} />
      ) : (
        !problem && <p class="loading">{text('site.loading')}</p>
      )}
      {!edited && (
        <div class="captions-incoming">
          <label>
            {text('desk.captions_language')}
            <select value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
              {LANGUAGES.map((each) => (
                <option key={each} value={each} lang={each}>
                  {nameOf(each)}
                </option>
              ))}
            </select>
          </label>
          <FilePicker label={text('desk.captions_drop')} hint={text('desk.captions_drop_hint')} pick={pick} />
        </div>
      )}
      <div role="status">
        {busy && text('desk.captions_busy')}
        {told}
        {taken && <Taken taken={taken} />}
      </div>
      {problem && <Problem>{problem}</Problem>}
      {edited && (
        <CaptionEditor
          key={edited.language}
          video={video}
          track={edited}
          watchable={watchable}
          changed={() => void refresh().catch(() => undefined)}
          close={() => setEdited(undefined)}
        />
      )}
      {asked && (
        <Confirm
          question={
            asked.file
              ? text('desk.captions_replace_question', { label: asked.track.label, file: asked.file.name })
              : text('desk.captions_delete_question', { label: asked.track.label })
          }
          lost={[text('desk.captions_lost', { label: asked.track.label, count: asked.track.cues })]}
          action={asked.file ? text('desk.captions_replace_all') : text('desk.captions_delete_this')}
          done={answer}
        />
      )}
    </section>
  );
}
