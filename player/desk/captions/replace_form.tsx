import { useState } from 'preact/hooks';
import { text } from '../../common/page.ts';

interface Props {
  readonly busy: boolean;
  readonly replace: (from: string, to: string) => void;
}

/** One word for another, in all cues: what a transcriber mishears, it mishears everywhere. */
export function ReplaceForm({ busy, replace }: Props) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (from) replace(from, to);
  };
  return (
    <form class="captions-fields" onSubmit={submit}>
      <label>
        {text('desk.captions_from')}
        <input type="text" maxLength={200} value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label>
        {text('desk.captions_to')}
        <input type="text" maxLength={200} value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={busy || !from}>
        {text('desk.captions_replace')}
      </button>
    </form>
  );
}
