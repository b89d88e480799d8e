import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { endsInWords } from './end_words.ts';
import { isChanged, PreviewTable } from './preview_table.tsx';
import { applyStates, readMoved, type Moved, type Wanted } from './windows_api.ts';

interface Props {
  /** Those of a session; none: of all. */
  readonly session?: string;
  /** Another where something may have moved: then it is asked anew. */
  readonly version?: string;
  readonly changed?: () => void;
}

/** Windows that were set to count from a session's day, and that day has moved: what they would be, and a button that makes them so. */
export function MovedWindows({ session = '', version = '', changed = () => undefined }: Props) {
  const [moved, setMoved] = useState<readonly Moved[]>([]);
  const [undo, setUndo] = useState<readonly Wanted[]>();
  const [told, setTold] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const read = (signal: AbortSignal) => readMoved(session, signal).then(({ changes }) => setMoved(changes));
  useEffect(() => {
    const gone = new AbortController();
    // Who cannot be asked now is asked the next time: nothing is changed by itself.
    read(gone.signal).catch(() => undefined);
    return () => gone.abort();
  }, [session, version]);
  // Who has just moved a session is led to what that means.
  const place = useRef<HTMLElement>(null);
  const first = useRef(version);
  useEffect(() => {
    if (moved.length > 0 && version !== first.current) place.current?.scrollIntoView({ block: 'nearest' });
  }, [moved.length > 0]);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    setTold('');
    try {
      await work();
      changed();
    } catch (error) {
      setProblem(inWords(error));
    }
    await read(new AbortController().signal).catch(() => undefined);
    setBusy(false);
  };
  const wanted = moved.filter(isChanged).flatMap(({ kind, id, now, then, how }): Wanted[] => (then ? [{ kind, id, now, then, how }] : []));
  const follow = () =>
    act(async () => {
      const { changed: count } = await applyStates(wanted, '');
      setTold(text('windows.moved_done', { count }));
      setUndo(wanted.map(({ kind, id, now, then }) => ({ kind, id, now: then, then: now })));
    });
  const takeBack = (states: readonly Wanted[]) =>
    act(async () => {
      const { changed: count } = await applyStates(states, '');
      setTold(text('windows.undone', { count }));
      setUndo(undefined);
    });
  if (moved.length === 0 && !told) return null;
  return (
    <section ref={place} class="panel" aria-labelledby="moved-windows">
      <h2 id="moved-windows">{text('windows.moved')}</h2>
      {moved.length > 0 && (
        <>
          <p class="warning" role="status">{text('windows.moved_hint', { count: moved.length })}</p>
          <PreviewTable changes={moved} note={({ how }) => text('windows.moved_rule', { ends: endsInWords(how) })} />
        </>
      )}
      {problem && <Problem>{problem}</Problem>}
      <div class="buttons">
        {wanted.length > 0 && (
          <button type="button" class="primary" disabled={busy} onClick={() => void follow()}>
            {text('windows.moved_follow', { count: wanted.length })}
          </button>
        )}
        <span role="status">{told}</span>
        {told && undo && (
          <button type="button" disabled={busy} onClick={() => void takeBack(undo)}>
            {text('windows.undo')}
          </button>
        )}
      </div>
    </section>
  );
}
