import type { Grant } from '../grant.ts';

/** A picture of what stands on the screen from one second of the video to another. */
export interface Slide {
  readonly begin: number;
  readonly end: number;
  readonly file: string;
}

interface SlideEntry {
  readonly at_s: number;
  readonly until_s: number;
  readonly file: string;
}

/** The slide that stands at a second, or stood last; 0 before the first, -1 where there are none. */
export function slideAt(slides: readonly Slide[], second: number): number {
  // A seek lands a few frames off the mark.
  const later = slides.findIndex(({ begin }) => begin > second + 0.1);
  return later === -1 ? slides.length - 1 : Math.max(0, later - 1);
}

/** The slides of a video. Nothing is loaded before it is asked for. */
export class SlideList {
  #slides: Promise<readonly Slide[]> | undefined;

  constructor(private readonly grant: () => Grant) {}

  /** Whether there are any, or will be. */
  get isThere(): boolean {
    return this.grant().answer.stills.slide_list !== null;
  }

  /** In the order of time. Rejects where they do not come, and is then asked for anew. */
  all(): Promise<readonly Slide[]> {
    this.#slides ??= this.#load().catch((error: unknown) => {
      this.#slides = undefined;
      throw error;
    });
    return this.#slides;
  }

  /** The address of a slide's picture under the grant of the moment. */
  async addressOf({ file }: Slide): Promise<string> {
    const list = this.grant().answer.stills.slide_list ?? '';
    return new URL(file, new URL(await this.grant().current(list), location.href)).href;
  }

  async #load(): Promise<readonly Slide[]> {
    const address = this.grant().answer.stills.slide_list;
    if (!address) return [];
    const reply = await fetch(await this.grant().current(address));
    if (!reply.ok) throw new Error(`slides: ${reply.status}`);
    return ((await reply.json()) as SlideEntry[]).map(({ at_s, until_s, file }) => ({ begin: at_s, end: until_s, file }));
  }
}
