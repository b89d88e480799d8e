import { Refusal } from '../common/api.ts';
import { element } from '../common/dom.ts';
import { pageData, text, type PageData } from '../common/page.ts';
import { ServerClock } from '../common/server_clock.ts';
import { linkChapters, type WatchPage } from './chapters.ts';
import { Controls } from './controls.ts';
import { Grant } from './grant.ts';
import { hlsSettings } from './hls_settings.ts';
import { showPoster } from './poster.ts';
import { Thumbnails } from './thumbnails.ts';
import { startSecond } from './time_text.ts';
import { VidstackPlayer } from './vidstack_player.ts';

/** A grant is exchanged this long before it ends. */
const RENEW_AHEAD_MS = 60_000;
const SHORTEST_RENEWAL_MS = 10_000;

/** The watch page while its video can be watched. */
class Watching {
  readonly #stop = new AbortController();
  readonly #clock: ServerClock;
  readonly #notice = element('div', { class: 'stage-notice', role: 'status' });
  #grant: Grant | undefined;
  #player: VidstackPlayer | undefined;

  constructor(
    private readonly stage: HTMLElement,
    private readonly page: PageData & WatchPage,
  ) {
    this.#clock = new ServerClock(page.now);
    stage.replaceChildren(this.#notice);
    if (page.closes_at) this.#clock.at(Date.parse(page.closes_at), () => this.#end(page.closed_message), this.#stop.signal);
  }

  /** Asks for a grant, and makes the player at the first that is given. */
  async start(at: number): Promise<void> {
    this.#notice.replaceChildren();
    try {
      this.#grant = await Grant.ask(this.page.play, (refusal) => this.#end(refusal.message));
    } catch (error) {
      if (error instanceof Refusal && error.status < 500) this.#end(error.message);
      else this.#offerAnotherTry(at);
      return;
    }
    if (this.#stop.signal.aborted) return;
    this.#clock.set(this.#grant.answer.now);
    this.#renewInTime(this.#grant);
    this.#player ??= this.#makePlayer();
    const { url, captions, stills } = this.#grant.answer;
    this.#player.load({ url, captions, slides: stills.slides, startAt: at });
  }

  #makePlayer(): VidstackPlayer {
    const grant = () => {
      if (!this.#grant) throw new Error('there is a player before there is a grant');
      return this.#grant;
    };
    const player = new VidstackPlayer(this.page.title, hlsSettings(grant), () => this.#lineLost());
    const { signal } = this.#stop;
    this.stage.prepend(player.element);
    showPoster(player, grant().answer.stills.poster, signal);
    const thumbnails = new Thumbnails(grant);
    new Controls(player, this.page.chapters, thumbnails, signal);
    const list = document.getElementById('chapters');
    if (list) linkChapters(list, this.page.chapters, player, signal);
    return player;
  }

  #renewInTime(grant: Grant): void {
    const { until } = grant.answer;
    // Where the grant ends with the window there is nothing to renew.
    if (this.page.closes_at && Date.parse(until) >= Date.parse(this.page.closes_at)) return;
    const next = Math.max(Date.parse(until) - RENEW_AHEAD_MS, this.#clock.now() + SHORTEST_RENEWAL_MS);
    this.#clock.at(next, () => void grant.renew().then(() => this.#renewInTime(grant)), this.#stop.signal);
  }

  #lineLost(): void {
    const at = this.#player?.state.time ?? 0;
    // The window may have been shortened meanwhile: the answer to a new question says so in words.
    void this.#grant?.renew().then(() => {
      if (!this.#stop.signal.aborted) this.#offerAnotherTry(at);
    });
  }

  #offerAnotherTry(at: number): void {
    const again = element('button', { type: 'button' }, text('player.again'));
    const tryAgain = () => {
      again.disabled = true;
      const playing = this.#player;
      void this.start(at).then(() => playing?.play());
    };
    again.addEventListener('click', tryAgain, { once: true });
    window.addEventListener('online', () => again.click(), { once: true, signal: this.#stop.signal });
    this.#notice.replaceChildren(element('p', {}, text('player.line_lost')), again);
  }

  /** The window has closed, or the server says no: playing stops, with words. */
  #end(message: string): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    if (document.fullscreenElement) void document.exitFullscreen();
    this.#player?.destroy();
    this.stage.classList.add('stage-ended');
    this.#notice.replaceChildren(element('p', {}, message), element('a', { href: '/' }, text('site.to_home')));
  }
}

const stage = document.getElementById('stage');
if (stage) {
  const watching = new Watching(stage, pageData<PageData & WatchPage>());
  void watching.start(startSecond(location.search));
}
