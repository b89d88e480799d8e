import { text } from '../../common/page.ts';
import { hasTitle, timeOf, type ChapterDraft } from './draft.ts';

interface Props {
  readonly video: string;
  readonly draft: ChapterDraft;
  /** Its place among all, from 1. */
  readonly number: number;
  readonly watchable: boolean;
  readonly change: (change: Partial<ChapterDraft>) => void;
  readonly remove: () => void;
}

/** A chapter in the editor: its time and its title in fields, and what can be done with it. */
export function ChapterRow({ video, draft, number, watchable, change, remove }: Props) {
  const at_s = timeOf(draft);
  return (
    <li>
      <input
        type="text"
        size={9}
        placeholder="0:00:00"
        aria-label={text('desk.chapters_time_of', { number })}
        aria-invalid={at_s === undefined && draft.time !== '' ? 'true' : undefined}
        value={draft.time}
        onInput={(event) => change({ time: event.currentTarget.value })}
      />
      <input
        type="text"
        class="chapter-title"
        maxLength={200}
        list="chapter-titles"
        aria-label={text('desk.chapters_title_of', { number })}
        aria-invalid={hasTitle(draft) ? undefined : 'true'}
        value={draft.title}
        onInput={(event) => change({ title: event.currentTarget.value })}
      />
      <span class="chapter-acts">
        {watchable && at_s !== undefined && (
          <a href={`/videos/${encodeURIComponent(video)}?preview&t=${Math.floor(at_s)}`} target="_blank" aria-label={text('desk.captions_watch_of', { number })}>
            {text('desk.captions_watch')}
          </a>
        )}
        <button type="button" class="plain" aria-label={text('desk.captions_remove_of', { number })} onClick={remove}>
          {text('desk.captions_remove')}
        </button>
      </span>
    </li>
  );
}
