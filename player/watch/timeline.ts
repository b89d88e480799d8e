import type { Span } from './spans.ts';

/** A piece of a video where it lies in what plays: seconds; a length of null lasts to the end. */
export type Piece = readonly [begin: number, length: number | null];

/** Nearer to the end of a piece nothing of it is seen any more. */
const REST_S = 0.05;

/**
 * What plays consists of whole segments: they begin before what the video shows, end behind it, and where a break was
 * cut out two of them meet. Turns seconds of what plays into seconds of the video, and back.
 */
export class Timeline {
  readonly #pieces: readonly { readonly from: number; readonly begin: number; readonly length: number }[];

  /** Null: all that plays is the video. */
  constructor(pieces: readonly Piece[] | null) {
    let from = 0;
    this.#pieces = (pieces ?? [[0, null]]).map(([begin, length]) => {
      const piece = { from, begin, length: length ?? Infinity };
      from += piece.length;
      return piece;
    });
  }

  inMedia(second: number): number {
    const piece = this.#pieces.find(({ from, length }) => second < from + length) ?? this.#pieces.at(-1);
    return piece ? Math.max(0, piece.begin + Math.min(second - piece.from, piece.length)) : 0;
  }

  /** Of what the video does not show: where what comes next begins, or its end. */
  inVideo(second: number): number {
    const piece = this.#pieces.find(({ begin, length }) => second < begin + length) ?? this.#pieces.at(-1);
    return piece ? piece.from + Math.max(0, Math.min(second - piece.begin, piece.length)) : 0;
  }

  /** `duration`: of what plays. */
  duration(duration: number): number {
    return duration > 0 ? this.inVideo(duration) : 0;
  }

  /** The parts of a span of what plays that are the video's, in its seconds. */
  shown([begin, end]: Span): Span[] {
    return this.#pieces
      .map((piece): Span => [
        piece.from + Math.max(begin - piece.begin, 0),
        piece.from + Math.min(end - piece.begin, piece.length),
      ])
      .filter(([from, to]) => from < to);
  }

  /** Where to go on from a second of what plays that the video does not show; undefined where it does, or is over. */
  skip(second: number): number | undefined {
    const next = this.#pieces.find(({ begin, length }) => second < begin + length - REST_S);
    return next && second < next.begin - REST_S ? next.begin : undefined;
  }

  isOver(second: number): boolean {
    const last = this.#pieces.at(-1);
    return last !== undefined && second >= last.begin + last.length - REST_S;
  }
}
