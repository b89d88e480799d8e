import { useContext, useState } from 'preact/hooks';
import { text } from '../common/page.ts';
import { DeskContext } from './context.ts';
import type { Audience, Choices, DeskVideo, VideoChange } from './types.ts';
import { WindowFields } from './window_fields.tsx';
import { formOf, mistakeIn, windowOf } from './window_form.ts';
import { audienceInWords, windowInWords } from './words.ts';

const AUDIENCES: readonly Audience[] = ['everybody', 'staff', 'registered'];

interface Props {
  readonly video: DeskVideo;
  readonly choices: Choices;
  readonly busy: boolean;
  readonly save: (change: VideoChange) => void;
  readonly edited: () => void;
}

/** What a video is called, where it belongs, and who may see it when. */
export function VideoForm({ video, choices, busy, save, edited }: Props) {
  const { zone, now } = useContext(DeskContext);
  const [title, setTitle] = useState(video.title);
  const [speaker, setSpeaker] = useState(video.speaker);
  const [description, setDescription] = useState(video.description);
  const [series, setSeries] = useState(video.series ?? '');
  const [session, setSession] = useState(video.session ?? '');
  const [audience, setAudience] = useState<Audience | ''>(video.audience ?? '');
  const [window, setWindow] = useState(formOf(video.window, zone));
  const [download, setDownload] = useState(video.download);
  const chosen = choices.series.find(({ id }) => id === series);
  const mistake = mistakeIn(window, zone);
  const edit =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      edited();
    };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (mistake) return;
    save({
      title: title.trim(),
      speaker: speaker.trim(),
      description: description.trim(),
      series: series || null,
      session: session || null,
      audience: audience || null,
      window: windowOf(window, zone),
      download,
    });
  };
  return (
    <form class="panel desk-form" onSubmit={submit}>
      <h2>{text('desk.contents')}</h2>
      <label>
        {text('desk.field_title')}
        <input required maxLength={300} value={title} onInput={(event) => edit(setTitle)(event.currentTarget.value)} />
      </label>
      <label>
        {text('desk.field_speaker')}
        <input maxLength={300} value={speaker} onInput={(event) => edit(setSpeaker)(event.currentTarget.value)} />
      </label>
      <label>
        {text('desk.field_description')}
        <textarea rows={3} value={description} onInput={(event) => edit(setDescription)(event.currentTarget.value)} />
      </label>
      <div class="desk-pair">
        <label>
          {text('desk.field_series')}
          <select value={series} onChange={(event) => edit(setSeries)(event.currentTarget.value)}>
            <option value="">{text('desk.none')}</option>
            {choices.series.map(({ id, title: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text('desk.field_session')}
          <select value={session} onChange={(event) => edit(setSession)(event.currentTarget.value)}>
            <option value="">{text('desk.none')}</option>
            {choices.sessions.map(({ id, title: name, when }) => (
              <option key={id} value={id}>
                {when ? text('desk.session_choice', { title: name, when }) : name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <WindowFields
        form={window}
        mistake={mistake}
        ofSeries={chosen ? windowInWords(chosen.window, zone, now) : ''}
        change={edit(setWindow)}
      />
      <label>
        {text('desk.field_audience')}
        <select value={audience} onChange={(event) => edit(setAudience)(event.currentTarget.value as Audience | '')}>
          <option value="">
            {chosen
              ? text('desk.audience_of_series', { audience: audienceInWords(chosen.audience) })
              : text('desk.audience_none')}
          </option>
          {AUDIENCES.map((each) => (
            <option key={each} value={each}>
              {audienceInWords(each)}
            </option>
          ))}
        </select>
      </label>
      <label class="desk-check">
        <input type="checkbox" checked={download} aria-describedby="download-hint" onChange={(event) => edit(setDownload)(event.currentTarget.checked)} />
        {text('desk.field_download')}
      </label>
      <p class="quiet" id="download-hint">
        {text('desk.download_hint')}
      </p>
      <div class="buttons">
        <button type="submit" class="primary" disabled={busy || mistake !== undefined}>
          {text('desk.save')}
        </button>
      </div>
    </form>
  );
}
