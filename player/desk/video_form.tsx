import { useContext, useEffect } from 'preact/hooks';
import { text } from '../common/page.ts';
import type { Zone } from '../common/zone.ts';
import { DeskContext } from './context.ts';
import { changeVideo, readVideo } from './desk_api.ts';
import { FormNotes, UnsavedMark, type FieldNames } from './editing/form_notes.tsx';
import { plainCodec, type Seen } from './editing/form_state.ts';
import { useForm } from './editing/use_form.ts';
import type { Audience, CheckedVideo, Choices, VideoChange } from './types.ts';
import { WindowFields } from './window_fields.tsx';
import { formOf, mistakeIn, windowOf, type WindowForm } from './window_form.ts';
import { audienceInWords, windowInWords } from './words.ts';

const AUDIENCES: readonly Audience[] = ['everybody', 'staff', 'registered'];

interface VideoFields {
  readonly title: string;
  readonly speaker: string;
  readonly description: string;
  readonly series: string;
  readonly session: string;
  readonly audience: Audience | '';
  readonly window: WindowForm;
  readonly download: boolean;
}

const codec = plainCodec<VideoFields>();

const seenOf = (video: CheckedVideo, zone: Zone): Seen<VideoFields> => ({
  version: video.version,
  fields: {
    title: video.title,
    speaker: video.speaker,
    description: video.description,
    series: video.series ?? '',
    session: video.session ?? '',
    audience: video.audience ?? '',
    window: formOf(video.window, zone),
    download: video.download,
  },
});

const changeOf = (fields: VideoFields, zone: Zone): VideoChange => ({
  ...fields,
  title: fields.title.trim(),
  speaker: fields.speaker.trim(),
  description: fields.description.trim(),
  series: fields.series || null,
  session: fields.session || null,
  audience: fields.audience || null,
  window: windowOf(fields.window, zone),
});

interface Props {
  readonly video: CheckedVideo;
  readonly choices: Choices;
  readonly saved: (video: CheckedVideo) => void;
  /** Whether there is something to save. */
  readonly edited: (unsaved: boolean) => void;
}

/** What a video is called, where it belongs, and who may see it when. */
export function VideoForm({ video, choices, saved, edited }: Props) {
  const { zone, now } = useContext(DeskContext);
  const form = useForm<VideoFields>({
    name: `video ${video.id}`,
    seen: seenOf(video, zone),
    read: async () => seenOf(await readVideo(video.id), zone),
    codec,
  });
  const { title, speaker, description, series, session, audience, window, download } = form.fields;
  const put = (change: Partial<VideoFields>) => form.change({ ...form.fields, ...change });
  const chosen = choices.series.find(({ id }) => id === series);
  const mistake = mistakeIn(window, zone);
  useEffect(() => edited(form.unsaved), [form.unsaved]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (mistake) return;
    void form.save(async (fields, version) => {
      const answer = await changeVideo(video.id, changeOf(fields, zone), version);
      saved(answer);
      return seenOf(answer, zone);
    });
  };
  const names: FieldNames<VideoFields> = {
    title: text('desk.field_title'),
    speaker: text('desk.field_speaker'),
    description: text('desk.field_description'),
    series: text('desk.field_series'),
    session: text('desk.field_session'),
    audience: text('desk.field_audience'),
    window: text('desk.window'),
    download: text('desk.field_download'),
  };
  return (
    <form class="panel desk-form" onSubmit={submit}>
      <h2>{text('desk.contents')}</h2>
      <FormNotes form={form} names={names} />
      <label>
        {text('desk.field_title')}
        <input required maxLength={300} value={title} onInput={(event) => put({ title: event.currentTarget.value })} />
      </label>
      <label>
        {text('desk.field_speaker')}
        <input maxLength={300} value={speaker} onInput={(event) => put({ speaker: event.currentTarget.value })} />
      </label>
      <label>
        {text('desk.field_description')}
        <textarea rows={3} value={description} onInput={(event) => put({ description: event.currentTarget.value })} />
      </label>
      <div class="desk-pair">
        <label>
          {text('desk.field_series')}
          <select value={series} onChange={(event) => put({ series: event.currentTarget.value })}>
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
          <select value={session} onChange={(event) => put({ session: event.currentTarget.value })}>
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
        change={(next) => put({ window: next })}
      />
      <label>
        {text('desk.field_audience')}
        <select value={audience} onChange={(event) => put({ audience: event.currentTarget.value as Audience | '' })}>
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
        <input type="checkbox" checked={download} aria-describedby="download-hint" onChange={(event) => put({ download: event.currentTarget.checked })} />
        {text('desk.field_download')}
      </label>
      <p class="quiet" id="download-hint">
        {text('desk.download_hint')}
      </p>
      <div class="buttons">
        <button type="submit" class="primary" disabled={form.busy || mistake !== undefined}>
          {text('desk.save')}
        </button>
        <UnsavedMark form={form} />
      </div>
    </form>
  );
}
