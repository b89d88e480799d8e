import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Refusal } from '../common/api.ts';
import { text } from '../common/page.ts';

const BUSY_MS = 1500;
const QUIET_MS = 15_000;

/** An error in words for people. */
export function inWords(error: unknown): string {
  return error instanceof Refusal && error.message ? error.message : text('site.unreachable');
}

export interface Polled<Value> {
  readonly value: Value | undefined;
  /** Why there is nothing newer; empty while all is well. */
  readonly problem: string;
  /** Asks now. */
  refresh(): void;
  /** Puts in what another answer has just said. */
  put(value: Value): void;
}

/** Asks again and again: often while `busy` says that something moves, never while nobody looks. */
export function usePolling<Value>(read: (signal: AbortSignal) => Promise<Value>, busy: (value: Value) => boolean): Polled<Value> {
  const [value, setValue] = useState<Value>();
  const [problem, setProblem] = useState('');
  const ask = useRef<() => void>(() => undefined);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const once = async () => {
      clearTimeout(timer);
      if (asking || stop.signal.aborted) return;
      asking = true;
      let wait = QUIET_MS;
      try {
        const answer = await read(stop.signal);
        setValue(answer);
        setProblem('');
        if (busy(answer)) wait = BUSY_MS;
      } catch (error) {
        if (!stop.signal.aborted) setProblem(inWords(error));
      }
      asking = false;
      if (!document.hidden && !stop.signal.aborted) timer = setTimeout(() => void once(), wait);
    };
    ask.current = () => void once();
    const look = () => {
      if (!document.hidden) void once();
    };
    document.addEventListener('visibilitychange', look, { signal: stop.signal });
    void once();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  const refresh = useCallback(() => ask.current(), []);
  return { value, problem, refresh, put: setValue };
}

/** Tries what a button asks for: `done` after it, else why not in words. */
export function useAttempt(done: () => void) {
  const [problem, setProblem] = useState('');
  const attempt = (work: Promise<unknown>) =>
    work.then(
      () => {
        setProblem('');
        done();
      },
      (error: unknown) => setProblem(inWords(error)),
    );
  return { problem, attempt };
}
