import { useState } from 'preact/hooks';
import { text } from '../common/page.ts';
import { copyVideo, readVideo, setClip } from '../desk/desk_api.ts';
import { FormNotes, UnsavedMark } from '../desk/editing/form_notes.tsx';
import { plainCodec, type Seen } from '../desk/editing/form_state.ts';
import { useForm } from '../desk/editing/use_form.ts';
import { clockText, secondsOf } from '../desk/live/span_text.ts';
import { inWords } from '../desk/polling.ts';
import type { Clip, DeskVideo } from '../desk/types.ts';
import type { Player } from '../watch/player.ts';

interface Row {
  readonly begin: string;
  readonly end: string;
}

interface TimeProps {
  readonly label: string;
  /** What the button beside it does. */
  readonly here: string;
  readonly value: string;
  readonly player: Player;
  readonly change: (value: string) => void;
}

/** A time, written or taken from where the player is. */
function TimeField({ label, here, value, player, change }: TimeProps) {
  const invalid = secondsOf(value) === undefined ? 'true' : undefined;
  return (
    <div class="clip-time">
      <label>
        {label}
        <input type="text" size={9} aria-invalid={invalid} value={value} onInput={(event) => change(event.currentTarget.value)} />
      </label>
      <button type="button" onClick={() => change(clockText(player.state.time))}>
        {here}
      </button>
      <button
        type="button"
        onClick={() => {
          const second = secondsOf(value);
          if (second !== undefined) player.seek(second);
        }}
      >
        {text('clip.look', { what: label })}
      </button>
    </div>
  );
}

const rowsOf = (clip: Clip): Row[] => clip.cuts.map(({ begin_s, end_s }) => ({ begin: clockText(begin_s), end: clockText(end_s) }));

interface Span {
  readonly begin: string;
  readonly end: string;
  readonly cuts: readonly Row[];
}

const codec = plainCodec<Span>();

/** A clip is its own version. */
const seenOf = ({ clip, recording }: DeskVideo): Seen<Span> => ({
  version: JSON.stringify(clip),
  fields: { begin: clockText(clip.begin_s ?? 0), end: clockText(clip.end_s ?? recording?.duration_s ?? 0), cuts: rowsOf(clip) },
});

/** What the fields say; undefined where one holds no time. */
function clipOf({ begin, end, cuts }: Span, whole: number): Clip | undefined {
  const begin_s = secondsOf(begin);
  // The field has whole seconds: what it said at first stands for the very end.
  const end_s = end === clockText(whole) ? whole : secondsOf(end);
  const spans = cuts.map((cut) => ({ begin_s: secondsOf(cut.begin), end_s: secondsOf(cut.end) }));
  const known = spans.filter((span): span is Clip['cuts'][number] => span.begin_s !== undefined && span.end_s !== undefined);
  return begin_s === undefined || end_s === undefined || known.length < spans.length ? undefined : { begin_s, end_s, cuts: known };
}

interface Props {
  readonly video: DeskVideo;
  readonly player: Player;
}

/** What a video shows of its recording. */
export function ClipForm({ video, player }: Props) {
  const whole = video.recording?.duration_s ?? 0;
  const form = useForm<Span>({ name: `clip ${video.id}`, seen: seenOf(video), read: async () => seenOf(await readVideo(video.id)), codec });
  const { begin, end, cuts } = form.fields;
  const [title, setTitle] = useState('');
  const [told, setTold] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const put = (change: Partial<Span>) => {
    form.change({ ...form.fields, ...change });
    setTold('');
    setProblem('');
  };
  const set = async (clip: Clip, done: string) => {
    setTold('');
    setProblem('');
    await form.save(async (_, version) => {
      const saved = await setClip(video.id, clip, JSON.parse(version) as Clip);
      setTold(done);
      return seenOf(saved);
    });
  };
  const save = (event: Event) => {
    event.preventDefault();
    const clip = clipOf(form.fields, whole);
    if (clip) void set(clip, text('clip.saved'));
    else {
      setTold('');
      setProblem(text('clip.wrong_time'));
    }
  };
  const change = (index: number, row: Row) => put({ cuts: cuts.map((each, at) => (at === index ? row : each)) });
  const copy = (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    copyVideo(video.id, title)
      .then(({ id }) => location.assign(`/desk/videos/${encodeURIComponent(id)}/clip`))
      .catch((error: unknown) => setProblem(inWords(error)))
      .finally(() => setBusy(false));
  };
  const others = video.recording?.shown_by ?? [];
  return (
    <>
      <p role="status" class="told">
        {told}
      </p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <FormNotes form={form} names={{ begin: text('clip.begin'), end: text('clip.end'), cuts: text('clip.cuts') }} />
      <section class="panel" aria-labelledby="clip-title">
        <h2 id="clip-title">{text('clip.range')}</h2>
        <p class="quiet">{text('clip.hint')}</p>
        <form onSubmit={save}>
          <TimeField label={text('clip.begin')} here={text('clip.begin_here')} value={begin} player={player} change={(value) => put({ begin: value })} />
          <TimeField label={text('clip.end')} here={text('clip.end_here')} value={end} player={player} change={(value) => put({ end: value })} />
          {cuts.map((cut, index) => (
            <fieldset key={index} class="clip-cut">
              <legend>{text('clip.cut', { number: index + 1 })}</legend>
              <TimeField label={text('clip.cut_begin')} here={text('clip.cut_begin_here')} value={cut.begin} player={player} change={(value) => change(index, { ...cut, begin: value })} />
              <TimeField label={text('clip.cut_end')} here={text('clip.cut_end_here')} value={cut.end} player={player} change={(value) => change(index, { ...cut, end: value })} />
              <button type="button" onClick={() => put({ cuts: cuts.filter((_, at) => at !== index) })}>
                {text('clip.cut_remove', { number: index + 1 })}
              </button>
            </fieldset>
          ))}
          <div class="buttons">
            <button
              type="button"
              onClick={() => {
                const at = Math.floor(player.state.time);
                put({ cuts: [...cuts, { begin: clockText(at), end: clockText(Math.min(at + 60, whole)) }] });
              }}
            >
              {text('clip.cut_add')}
            </button>
            <button type="submit" class="primary" disabled={form.busy}>
              {text('clip.save')}
            </button>
            <button type="button" disabled={form.busy} onClick={() => void set({ begin_s: null, end_s: null, cuts: [] }, text('clip.all_shown'))}>
              {text('clip.show_all')}
            </button>
            <a href={`/videos/${encodeURIComponent(video.id)}?preview`}>{text('desk.preview')}</a>
            <UnsavedMark form={form} />
          </div>
        </form>
      </section>
      <section class="panel" aria-labelledby="clip-another">
        <h2 id="clip-another">{text('clip.another')}</h2>
        <p class="quiet">{text('clip.another_hint')}</p>
        {others.length > 0 && (
          <>
            <p>{text('clip.others')}</p>
            <ul>
              {others.map(({ id, title: name }) => (
                <li key={id}>
                  <a href={`/desk/videos/${encodeURIComponent(id)}`}>{name || text('desk.untitled')}</a>
                </li>
              ))}
            </ul>
          </>
        )}
        <form class="clip-another" onSubmit={copy}>
          <label>
            {text('clip.another_title')}
            <input type="text" required value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
          </label>
          <button type="submit" disabled={busy}>
            {text('clip.another_make')}
          </button>
        </form>
      </section>
    </>
  );
}
