import { ask } from '../../common/api.ts';

/** What the desk's API says of chapters: server/README.md. */
export interface Chapter {
  readonly at_s: number;
  readonly title: string;
}

export interface Silence {
  readonly begin_s: number;
  readonly end_s: number;
}

/** The highest sample of each interval, 0 to 100. */
export interface Waveform {
  readonly interval_s: number;
  readonly peaks: readonly number[];
}

export interface ChapterView {
  /** Changes with the chapters: who saves says what they saw. */
  readonly version: string;
  readonly chapters: readonly Chapter[];
  /** Inside the recording. */
  readonly found: {
    readonly chapters: readonly Chapter[];
    readonly silences: readonly Silence[];
    readonly waveform: Waveform | null;
  };
  /** The titles of the session's programme. */
  readonly items: readonly string[];
  readonly duration_s: number | null;
}

/** A picture of what stands on the screen from a second on. */
export interface Slide {
  readonly at_s: number;
  readonly picture: string;
}

interface Preview {
  readonly stills?: { readonly slide_list: string | null };
}

const at = (video: string) => `/api/desk/videos/${encodeURIComponent(video)}`;

export const readChapters = (video: string, signal?: AbortSignal) => ask<ChapterView>('GET', `${at(video)}/chapters`, undefined, signal);
export const saveChapters = (video: string, chapters: readonly Chapter[], version: string) =>
  ask<Pick<ChapterView, 'chapters' | 'version'>>('POST', `${at(video)}/chapters`, { chapters, version });

/** The slides of a video that can be watched; none where it has none, or not yet. */
export async function readSlides(video: string, signal?: AbortSignal): Promise<readonly Slide[]> {
  const { stills } = await ask<Preview>('POST', `${at(video)}/preview`, undefined, signal);
  if (!stills?.slide_list) return [];
  const list = stills.slide_list;
  const slides = await ask<readonly { readonly at_s: number; readonly file: string }[]>('GET', list, undefined, signal);
  return slides.map(({ at_s, file }) => ({ at_s, picture: list.slice(0, list.lastIndexOf('/') + 1) + file }));
}
