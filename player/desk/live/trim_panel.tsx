import { useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import type { LiveView, Span } from './live_api.ts';
import { clockText, secondsOf } from './span_text.ts';

interface Props {
  readonly live: LiveView;
  readonly busy: boolean;
  readonly trim: (span: Span) => void;
}

/** What of the stream its recording shows. */
export function TrimPanel({ live: { trim: now, recorded_s }, busy, trim }: Props) {
  const [begin, setBegin] = useState(clockText(now?.begin_s ?? 0));
  const [end, setEnd] = useState(clockText(now?.end_s ?? recorded_s));
  const [wrong, setWrong] = useState(false);
  const save = (event: Event) => {
    event.preventDefault();
    const [begin_s, end_s] = [secondsOf(begin), secondsOf(end)];
    const isRight = begin_s !== undefined && end_s !== undefined && begin_s < end_s;
    setWrong(!isRight);
    if (isRight) trim({ begin_s, end_s });
  };
  return (
    <section class="panel" aria-labelledby="live-trim">
      <h2 id="live-trim">{text('desk.live_trim')}</h2>
      <p class="quiet" id="live-trim-hint">
        {text('desk.live_trim_hint')}
      </p>
      <form class="live-trim" onSubmit={save}>
        <label>
          {text('desk.live_trim_begin')}
          <input type="text" size={9} aria-describedby="live-trim-hint" value={begin} onInput={(event) => setBegin(event.currentTarget.value)} />
        </label>
        <label>
          {text('desk.live_trim_end')}
          <input type="text" size={9} aria-describedby="live-trim-hint" value={end} onInput={(event) => setEnd(event.currentTarget.value)} />
        </label>
        <button type="submit" disabled={busy}>
          {text('desk.live_trim_save')}
        </button>
      </form>
      {wrong && (
        <p class="problem" role="alert">
          {text('desk.live_trim_wrong')}
        </p>
      )}
    </section>
  );
}
