import { useContext, useEffect, useState } from 'preact/hooks';
import { instantInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { readAudit, undoEntry, type AuditPage as Page, type Entry, type Wanted } from './audit_api.ts';
import { fieldInWords, valueInWords } from './field_words.ts';
import { sentence, whoInWords } from './sentences.ts';

const ALL: Wanted = { who: '', what: '', from: '', until: '' };

const groups = (): readonly (readonly [string, string])[] => [
  ['', text('audit.all')],
  ['publishing', text('audit.group_publishing')],
  ['videos', text('audit.group_videos')],
  ['materials', text('audit.group_materials')],
  ['sessions', text('audit.group_sessions')],
  ['notices', text('audit.group_notices')],
  ['questions', text('audit.group_questions')],
  ['departments', text('audit.group_departments')],
  ['accounts', text('audit.group_accounts')],
  ['live', text('audit.group_live')],
  ['commands', text('audit.group_commands')],
];

interface FilterProps {
  readonly wanted: Wanted;
  readonly accounts: Page['accounts'];
  readonly want: (wanted: Wanted) => void;
}

function Filter({ wanted, accounts, want }: FilterProps) {
  const day = (field: 'from' | 'until', label: string) => (
    <label>
      {label}
      <input type="date" value={wanted[field]} onChange={(event) => want({ ...wanted, [field]: event.currentTarget.value })} />
    </label>
  );
  return (
    <form class="panel audit-filter" aria-label={text('audit.filter')} onSubmit={(event) => event.preventDefault()}>
      <label>
        {text('audit.who')}
        <select value={wanted.who} onChange={(event) => want({ ...wanted, who: event.currentTarget.value })}>
          <option value="">{text('audit.all')}</option>
          {accounts.map((who) => (
            <option key={who.id} value={who.id || '-'}>
              {whoInWords(who)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text('audit.what')}
        <select value={wanted.what} onChange={(event) => want({ ...wanted, what: event.currentTarget.value })}>
          {groups().map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {day('from', text('audit.from'))}
      {day('until', text('audit.until'))}
    </form>
  );
}

function Changes({ entry }: { readonly entry: Entry }) {
  const { zone, now } = useContext(DeskContext);
  const told = entry.changes.flatMap((change) => {
    const name = fieldInWords(change.field);
    return name ? [{ ...change, name }] : [];
  });
  if (!told.length) return null;
  return (
    <dl class="audit-changes">
      {told.map(({ field, name, before, after }) => (
        <div key={field}>
          <dt>{name}</dt>
          <dd>
            {valueInWords(field, before, zone, now) !== text('audit.empty') && (
              <>
                <del>{valueInWords(field, before, zone, now)}</del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <ins>{valueInWords(field, after, zone, now)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface EntryProps {
  readonly entry: Entry;
  readonly undone: () => void;
}

function EntryItem({ entry, undone }: EntryProps) {
  const { zone, now } = useContext(DeskContext);
  const [problem, setProblem] = useState('');
  const undo = () =>
    undoEntry(entry.number).then(undone, (error: unknown) => setProblem(inWords(error)));
  return (
    <li>
      <p class="audit-said">
        <time dateTime={entry.at}>{instantInWords(entry.at, zone, now)}</time>
        {sentence(entry)}
        {entry.link && (
          <a href={entry.link} aria-label={text('audit.open_of', { title: entry.title ?? '' })}>
            {text('audit.open')}
          </a>
        )}
      </p>
      <Changes entry={entry} />
      {problem && <Problem>{problem}</Problem>}
      {entry.undo === 'possible' && (
        <button type="button" aria-label={text('audit.undo_of', { title: entry.title ?? '' })} onClick={() => void undo()}>
          {text('audit.undo')}
        </button>
      )}
      {entry.undo === 'changed_since' && <p class="quiet">{text('audit.changed_since')}</p>}
    </li>
  );
}

/** Who did what, when, before and after; changes of publishing are undone here. */
export function AuditPage() {
  const [wanted, want] = useState<Wanted>(ALL);
  const [page, setPage] = useState<Page>();
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    readAudit(wanted, undefined, stop.signal).then(
      (answer) => {
        setPage(answer);
        setProblem('');
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setProblem(inWords(error));
      },
    );
    return () => stop.abort();
  }, [wanted, round]);
  const older = async (entries: readonly Entry[]) => {
    try {
      const next = await readAudit(wanted, entries.at(-1)?.number);
      setPage({ ...next, entries: [...entries, ...next.entries] });
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const undone = () => {
    setTold(text('audit.undone'));
    setRound((last) => last + 1);
  };
  return (
    <>
      <h1>{text('audit.title')}</h1>
      <p class="lead">{text('audit.lead')}</p>
      <Filter wanted={wanted} accounts={page?.accounts ?? []} want={want} />
      <p class="told" role="status">
        {told}
      </p>
      {problem && <Problem>{problem}</Problem>}
      {page?.entries.length === 0 && <p class="empty">{text('audit.none')}</p>}
      {page && page.entries.length > 0 && (
        <ol class="audit-entries">
          {page.entries.map((entry) => (
            <EntryItem key={entry.number} entry={entry} undone={undone} />
          ))}
        </ol>
      )}
      {page?.more && (
        <button type="button" onClick={() => void older(page.entries)}>
          {text('audit.older')}
        </button>
      )}
    </>
  );
}
