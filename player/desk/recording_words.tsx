import { text } from '../common/page.ts';
import { Meter } from './parts.tsx';
import type { DeskVideo, Recording } from './types.ts';
import { adviceFor, durationInWords, remainingInWords } from './words.ts';

function Working({ recording: { progress, playable, file_name } }: { readonly recording: Recording }) {
  const fraction = progress?.fraction ?? 0;
  const words = text('desk.working', { percent: Math.floor(fraction * 100) });
  const remaining = remainingInWords(progress?.remaining_s ?? null);
  return (
    <>
      <Meter fraction={fraction} label={text('desk.working_of', { file: file_name })} />
      <p>{remaining ? text('desk.with_remaining', { words, remaining }) : words}</p>
      {playable && <p class="quiet">{text('desk.playable_already')}</p>}
    </>
  );
}

function Failed({ recording: { failure } }: { readonly recording: Recording }) {
  const advice = adviceFor(failure?.kind ?? '');
  return (
    <div class="problem">
      <p>{failure?.message || text('desk.failed')}</p>
      {advice && <p>{advice}</p>}
    </div>
  );
}

interface Props {
  readonly video: DeskVideo;
  /** Whether this page is the one that sends its upload. */
  readonly sentHere: boolean;
}

/** How far a video's recording is. */
export function RecordingWords({ video: { recording, upload }, sentHere }: Props) {
  if (upload) {
    const percent = upload.length ? Math.floor((upload.offset / upload.length) * 100) : 0;
    if (sentHere) return <p>{text('desk.sending', { percent })}</p>;
    return <p>{text('desk.unfinished', { percent, file: upload.file_name })}</p>;
  }
  if (!recording) return <p class="quiet">{text('desk.no_recording')}</p>;
  switch (recording.state) {
    case 'queued':
      return <p>{text('desk.queued')}</p>;
    case 'working':
      return <Working recording={recording} />;
    case 'live':
      return <p>{text('desk.recording_live')}</p>;
    case 'failed':
      return <Failed recording={recording} />;
    case 'ready':
      return (
        <p>
          {recording.duration_s === null ? text('desk.ready') : durationInWords(recording.duration_s)}
          {recording.lost_s > 0 && (
            <span class="warning">{text('desk.lost', { seconds: Math.ceil(recording.lost_s) })}</span>
          )}
        </p>
      );
  }
}

const MOVING: ReadonlySet<Recording['state']> = new Set<Recording['state']>(['queued', 'working', 'live']);

/** Whether anything about a video moves by itself. */
export const isBusy = ({ recording, upload }: DeskVideo): boolean =>
  upload !== null || (recording !== null && MOVING.has(recording.state));
