import { useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import type { LiveView, Span } from './live_api.ts';
import { clockText, secondsOf } from './span_text.ts';

interface Props {
  readonly live: LiveView;
  readonly busy: boolean;
  readonly trim: (span: Span) => void;
}

/** What a field says; what it said at first stands for the exact time behind it. */
const exactly = (field: string, at: number) => (field === clockText(at) ? at : secondsOf(field));

/** What of the stream its recording shows. */
export function TrimPanel({ live: { trim: now, recorded_s }, busy, trim }: Props) {
  const [begin, setBegin] = useState(clockText(now?.begin_s ?? 0));
  const [end, setEnd] = useState(clockText(now?.end_s ?? recorded_s));
  const [wrong, setWrong] = useState('');
  const save = (event: Event) => {
    event.preventDefault();
    const begin_s = exactly(begin, now?.begin_s ?? 0);
    const end_s = exactly(end, now?.end_s ?? recorded_s);
    if (begin_s === undefined || end_s === undefined) setWrong(text('desk.live_trim_wrong'));
    else if (begin_s >= end_s) setWrong(text('desk.live_trim_order'));
    else {
      setWrong('');
      trim({ begin_s, end_s });
    }
  };
  const invalid = wrong ? 'true' : undefined;
  return (
    <section class="panel" aria-labelledby="live-trim">
      <h2 id="live-trim">{text('desk.live_trim')}</h2>
      <p class="quiet" id="live-trim-hint">
        {text('desk.live_trim_hint')}
      </p>
      <form class="live-trim" onSubmit={save}>
        <label>
          {text('desk.live_trim_begin')}
          <input type="text" size={9} aria-describedby="live-trim-hint" aria-invalid={invalid} value={begin} onInput={(event) => setBegin(event.currentTarget.value)} />
        </label>
        <label>
          {text('desk.live_trim_end')}
          <input type="text" size={9} aria-describedby="live-trim-hint" aria-invalid={invalid} value={end} onInput={(event) => setEnd(event.currentTarget.value)} />
        </label>
        <button type="submit" disabled={busy}>
          {text('desk.live_trim_save')}
        </button>
      </form>
      {wrong && (
        <p class="problem" role="alert">
          {wrong}
        </p>
      )}
    </section>
  );
}
