import { Refusal } from '../common/api.ts';
import { element } from '../common/dom.ts';
import { text, type PageData } from '../common/page.ts';
import { preferredQuality } from '../common/preferred_quality.ts';
import { ServerClock } from '../common/server_clock.ts';
import { CaptionChoice } from './caption_choice.ts';
import { Chapters, linkChapters, showChapters, type WatchPage } from './chapters.ts';
import { warnBeforeClosing } from './closing_warning.ts';
import { Controls } from './controls.ts';
import { offerLink } from './copy_link.ts';
import { offerDownload } from './download.ts';
import { Grant } from './grant.ts';
import { askHeadcount } from './headcount.ts';
import { HlsPlayer } from './hls_player.ts';
import { hlsSettings } from './hls_settings.ts';
import { LatencyChoice } from './live/latency.ts';
import { standInsOf } from './play_answer.ts';
import { showPoster } from './poster.ts';
import { offerNext } from './next_video.ts';
import { questionAid } from './question_aid.ts';
import { inBrowser, isPlaceToGoOn, keepPlace, offerToGoOn, onServer } from './resume.ts';
import { SlideList } from './slides/slide_list.ts';
import { SlideView } from './slides/slide_view.ts';
import { Thumbnails } from './thumbnails.ts';
import { Transcript } from './transcript.ts';
import { reportWatched } from './watched.ts';

/** A grant is exchanged this long before it ends. */
const RENEW_AHEAD_MS = 60_000;
const SHORTEST_RENEWAL_MS = 10_000;

/** The watch page while its video can be watched. */
export class Watching {
  readonly clock: ServerClock;
  readonly chapters: Chapters;
  readonly latency = new LatencyChoice((why) => this.#latencyChanged(why));
  /** What stands where there is no picture. */
  readonly notice = element('div', { class: 'stage-notice', role: 'status' });
  readonly #stop = new AbortController();
  /** Told when low latency was given up. */
  fellBack: (() => void) | undefined;
  #grant: Grant | undefined;
  #player: HlsPlayer | undefined;

  constructor(
    private readonly stage: HTMLElement,
    private readonly page: PageData & WatchPage,
  ) {
    this.clock = new ServerClock(page.now);
    this.chapters = new Chapters(page.chapters);
    stage.replaceChildren(this.notice);
    const list = document.getElementById('chapters');
    if (list) showChapters(list, this.chapters);
    if (page.closes_at) this.clock.at(Date.parse(page.closes_at), () => this.#end(page.closed_message), this.#stop.signal);
  }

  /** Aborts when nothing can be watched any more. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Undefined before the first grant. */
  get player(): HlsPlayer | undefined {
    return this.#player;
  }

  /** Asks for a grant, and makes the player at the first that is given. Of a stream there may be nothing yet. */
  async start(at: number | undefined): Promise<void> {
    try {
      this.#grant = await Grant.ask(this.page.play, (refusal) => this.#refused(refusal));
    } catch (error) {
      if (error instanceof Refusal && error.status < 500) this.#refused(error);
      else this.#offerAnotherTry(at);
      return;
    }
    if (this.#stop.signal.aborted) return;
    this.notice.replaceChildren();
    this.clock.set(this.#grant.answer.now);
    this.#renewInTime(this.#grant);
    if (!this.#player) {
      this.#player = this.#makePlayer();
      this.#goOn(this.#player, at);
    }
    const { url, pieces, captions } = this.#grant.answer;
    this.#player.load({ url, pieces, captions, standIns: standInsOf(this.#grant.answer), startAt: at ?? (this.page.live ? undefined : 0) });
  }

  #makePlayer(): HlsPlayer {
    const grant = () => {
      if (!this.#grant) throw new Error('there is a player before there is a grant');
      return this.#grant;
    };
    const failed = () => this.#lineLost();
    const player = new HlsPlayer(this.page.title, hlsSettings(grant, this.latency), this.page.live !== null, preferredQuality(), failed, () => this.latency.failed());
    const { signal } = this.#stop;
    this.stage.prepend(player.element);
    showPoster(player, grant().answer.stills.poster, signal);
    const thumbnails = new Thumbnails(grant);
    const captions = new CaptionChoice(player, signal);
    new Controls(player, this.chapters, this.page.questions, thumbnails, captions, this.latency, signal);
    this.#addAids(player, grant, thumbnails, signal);
    const list = document.getElementById('chapters');
    if (list) linkChapters(list, this.chapters, player, signal);
    return player;
  }

  /** What the page offers beside the player. */
  #addAids(player: HlsPlayer, grant: () => Grant, thumbnails: Thumbnails, signal: AbortSignal): void {
    const { live, closes_at, watched, headcount, download, next } = this.page;
    const aids = document.getElementById('watch-aids');
    if (aids && !live) {
      offerLink(player, aids, signal);
      new SlideView(player, new SlideList(grant), thumbnails, this.page.handouts, this.stage, aids, signal);
    }
    if (aids && download) offerDownload(download, aids, signal);
    if (aids && headcount) askHeadcount(headcount, aids, signal);
    if (watched) reportWatched(player, watched, signal);
    const transcript = document.getElementById('transcript');
    if (transcript instanceof HTMLDetailsElement) new Transcript(transcript, player, grant, signal);
    const question = document.querySelector<HTMLFormElement>('form[data-question]');
    if (question && !live) questionAid(question, player, signal);
    const warning = document.getElementById('closing');
    if (next && !live) offerNext(player, next, signal);
    if (warning && closes_at && !live) warnBeforeClosing(player, this.clock, Date.parse(closes_at), warning, signal);
  }

  /** Of what is recorded: where one was, and will be. A place in the address comes first. */
  #goOn(player: HlsPlayer, at: number | undefined): void {
    const { place, live, video } = this.page;
    if (live) return;
    const keeper = place ? onServer(place, this.#grant?.answer.place_s ?? null) : inBrowser(video);
    if (at === undefined && isPlaceToGoOn(keeper.was)) offerToGoOn(player, keeper.was, this.#stop.signal);
    keepPlace(player, keeper, this.#stop.signal);
  }

  #renewInTime(grant: Grant): void {
    const { until } = grant.answer;
    // Where the grant ends with the window there is nothing to renew.
    if (this.page.closes_at && Date.parse(until) >= Date.parse(this.page.closes_at)) return;
    const next = Math.max(Date.parse(until) - RENEW_AHEAD_MS, this.clock.now() + SHORTEST_RENEWAL_MS);
    this.clock.at(next, () => void grant.renew().then(() => this.#renewInTime(grant)), this.#stop.signal);
  }

  /** What is beside the video may have changed: asks anew. */
  renew(): Promise<void> {
    return this.#grant?.renew() ?? Promise.resolve();
  }

  /** `address` under the grant of the moment. */
  async granted(address: string): Promise<string> {
    return this.#grant ? this.#grant.current(address) : address;
  }

  #latencyChanged(why: 'fellBack' | 'chosen'): void {
    this.#player?.setLatency(this.latency.now);
    if (why === 'fellBack') this.fellBack?.();
  }

  #refused(refusal: Refusal): void {
    const { live } = this.page;
    if (live && refusal.kind === 'not_ready') return;
    // A stream whose archive is not public is gone when it has ended.
    const isGone = live && this.#player && refusal.kind === 'not_found';
    // Whoever notices the end first, the page's clock or the server, the same words stand there.
    const { closes_at, closed_message } = this.page;
    const isEnd = closes_at && refusal.closedAt && Date.parse(refusal.closedAt) === Date.parse(closes_at);
    this.#end(isGone ? live.words.ended.sentence : isEnd ? closed_message : refusal.message);
  }

  #lineLost(): void {
    const at = this.#player?.state.time ?? 0;
    // The window may have been shortened meanwhile: the answer to a new question says so in words.
    void this.#grant?.renew().then(() => {
      if (!this.#stop.signal.aborted) this.#offerAnotherTry(at);
    });
  }

  #offerAnotherTry(at: number | undefined): void {
    const again = element('button', { type: 'button' }, text('player.again'));
    const tryAgain = () => {
      again.disabled = true;
      const playing = this.#player;
      void this.start(at).then(() => playing?.play());
    };
    again.addEventListener('click', tryAgain, { once: true });
    window.addEventListener('online', () => again.click(), { once: true, signal: this.#stop.signal });
    this.notice.replaceChildren(element('p', {}, text('player.line_lost')), again);
  }

  /** The window has closed, or the server says no: playing stops, with words. */
  #end(message: string): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    if (document.fullscreenElement) void document.exitFullscreen();
    this.#player?.destroy();
    this.stage.classList.add('stage-ended');
    this.notice.replaceChildren(element('p', {}, message), element('a', { href: '/' }, text('site.to_home')));
  }
}
