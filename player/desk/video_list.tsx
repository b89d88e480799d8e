import { useContext } from 'preact/hooks';
import { text } from '../common/page.ts';
import { DeskContext } from './context.ts';
import { listVideos } from './desk_api.ts';
import { FilePicker, Problem, StateMark } from './parts.tsx';
import { usePolling } from './polling.ts';
import { isBusy, RecordingWords } from './recording_words.tsx';
import type { DeskVideo } from './types.ts';
import { UploadRow } from './upload_row.tsx';
import { unfinishedOf, useUploading } from './uploading.ts';
import { audienceInWords, windowInWords } from './words.ts';

const TWO_WEEKS_MS = 14 * 86_400_000;

const addressOf = ({ id }: DeskVideo) => `/desk/videos/${encodeURIComponent(id)}`;

interface RowProps {
  readonly video: DeskVideo;
  readonly sentHere: boolean;
}

function Row({ video, sentHere }: RowProps) {
  const { zone, now } = useContext(DeskContext);
  return (
    <tr>
      <th scope="row">
        <a href={addressOf(video)}>{video.title || text('desk.untitled')}</a>
        {video.speaker && <span class="quiet"> {video.speaker}</span>}
      </th>
      <td data-label={text('desk.column_state')}>
        <StateMark state={video.state} />
      </td>
      <td data-label={text('desk.column_window')}>
        {windowInWords(video.effective_window, zone, now)}
        <span class="quiet">{audienceInWords(video.effective_audience)}</span>
      </td>
      <td data-label={text('desk.column_recording')}>
        <RecordingWords video={video} sentHere={sentHere} />
      </td>
    </tr>
  );
}

interface TableProps {
  readonly videos: readonly DeskVideo[];
  /** Uploads that this page sends. */
  readonly sent: ReadonlySet<string>;
}

function Table({ videos, sent }: TableProps) {
  if (videos.length === 0) return <p class="empty">{text('desk.empty')}</p>;
  return (
    <table class="desk-table">
      <caption class="for-ears">{text('desk.videos')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('desk.column_title')}</th>
          <th scope="col">{text('desk.column_state')}</th>
          <th scope="col">{text('desk.column_window')}</th>
          <th scope="col">{text('desk.column_recording')}</th>
        </tr>
      </thead>
      <tbody>
        {videos.map((video) => (
          <Row key={video.id} video={video} sentHere={sent.has(video.upload?.id ?? '')} />
        ))}
      </tbody>
    </table>
  );
}

/** What opens and closes soon, and the way to where windows are changed. */
function WindowsLink({ videos, now }: { readonly videos: readonly DeskVideo[]; readonly now: number }) {
  const { readsOnly } = useContext(DeskContext);
  const isSoon = (instant: string | null) => instant !== null && Date.parse(instant) > now && Date.parse(instant) <= now + TWO_WEEKS_MS;
  const published = videos.filter((video) => video.published);
  const opens = published.filter(({ effective_window: { opens_at } }) => isSoon(opens_at)).length;
  const closes = published.filter(({ effective_window: { closes_at } }) => isSoon(closes_at)).length;
  return (
    <p class="buttons">
      <a href="/desk/windows">{text('windows.title')}</a>
      <span class="quiet">{text('windows.soon', { opens, closes })}</span>
      {!readsOnly && <a href="/desk/see-as">{text('see_as.title')}</a>}
    </p>
  );
}

/** All videos with their states, and the place where recordings come in. */
export function VideoList() {
  const { value, problem, refresh } = usePolling(listVideos, ({ videos }) => videos.some(isBusy));
  const { uploads, add, remove } = useUploading(refresh);
  // What still has to arrive comes first; the rest in the server's order, newest upload first.
  const arriving = ({ upload }: DeskVideo) => (upload ? 0 : 1);
  const videos = [...(value?.videos ?? [])].sort((a, b) => arriving(a) - arriving(b));
  const videoOf = (id: string) => videos.find(({ upload }) => upload?.id === id);
  return (
    <>
      <h1>{text('desk.title')}</h1>
      {value && <WindowsLink videos={videos} now={Date.parse(value.now)} />}
      <section class="desk-incoming" aria-label={text('desk.incoming')}>
        <FilePicker
          label={text('desk.drop')}
          hint={text('desk.drop_hint')}
          multiple
          pick={(files) => add(files, '', unfinishedOf(videos))}
        />
        {uploads.map((upload) => {
          const video = videoOf(upload.id);
          return (
            <div class="panel" key={upload}>
              <UploadRow upload={upload} remove={() => remove(upload)} />
              {video && (
                <a href={addressOf(video)} target="_blank">
                  {text('desk.describe_meanwhile')}
                </a>
              )}
            </div>
          );
        })}
      </section>
      {problem && <Problem>{problem}</Problem>}
      <section aria-label={text('desk.videos')}>
        {value ? <Table videos={videos} sent={new Set(uploads.map(({ id }) => id))} /> : !problem && <p class="loading">{text('site.loading')}</p>}
      </section>
    </>
  );
}
