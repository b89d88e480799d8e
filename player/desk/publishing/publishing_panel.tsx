import { useContext, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { StateMark } from '../parts.tsx';
import type { CheckedVideo } from '../types.ts';
import { audienceInWords, windowInWords } from '../words.ts';
import { ChecklistView } from './checklist_view.tsx';
import { failedOf, subjectsInWords } from './checks.ts';
import { ReasonDialog } from './reason_dialog.tsx';

/** What keeps people from watching although it is published, or nothing. */
function obstacleTo({ recording, state, kind }: CheckedVideo): string {
  if (!recording?.playable && kind !== 'live') return text('desk.not_playable_yet');
  return state === 'closed' ? text('desk.closed_already') : '';
}

interface Props {
  readonly video: CheckedVideo;
  readonly busy: boolean;
  /** `reason`: why, although a check fails. */
  readonly publish: (published: boolean, reason?: string) => void;
}

/** Whether and to whom a video is open, what was checked beforehand, and the button. */
export function PublishingPanel({ video, busy, publish }: Props) {
  const { zone, now } = useContext(DeskContext);
  const [asks, setAsks] = useState(false);
  const { published, effective_window, effective_audience, recording, checklist } = video;
  const obstacle = obstacleTo(video);
  const failed = failedOf(checklist);
  const answered = (reason: string | undefined) => {
    setAsks(false);
    if (reason) publish(true, reason);
  };
  return (
    <section class="panel" aria-labelledby="publishing">
      <h2 id="publishing">{text('desk.publishing')}</h2>
      <p>
        <StateMark state={video.state} /> {windowInWords(effective_window, zone, now)}
      </p>
      <p class="quiet">{audienceInWords(effective_audience)}</p>
      {obstacle && <p class="warning">{obstacle}</p>}
      <ChecklistView checklist={checklist} />
      <div class="buttons">
        {published ? (
          <button type="button" disabled={busy} onClick={() => publish(false)}>
            {text('desk.unpublish')}
          </button>
        ) : (
          <button type="button" class="primary" disabled={busy} onClick={() => (failed.length > 0 ? setAsks(true) : publish(true))}>
            {text('desk.publish')}
          </button>
        )}
        {recording?.playable && <a href={`/videos/${encodeURIComponent(video.id)}?preview`}>{text('desk.preview')}</a>}
        {published && <a href={`/videos/${encodeURIComponent(video.id)}`}>{text('desk.to_page')}</a>}
      </div>
      {asks && <ReasonDialog failed={subjectsInWords(failed)} before={checklist.overridden?.reason ?? ''} done={answered} />}
    </section>
  );
}
