import { useContext, useEffect, useState } from 'preact/hooks';
import { text } from '../common/page.ts';
import { sizeInWords } from '../common/size.ts';
import { CaptionsPanel } from './captions/captions_panel.tsx';
import { ChaptersPanel } from './chapters/chapters_panel.tsx';
import { DeskContext } from './context.ts';
import { LiveDesk } from './live/live_desk.tsx';
import { MaterialsPanel } from './materials/materials_panel.tsx';
import { changeVideo, deleteVideo, readChoices, readVideo, retryRecording } from './desk_api.ts';
import { Confirm, FilePicker, Problem } from './parts.tsx';
import { inWords, usePolling } from './polling.ts';
import { PublishingPanel } from './publishing/publishing_panel.tsx';
import { isBusy, RecordingWords } from './recording_words.tsx';
import type { Choices, DeskVideo } from './types.ts';
import { UploadRow } from './upload_row.tsx';
import { useUploading, type Uploading } from './uploading.ts';
import { VideoForm } from './video_form.tsx';

interface RecordingProps {
  readonly video: DeskVideo;
  readonly uploading: Uploading;
  readonly retry: () => void;
}

function RecordingPanel({ video, uploading: { uploads, add, remove }, retry }: RecordingProps) {
  const { recording, upload } = video;
  const { readsOnly } = useContext(DeskContext);
  const label = upload ? text('desk.pick_again') : recording ? text('desk.replace_file') : text('desk.pick_file');
  const running = uploads.filter(({ state }) => state.phase !== 'done');
  return (
    <section class="panel" aria-labelledby="recording">
      <h2 id="recording">{text('desk.recording')}</h2>
      {running.length === 0 && <RecordingWords video={video} sentHere={false} />}
      {running.map((each) => (
        <UploadRow key={each} upload={each} remove={() => remove(each)} />
      ))}
      {recording && recording.bytes > 0 && (
        <p class="quiet">
          {recording.file_name} {sizeInWords(recording.bytes)}
        </p>
      )}
      {recording?.state === 'failed' && (
        <div class="buttons">
          <button type="button" onClick={retry}>
            {text('desk.retry')}
          </button>
        </div>
      )}
      {!readsOnly && recording?.state === 'ready' && recording.duration_s !== null && (
        <p>
          <a href={`/desk/videos/${encodeURIComponent(video.id)}/clip`}>{text('clip.title')}</a>{' '}
          <a href={`/desk/videos/${encodeURIComponent(video.id)}/withdraw`}>{text('withdraw.title')}</a>
        </p>
      )}
      {recording && recording.shown_by.length > 0 && (
        <p class="quiet">{text('clip.shared', { titles: recording.shown_by.map(({ title }) => `「${title}」`).join('') })}</p>
      )}
      {running.length === 0 && recording?.state !== 'working' && (
        <FilePicker label={label} pick={(files) => add(files, video.id, upload ? [upload] : [])} />
      )}
    </section>
  );
}

/** One video at the desk. */
export function VideoDetails({ id }: { readonly id: string }) {
  const polled = usePolling((signal) => readVideo(id, signal), isBusy);
  const uploading = useUploading(polled.refresh);
  const [choices, setChoices] = useState<Choices>();
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const [unsaved, setUnsaved] = useState(false);
  const [deleting, setDeleting] = useState(false);
  useEffect(() => {
    readChoices().then(setChoices, (error: unknown) => setProblem(inWords(error)));
  }, []);
  useEffect(() => {
    if (!unsaved) return undefined;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [unsaved]);
  const act = async (work: () => Promise<void>, done: string) => {
    setBusy(true);
    setProblem('');
    setTold('');
    try {
      await work();
      setTold(done);
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  const video = polled.value;
  const remove = (confirmed: boolean) => {
    setDeleting(false);
    if (!confirmed) return;
    setUnsaved(false);
    void act(() => deleteVideo(id).then(() => location.assign('/desk')), '');
  };
  return (
    <>
      <nav aria-label={text('site.where')} class="trail">
        <a href="/desk">{text('desk.title')}</a>
      </nav>
      <h1>{video ? video.title || text('desk.untitled') : text('desk.video')}</h1>
      <p role="status" class="told">
        {told}
      </p>
      {(problem || polled.problem) && <Problem>{problem || polled.problem}</Problem>}
      {(!video || !choices) && !problem && !polled.problem && <p class="loading">{text('site.loading')}</p>}
      {video?.kind === 'live' && <LiveDesk id={id} />}
      {video && choices && (
        <div class="desk-details">
          <div class="desk-side">
            <RecordingPanel
              video={video}
              uploading={uploading}
              retry={() => void act(() => retryRecording(id).then(polled.refresh), text('desk.retrying'))}
            />
            <PublishingPanel
              video={video}
              busy={busy || unsaved}
              publish={(published, reason) =>
                void act(
                  () => changeVideo(id, { published, ...(reason ? { reason } : {}) }).then(polled.put),
                  published ? text('desk.published') : text('desk.unpublished'),
                )
              }
            />
          </div>
          <VideoForm
            key={id}
            video={video}
            choices={choices}
            busy={busy}
            edited={() => setUnsaved(true)}
            save={(change) =>
              void act(async () => {
                polled.put(await changeVideo(id, change));
                setUnsaved(false);
              }, text('desk.saved'))
            }
          />
          <MaterialsPanel owner={{ video: id }} />
          {(video.kind !== 'live' || video.recording?.state === 'ready') && (
            <ChaptersPanel video={id} watchable={video.recording?.playable ?? false} ready={video.recording?.state === 'ready'} />
          )}
          <CaptionsPanel video={id} watchable={video.recording?.playable ?? false} ready={video.recording?.state === 'ready'} />
          <section class="panel desk-delete" aria-labelledby="delete">
            <h2 id="delete">{text('desk.delete')}</h2>
            <p class="quiet">{text('desk.delete_hint')}</p>
            <button type="button" class="danger" disabled={busy} onClick={() => setDeleting(true)}>
              {text('desk.delete_this')}
            </button>
          </section>
        </div>
      )}
      {deleting && video && (
        <Confirm
          question={text('desk.delete_question', { title: video.title || text('desk.untitled') })}
          lost={[
            text('desk.lost_page'),
            ...(video.recording && video.recording.shown_by.length === 0
              ? [text('desk.lost_recording', { file: video.recording.file_name, size: sizeInWords(video.recording.bytes) })]
              : []),
            ...(video.recording ? [text('desk.lost_figures')] : []),
            ...(video.upload ? [text('desk.lost_upload', { file: video.upload.file_name })] : []),
          ]}
          action={text('desk.delete_this')}
          done={remove}
        />
      )}
    </>
  );
}
