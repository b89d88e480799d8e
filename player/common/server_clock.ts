/** Longer waits are cut, so that a computer that slept notices soon after it woke. */
const LONGEST_WAIT_MS = 30_000;

/** The server's wall clock, carried on by the browser's steady one. */
export class ServerClock {
  #offset = 0;

  constructor(now: string) {
    this.set(now);
  }

  /** The server has just said what time it is. */
  set(now: string): void {
    this.#offset = Date.parse(now) - performance.now();
  }

  /** Milliseconds since 1970. */
  now(): number {
    return performance.now() + this.#offset;
  }

  /** Calls `act` once, when the clock has reached `instant`. */
  at(instant: number, act: () => void, signal: AbortSignal): void {
    const wait = instant - this.now();
    if (wait <= 0) {
      act();
      return;
    }
    const timer = setTimeout(() => {
      if (this.now() >= instant) act();
      else this.at(instant, act, signal);
    }, Math.min(wait, LONGEST_WAIT_MS));
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }
}
