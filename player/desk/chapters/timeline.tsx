import { text } from '../../common/page.ts';
import { timeOf, type ChapterDraft } from './draft.ts';
import type { ChapterView } from './chapters_api.ts';

const HEIGHT = 60;
const WIDTH = 1200;

interface Props {
  readonly found: ChapterView['found'];
  readonly duration_s: number;
  readonly drafts: readonly ChapterDraft[];
  /** A place in it was pointed at. */
  readonly add: (at_s: number) => void;
}

/** How loud a recording is from its beginning to its end, its silences, and where its chapters begin. */
export function Timeline({ found: { waveform, silences }, duration_s, drafts, add }: Props) {
  if (!waveform) return null;
  const across = (at_s: number) => (at_s / duration_s) * WIDTH;
  const step = across(waveform.interval_s);
  // A line up and down through each peak, around the middle.
  const path = waveform.peaks
    .map((peak, at) => {
      const half = Math.max(0.5, (peak / 100) * (HEIGHT / 2));
      return `M${(at * step).toFixed(1)} ${(HEIGHT / 2 - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
    })
    .join('');
  const point = (event: MouseEvent) => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    add(Math.floor(((event.clientX - left) / width) * duration_s));
  };
  return (
    <svg class="chapter-wave" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={text('desk.chapters_wave')} onClick={point}>
      {silences.map(({ begin_s, end_s }) => (
        <rect key={begin_s} class="chapter-silence" x={across(begin_s)} width={across(end_s - begin_s)} y={0} height={HEIGHT} />
      ))}
      <path class="chapter-peaks" d={path} stroke-width={Math.max(1, step)} />
      {drafts.map((draft) => {
        const at_s = timeOf(draft);
        return at_s === undefined ? null : <line key={draft.row} class="chapter-mark" x1={across(at_s)} x2={across(at_s)} y1={0} y2={HEIGHT} />;
      })}
    </svg>
  );
}
