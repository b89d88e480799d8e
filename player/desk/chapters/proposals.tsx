import type { ComponentChildren } from 'preact';
import { clockTime } from '../../common/clock_time.ts';
import { text } from '../../common/page.ts';
import type { Chapter, Silence, Slide } from './chapters_api.ts';
import { isThere, type ChapterDraft } from './draft.ts';

/** A pause of a speaker says less than a break: so many of the longest are proposed. */
const MOST_SILENCES = 30;

interface ProposalProps {
  readonly chapter: Chapter;
  readonly picture?: string;
  readonly drafts: readonly ChapterDraft[];
  readonly add: (chapter: Chapter) => void;
  readonly children: ComponentChildren;
}

function Proposal({ chapter, picture, drafts, add, children }: ProposalProps) {
  const time = clockTime(chapter.at_s);
  const there = isThere(drafts, chapter.at_s);
  return (
    <li>
      {picture && <img src={picture} alt="" loading="lazy" decoding="async" width={160} height={90} />}
      <span class="chapter-words">
        <span class="quiet">{time}</span> {children}
      </span>
      <button
        type="button"
        disabled={there}
        aria-label={there ? text('desk.chapters_there_of', { time }) : text('desk.chapters_add_of', { time })}
        onClick={() => add(chapter)}
      >
        {there ? text('desk.chapters_there') : text('desk.captions_add')}
      </button>
    </li>
  );
}

/** The longest silences, in their order. */
export function longestOf(silences: readonly Silence[]): readonly Silence[] {
  const length = ({ begin_s, end_s }: Silence) => end_s - begin_s;
  return [...silences]
    .sort((one, other) => length(other) - length(one))
    .slice(0, MOST_SILENCES)
    .sort((one, other) => one.begin_s - other.begin_s);
}

interface Props {
  readonly found: readonly Chapter[];
  readonly silences: readonly Silence[];
  readonly slides: readonly Slide[];
  readonly duration_s: number | null;
  readonly drafts: readonly ChapterDraft[];
  readonly add: (chapters: readonly Chapter[]) => void;
}

/** Where a chapter could begin, by what was found in the recording. Nothing becomes one without a click. */
export function Proposals({ found, silences, slides, duration_s, drafts, add }: Props) {
  const ends = longestOf(silences.filter(({ end_s }) => duration_s === null || end_s < duration_s - 1));
  const one = (chapter: Chapter) => add([chapter]);
  const missing = found.filter(({ at_s }) => !isThere(drafts, at_s));
  if (found.length + slides.length + ends.length === 0) return null;
  return (
    <div class="chapter-proposals">
      <h3>{text('desk.chapters_proposals')}</h3>
      <p class="quiet">{text('desk.chapters_proposals_hint')}</p>
      {found.length > 0 && (
        <details open>
          <summary>{text('desk.chapters_found', { count: found.length })}</summary>
          <div class="buttons">
            <button type="button" disabled={missing.length === 0} onClick={() => add(missing)}>
              {text('desk.chapters_add_all')}
            </button>
          </div>
          <ul>
            {found.map((chapter) => (
              <Proposal key={chapter.at_s} chapter={chapter} drafts={drafts} add={one}>
                {chapter.title}
              </Proposal>
            ))}
          </ul>
        </details>
      )}
      {slides.length > 0 && (
        <details open={found.length === 0}>
          <summary>{text('desk.chapters_slides', { count: slides.length })}</summary>
          <ul class="chapter-slides">
            {slides.map(({ at_s, picture }, at) => {
              const title = text('desk.chapters_slide', { number: at + 1 });
              return (
                <Proposal key={at_s} chapter={{ at_s, title }} picture={picture} drafts={drafts} add={one}>
                  {title}
                </Proposal>
              );
            })}
          </ul>
        </details>
      )}
      {ends.length > 0 && (
        <details>
          <summary>{text('desk.chapters_silences', { count: ends.length })}</summary>
          <ul>
            {ends.map(({ begin_s, end_s }) => (
              <Proposal key={end_s} chapter={{ at_s: end_s, title: '' }} drafts={drafts} add={one}>
                {text('desk.chapters_silence', { seconds: Math.round(end_s - begin_s) })}
              </Proposal>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
