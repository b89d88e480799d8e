import { text } from '../../common/page.ts';
import { cueTimeOf } from './cue_time.ts';
import { isTime, type CueDraft } from './draft.ts';

interface Props {
  readonly video: string;
  readonly cue: CueDraft;
  /** Its place among all, from 1. */
  readonly number: number;
  readonly watchable: boolean;
  readonly change: (change: Partial<CueDraft>) => void;
  readonly add: () => void;
  readonly remove: () => void;
}

/** Where the page of a video goes to what the cue is about. */
function previewOf(video: string, { start }: CueDraft): string {
  const at = Math.floor(cueTimeOf(start) ?? 0);
  return `/videos/${encodeURIComponent(video)}?preview&t=${at}`;
}

/** A cue in the editor: its times and its text in fields, and what can be done with it. */
export function CueRow({ video, cue, number, watchable, change, add, remove }: Props) {
  const time = (label: string, value: string, put: (value: string) => void) => (
    <input
      type="text"
      size={12}
      aria-label={label}
      aria-invalid={isTime(value) ? undefined : 'true'}
      value={value}
      onInput={(event) => put(event.currentTarget.value)}
    />
  );
  return (
    <tr>
      <th scope="row">{number}</th>
      <td class="cue-times">
        {time(text('desk.captions_start_of', { number }), cue.start, (start) => change({ start }))}
        {time(text('desk.captions_end_of', { number }), cue.end, (end) => change({ end }))}
      </td>
      <td>
        <textarea
          rows={2}
          aria-label={text('desk.captions_text_of', { number })}
          value={cue.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </td>
      <td class="cue-acts">
        {watchable && (
          <a href={previewOf(video, cue)} target="_blank" aria-label={text('desk.captions_watch_of', { number })}>
            {text('desk.captions_watch')}
          </a>
        )}
        <button type="button" class="plain" aria-label={text('desk.captions_add_after', { number })} onClick={add}>
          {text('desk.captions_add')}
        </button>
        <button type="button" class="plain" aria-label={text('desk.captions_remove_of', { number })} onClick={remove}>
          {text('desk.captions_remove')}
        </button>
      </td>
    </tr>
  );
}
