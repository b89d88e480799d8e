import { useState } from 'preact/hooks';
import { clockTime } from '../../common/clock_time.ts';
import { text } from '../../common/page.ts';
import { AskingButton } from '../parts.tsx';
import type { LiveView } from './live_api.ts';

interface Props {
  readonly live: LiveView;
  readonly busy: boolean;
  readonly pause: (on: boolean) => void;
  /** `item`: its number in the programme, from 1; else the title counts. Gives whether it was taken. */
  readonly mark: (title: string, item?: number) => Promise<boolean>;
  readonly end: () => void;
}

function Marks({ live: { marks } }: { readonly live: LiveView }) {
  if (marks.length === 0) return null;
  return (
    <>
      <h3>{text('desk.live_marks')}</h3>
      <ol class="live-marks">
        {marks.map(({ at_s, title }) => (
          <li key={`${at_s} ${title}`}>
            <span class="quiet">{clockTime(at_s)}</span> {title}
          </li>
        ))}
      </ol>
    </>
  );
}

/** What the clerk does while a session runs: says what is on, breaks, ends. */
export function ProgressPanel({ live, busy, pause, mark, end }: Props) {
  const [title, setTitle] = useState('');
  const hasBegun = live.state === 'live' || live.state === 'interrupted' || live.state === 'break';
  const isBreak = live.state === 'break';
  return (
    <section class="panel" aria-labelledby="live-progress">
      <h2 id="live-progress">{text('desk.live_progress')}</h2>
      <div class="buttons">
        <button type="button" disabled={busy || !hasBegun} onClick={() => pause(!isBreak)}>
          {isBreak ? text('desk.live_break_end') : text('desk.live_break_begin')}
        </button>
        <AskingButton
          kind="danger"
          action={text('desk.live_end')}
          disabled={busy || !hasBegun}
          question={text('desk.live_end_question')}
          lost={[text('desk.live_end_for_good'), text('desk.live_end_archive')]}
          run={end}
        />
      </div>
      <h3>{text('desk.live_now')}</h3>
      <p class="quiet">{text('desk.live_mark_hint')}</p>
      <ul class="live-items">
        {live.items.map((item, index) => (
          <li key={index}>
            <button
              type="button"
              aria-current={item === live.marks.at(-1)?.title ? 'true' : undefined}
              disabled={busy || !hasBegun}
              onClick={() => void mark(item, index + 1)}
            >
              <span class="quiet">{index + 1}</span> {item}
            </button>
          </li>
        ))}
      </ul>
      <form
        class="live-other"
        onSubmit={(event) => {
          event.preventDefault();
          if (!title.trim()) return;
          void mark(title.trim()).then((taken) => taken && setTitle(''));
        }}
      >
        <label>
          {text('desk.live_other')}
          <input type="text" maxLength={200} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <button type="submit" disabled={busy || !hasBegun}>
          {text('desk.live_add_mark')}
        </button>
      </form>
      <Marks live={live} />
    </section>
  );
}
