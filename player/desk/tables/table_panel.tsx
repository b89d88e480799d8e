import { useState } from 'preact/hooks';
import { sendFile } from '../../common/api.ts';
import { text } from '../../common/page.ts';
import { FilePicker, Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';

interface Change {
  /** Of the file; 0: no line names it. */
  readonly line: number;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly title: string;
  readonly cells: readonly { readonly column: string; readonly before: string; readonly after: string }[];
}

/** P of server/README.md. */
interface Preview {
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly mistakes: readonly { readonly line: number; readonly message: string }[];
  readonly seen: string;
}

function kindInWords(kind: Change['kind']): string {
  const words = { added: () => text('tables.added'), changed: () => text('tables.changed'), removed: () => text('tables.removed') };
  return words[kind]();
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul class="table-changes">
      {changes.map((change) => (
        <li key={`${change.line} ${change.title} ${change.cells[0]?.before ?? ''}`}>
          <p>
            <span class={`mark table-${change.kind}`}>{kindInWords(change.kind)}</span> <strong>{change.title}</strong>{' '}
            {change.line > 0 && <span class="quiet">{text('tables.line', { line: change.line })}</span>}
          </p>
          <dl class="audit-changes">
            {change.cells.map(({ column, before, after }) => (
              <div key={column}>
                <dt>{column}</dt>
                <dd>
                  {before && <del>{before}</del>}
                  {before && <span aria-hidden="true"> → </span>}
                  <ins>{after || text('audit.empty')}</ins>
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

interface Picked {
  readonly file: File;
  readonly preview: Preview;
}

interface Props {
  /** Where the table is had, and sent to. */
  readonly address: string;
  /** What the table holds, where a page has several. */
  readonly title?: string;
  readonly hint: string;
  /** The words of a choice to have what the table does not name removed; none where that is not offered. */
  readonly removing?: string;
  readonly applied: () => void;
}

/** A table out and in: what it would change is shown before anything is changed. */
export function TablePanel({ address, title, hint, removing, applied }: Props) {
  const [picked, setPicked] = useState<Picked>();
  const [removes, setRemoves] = useState(false);
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const query = (removed: boolean) => `unnamed=${removed ? 'removed' : 'kept'}`;
  const look = async (file: File, removed: boolean) => {
    setProblem('');
    setTold('');
    try {
      setPicked({ file, preview: await sendFile<Preview>(`${address}/preview?${query(removed)}`, file, 'POST') });
    } catch (error) {
      setPicked(undefined);
      setProblem(inWords(error));
    }
  };
  const apply = async ({ file, preview }: Picked) => {
    setProblem('');
    try {
      const { changed } = await sendFile<{ readonly changed: number }>(`${address}?${query(removes)}&seen=${preview.seen}`, file, 'POST');
      setPicked(undefined);
      setTold(text('tables.done', { count: changed }));
      applied();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const preview = picked?.preview;
  const named = `table-${address.split('/').at(-1)?.split('.')[0] ?? ''}`;
  return (
    <section class="panel table-panel" aria-labelledby={named}>
      <h2 id={named}>{title ? text('tables.title_of', { title }) : text('tables.title')}</h2>
      <p>
        <a href={address} download aria-label={title ? text('tables.download_of', { title }) : undefined}>
          {text('tables.download')}
        </a>
      </p>
      <FilePicker label={text('tables.drop')} hint={hint} pick={([file]) => file && void look(file, removes)} />
      {removing && (
        <label class="choice">
          <input
            type="checkbox"
            checked={removes}
            onChange={(event) => {
              setRemoves(event.currentTarget.checked);
              if (picked) void look(picked.file, event.currentTarget.checked);
            }}
          />
          {removing}
        </label>
      )}
      {problem && <Problem>{problem}</Problem>}
      <p role="status" class="told">
        {told}
      </p>
      {picked && preview && (
        <section aria-labelledby={`${named}-preview`}>
          <h3 id={`${named}-preview`}>{text('tables.preview', { file: picked.file.name })}</h3>
          {preview.mistakes.length > 0 && (
            <Problem>
              <p>{text('tables.mistakes', { count: preview.mistakes.length })}</p>
              <ul>
                {preview.mistakes.map(({ line, message }) => (
                  <li key={line}>{text('tables.mistake', { line, message })}</li>
                ))}
              </ul>
            </Problem>
          )}
          <p>{text('tables.summary', { count: preview.changes.length, unchanged: preview.unchanged })}</p>
          <Changes changes={preview.changes} />
          <div class="buttons">
            <button type="button" class="primary" disabled={preview.mistakes.length > 0 || preview.changes.length === 0} onClick={() => void apply(picked)}>
              {text('tables.apply', { count: preview.changes.length })}
            </button>
            <button type="button" onClick={() => setPicked(undefined)}>
              {text('desk.cancel')}
            </button>
          </div>
        </section>
      )}
    </section>
  );
}
