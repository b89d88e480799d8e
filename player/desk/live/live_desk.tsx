import { useRef, useState } from 'preact/hooks';
import { clockTime } from '../../common/clock_time.ts';
import { text } from '../../common/page.ts';
import type { LiveState } from '../../watch/live/live_status.ts';
import { Problem } from '../parts.tsx';
import { inWords, usePolling } from '../polling.ts';
import { KeyPanel } from './key_panel.tsx';
import { endStream, makeKey, markItem, markTitle, readLive, setBreak, trimTo, type StreamKey } from './live_api.ts';
import { ProgressPanel } from './progress_panel.tsx';
import { PublisherPanel } from './publisher_panel.tsx';
import { TrimPanel } from './trim_panel.tsx';
import { ViewersPanel } from './viewers_panel.tsx';

const badges: Readonly<Record<LiveState, () => string>> = {
  before: () => text('live.state_before'),
  waiting: () => text('live.state_waiting'),
  live: () => text('live.state_live'),
  interrupted: () => text('live.state_interrupted'),
  break: () => text('live.state_break'),
  ended: () => text('live.state_ended'),
};

/** The control of a live entry's stream, from its key to its archive. */
export function LiveDesk({ id }: { readonly id: string }) {
  const polled = usePolling((signal) => readLive(id, signal), ({ state }) => state !== 'ended');
  const [key, setKey] = useState<StreamKey>();
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // The same words twice are two pieces of news.
  const tell = (words: string) => {
    setTold('');
    requestAnimationFrame(() => setTold(words));
  };
  /** Gives whether it was done. */
  const act = async (work: () => Promise<void>, done: string): Promise<boolean> => {
    setBusy(true);
    setProblem('');
    setTold('');
    const isDone = await work().then(
      () => true,
      (error: unknown) => {
        setProblem(inWords(error));
        return false;
      },
    );
    if (isDone) tell(done);
    setBusy(false);
    polled.refresh();
    return isDone;
  };
  const live = polled.value;
  if (!live) return polled.problem ? <Problem>{polled.problem}</Problem> : <p class="loading">{text('site.loading')}</p>;
  return (
    <section class="live-desk" aria-labelledby="live-desk">
      <h2 id="live-desk" tabIndex={-1} ref={heading}>{text('desk.live')}</h2>
      <p class="live-line" role="status" data-state={live.state}>
        <strong class="live-badge">{badges[live.state]()}</strong> <span>{told}</span>
      </p>
      <p class="quiet">
        {live.recorded_s > 0 && <span>{text('desk.live_recorded', { time: clockTime(live.recorded_s) })} </span>}
        <a href={`/videos/${encodeURIComponent(id)}?preview`}>{text('desk.live_watch')}</a>
      </p>
      {live.warning && <Problem>{live.warning}</Problem>}
      {(problem || polled.problem) && <Problem>{problem || polled.problem}</Problem>}
      <div class="live-panels">
        {live.state !== 'ended' && (
          <ProgressPanel
            live={live}
            busy={busy}
            pause={(on) => void act(() => setBreak(id, on), on ? text('desk.live_in_break') : text('desk.live_break_over'))}
            mark={(title, item) =>
              act(() => (item ? markItem(id, item) : markTitle(id, title)), text('desk.live_marked', { title }))
            }
            end={() => void act(() => endStream(id), text('desk.live_ended')).then(() => heading.current?.focus())}
          />
        )}
        {live.state === 'ended' && (
          <TrimPanel
            key={live.recorded_s}
            live={live}
            busy={busy}
            trim={(span) => void act(() => trimTo(id, span), text('desk.live_trimmed'))}
          />
        )}
        {live.state !== 'ended' && (
          <div class="live-side">
            <PublisherPanel live={live} />
            <ViewersPanel live={live} />
            <KeyPanel
              id={id}
              live={live}
              busy={busy}
              made={key}
              make={() => void act(() => makeKey(id).then(setKey), text('desk.live_key_ready'))}
              tell={tell}
            />
          </div>
        )}
      </div>
    </section>
  );
}
