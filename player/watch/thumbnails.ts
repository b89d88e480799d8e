import { element } from '../common/dom.ts';
import type { Grant } from './grant.ts';

/** A rectangle of a file of small pictures, and the seconds for which it stands. */
export interface Tile {
  readonly begin: number;
  readonly end: number;
  readonly file: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CUE = /(\d+):(\d\d):(\d\d\.\d+) --> (\d+):(\d\d):(\d\d\.\d+)\n([\w.-]+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

/** What `thumbnails.vtt` says, in the order of time. */
export function tilesOf(vtt: string): Tile[] {
  return [...vtt.matchAll(CUE)].map(([, ...parts]) => {
    const number = (index: number) => Number(parts[index]);
    const seconds = (index: number) => number(index) * 3600 + number(index + 1) * 60 + number(index + 2);
    return {
      begin: seconds(0), end: seconds(3), file: parts[6] ?? '',
      x: number(7), y: number(8), width: number(9), height: number(10),
    };
  });
}

/** After a failure nothing is asked for this long. */
const PAUSE_MS = 10_000;

/** The small pictures of a video. Nothing is loaded before it is asked for, and each file once. */
export class Thumbnails {
  #quietUntil = 0;
  #tiles: Promise<readonly Tile[]> | undefined;
  readonly #files = new Map<string, Promise<HTMLImageElement>>();

  constructor(private readonly grant: () => Grant) {}

  /** What is seen at a second, until the next is asked for; undefined where there is nothing, or it does not come. */
  pictureAt(second: number): Promise<HTMLElement | undefined> {
    return this.#at(second, (image) => image);
  }

  /** The same, to be kept beside others. */
  copyAt(second: number): Promise<HTMLElement | undefined> {
    return this.#at(second, ({ src }) => element('img', { src, alt: '' }));
  }

  async #at(second: number, used: (image: HTMLImageElement) => HTMLImageElement): Promise<HTMLElement | undefined> {
    const address = this.grant().answer.stills.thumbnails;
    if (!address || performance.now() < this.#quietUntil) return undefined;
    try {
      const tiles = await (this.#tiles ??= this.#loadTiles(address));
      const tile = tiles.find(({ begin, end }) => begin <= second && second < end) ?? tiles.at(-1);
      return tile && cut(used(await this.#file(tile.file, address)), tile);
    } catch {
      // Then asked for anew: the line may be back, or another grant there.
      this.#tiles = undefined;
      this.#quietUntil = performance.now() + PAUSE_MS;
      return undefined;
    }
  }

  async #loadTiles(address: string): Promise<readonly Tile[]> {
    const reply = await fetch(await this.grant().current(address));
    if (!reply.ok) throw new Error(`thumbnails: ${reply.status}`);
    return tilesOf(await reply.text());
  }

  #file(name: string, address: string): Promise<HTMLImageElement> {
    const known = this.#files.get(name);
    if (known) return known;
    const loading = this.#loadFile(name, address);
    this.#files.set(name, loading);
    loading.catch(() => this.#files.delete(name));
    return loading;
  }

  async #loadFile(name: string, address: string): Promise<HTMLImageElement> {
    const folder = new URL(await this.grant().current(address), location.href);
    const image = element('img', { src: new URL(name, folder).href, alt: '' });
    await image.decode();
    return image;
  }
}

/** One tile of its file: the image itself, so that it is there however long ago its grant ended. */
function cut(image: HTMLImageElement, { x, y, width, height }: Tile): HTMLElement {
  image.width = width;
  image.height = height;
  image.style.objectPosition = `${-x}px ${-y}px`;
  return image;
}
