import { countDown } from '../../common/countdown.ts';
import { element } from '../../common/dom.ts';
import { text } from '../../common/page.ts';
import type { Watching } from '../watching.ts';
import { LiveLine } from './live_line.ts';
import { LiveStatus, type LiveNews, type LivePage, type LiveState } from './live_status.ts';
import { letsRequestsWait } from './trial.ts';

const HAS_BEGUN: ReadonlySet<LiveState> = new Set<LiveState>(['live', 'interrupted', 'break', 'ended']);
/** What is told on the picture too: in full screen the page's line is not seen. */
const ON_PICTURE: ReadonlySet<LiveState> = new Set<LiveState>(['interrupted', 'break']);
const FELL_BACK_TOLD_MS = 10_000;
/** Not all viewers ask at once what the archive has beside it. */
const RENEWAL_SPREAD_MS = 5000;

/** A stream's page: waits for it, follows it, and stays where it becomes the archive. */
class StreamPage {
  readonly #line: LiveLine | undefined;
  readonly #status: LiveStatus;
  readonly #banner = element('p', { class: 'stage-banner', 'aria-hidden': 'true', hidden: true });
  #countdown = new AbortController();
  #isJoining = false;
  #isTried = false;
  #shown: LiveState | undefined;

  constructor(
    private readonly watching: Watching,
    private readonly page: LivePage,
    /** Seconds; undefined: at the edge. */
    private readonly at: number | undefined,
  ) {
    const line = document.getElementById('live-line');
    this.#line = line ? new LiveLine(line, page) : undefined;
    this.#status = new LiveStatus(page, watching.clock, (news) => this.#take(news), watching.signal);
    watching.fellBack = () => this.#tellFallBack();
    this.#take({ state: page.state, chapters: watching.chapters.all });
  }

  #take({ state, chapters }: LiveNews): void {
    this.watching.chapters.set(chapters);
    if (state !== this.#shown) this.#show(state);
    if (HAS_BEGUN.has(state)) void this.#start();
  }

  #show(state: LiveState): void {
    const hasEndedHere = state === 'ended' && this.#shown !== undefined && this.watching.player !== undefined;
    this.#shown = state;
    // What stands in place of the picture is not said twice.
    this.#line?.show(state, hasEndedHere ? text('live.archive') : this.watching.player ? undefined : '');
    this.#banner.hidden = !ON_PICTURE.has(state);
    this.#banner.textContent = this.page.words[state].sentence;
    if (!this.watching.player) this.#wait(state);
    if (hasEndedHere) setTimeout(() => void this.watching.renew(), Math.random() * RENEWAL_SPREAD_MS);
  }

  /** Nothing to see yet: says so, and how long it is until then. */
  #wait(state: LiveState): void {
    this.#countdown.abort();
    this.#countdown = new AbortController();
    const { badge, sentence } = this.page.words[state];
    const timer = element('p', { class: 'timer', hidden: true });
    this.watching.notice.replaceChildren(element('p', {}, sentence || badge), timer);
    const { lobby_opens_at: opens, starts_at: starts } = this.page;
    const until = state === 'before' ? (opens ?? starts) : state === 'waiting' ? starts : null;
    const words = state === 'before' ? text('live.until_opening') : text('live.until_start');
    if (until) countDown(timer, words, Date.parse(until), this.watching.clock, this.#countdown.signal);
  }

  async #start(): Promise<void> {
    if (this.#isJoining) return;
    this.#isJoining = true;
    await this.watching.start(this.at);
    const { player, signal } = this.watching;
    // Nothing to play yet: the next answer brings another try.
    this.#isJoining = player !== undefined;
    if (!player) return;
    this.#countdown.abort();
    this.#line?.show(this.#status.state);
    player.element.append(this.#banner);
    let plays = false;
    player.onChange(({ edge, started, ready }) => {
      if (ready && !plays) player.playByItself();
      plays ||= ready;
      if (started && edge !== undefined) void this.#tryLine();
    }, signal);
  }

  /** Finds out once whether the line lets requests wait. */
  async #tryLine(): Promise<void> {
    const { latency, player, signal } = this.watching;
    if (this.#isTried || !latency.isUntried || !player?.index) return;
    this.#isTried = true;
    const holds = await letsRequestsWait(await this.watching.granted(player.index), signal);
    if (holds !== undefined && latency.isUntried) latency.tried(holds);
  }

  #tellFallBack(): void {
    this.#line?.show(this.#status.state, text('live.fell_back'));
    setTimeout(() => this.#line?.show(this.#status.state), FELL_BACK_TOLD_MS);
  }
}

export function watchStream(watching: Watching, page: LivePage, at: number | undefined): void {
  new StreamPage(watching, page, at);
}
