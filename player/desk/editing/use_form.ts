import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Refusal } from '../../common/api.ts';
import { inWords } from '../polling.ts';
import { broughtUp, keptOf, opened, savedAs, typedIn, type Clash, type Codec, type FormState, type Seen } from './form_state.ts';
import { forgetInput, keepInput, keptInput } from './kept_input.ts';

/** From the last key on. */
const KEEP_AFTER_MS = 300;

interface FormAbout<Fields> {
  /** The same each time for the same thing: "session adaptation-2021-2". */
  readonly name: string;
  /** What the server has, as it is known by now. A form in which nothing is typed follows it. */
  readonly seen: Seen<Fields>;
  /** Asks what the server has, where somebody else has saved. */
  readonly read: () => Promise<Seen<Fields>>;
  readonly codec: Codec<Fields>;
}

export interface Form<Fields> {
  readonly fields: Fields;
  /** Names of the fields that hold something unsaved. */
  readonly typed: readonly string[];
  readonly unsaved: boolean;
  readonly restored: boolean;
  readonly clash: Clash | undefined;
  readonly busy: boolean;
  /** Why it was not saved; empty while nothing is wrong, and while the clash says it. */
  readonly problem: string;
  /** Something was typed. */
  readonly change: (fields: Fields) => void;
  /** Saves: `work` sends the fields with the version that they were made from, and gives what the server has then. Gives whether it was saved. */
  readonly save: (work: (fields: Fields, version: string) => Promise<Seen<Fields>>) => Promise<boolean>;
  /** Takes what was typed back. */
  readonly drop: () => void;
}

/** What an earlier page of ours kept may have another shape: then it is of no use any more. */
function reopened<Fields>(name: string, seen: Seen<Fields>, codec: Codec<Fields>): FormState<Fields> {
  try {
    return opened(seen, keptInput(name), codec);
  } catch {
    forgetInput(name);
    return opened(seen, undefined, codec);
  }
}

/**
 * A form of the desk. What is typed is kept by the browser until it is saved or dropped, and put back when the form is opened
 * again. It is saved with the version that was seen; where somebody else was first, nothing is lost on either side: what they
 * changed elsewhere stands in the form, what both have changed is told, and the clerk saves once more.
 */
export function useForm<Fields>({ name, seen, read, codec }: FormAbout<Fields>): Form<Fields> {
  const [form, setForm] = useState<FormState<Fields>>(() => reopened(name, seen, codec));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const typed = useMemo(() => typedIn(form, codec), [form, codec]);
  const unsaved = typed.length > 0;
  useEffect(() => {
    setForm((now) => (typedIn(now, codec).length > 0 ? now : opened(seen, undefined, codec)));
  }, [seen.version]);

  // Kept a moment after the last key, and at once where the page goes.
  const isKept = useRef(true);
  const put = useRef<() => void>(() => undefined);
  put.current = () => {
    const input = keptOf(form, codec);
    if (input) isKept.current = keepInput(name, input);
    else forgetInput(name);
  };
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return undefined;
    }
    const timer = setTimeout(() => put.current(), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [form]);
  useEffect(() => {
    const stop = new AbortController();
    addEventListener('pagehide', () => put.current(), { signal: stop.signal });
    document.addEventListener('visibilitychange', () => document.hidden && put.current(), { signal: stop.signal });
    addEventListener('beforeunload', (event) => {
      put.current();
      // Only what the browser could not keep is lost by leaving.
      if (!isKept.current) event.preventDefault();
    }, { signal: stop.signal });
    return () => {
      stop.abort();
      put.current();
    };
  }, []);

  const save: Form<Fields>['save'] = async (work) => {
    setBusy(true);
    setProblem('');
    let saved = false;
    try {
      const now = await work(form.fields, form.seen.version);
      setForm((later) => savedAs(later, form.fields, now, codec));
      forgetInput(name);
      isKept.current = true;
      saved = true;
    } catch (error) {
      await refused(error);
    }
    setBusy(false);
    return saved;
  };
  const refused = async (error: unknown) => {
    let words = inWords(error);
    if (error instanceof Refusal && error.kind === 'conflict') {
      try {
        const latest = await read();
        if (latest.version !== form.seen.version) {
          setForm((now) => broughtUp(now, latest, codec));
          words = '';
        }
      } catch {
        // Then the refusal says it.
      }
    }
    setProblem(words);
  };
  const drop = () => {
    setForm(opened(form.seen, undefined, codec));
    setProblem('');
    forgetInput(name);
    isKept.current = true;
  };
  const change = (fields: Fields) => setForm((now) => ({ ...now, fields }));
  return { fields: form.fields, typed, unsaved, restored: form.restored && unsaved, clash: form.clash, busy, problem, change, save, drop };
}
