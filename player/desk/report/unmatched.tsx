import { useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { addByZoom, type ReadList, type Report } from './report_api.ts';

interface UnmatchedProps {
  readonly list: ReadList;
  readonly session: string;
  readonly report: Report;
  readonly failed: (error: unknown) => void;
  /** The report has to be read anew. */
  readonly changed: () => void;
}

/** What Zoom's list was read as; whoever is not known by the name is given a municipality by hand. */
export function Unmatched({ list, session, report, failed, changed }: UnmatchedProps) {
  const [chosen, setChosen] = useState<readonly string[]>(list.unmatched.map(({ proposed }) => proposed ?? ''));
  const [added, setAdded] = useState<number>();
  const choose = (at: number, code: string) => setChosen(chosen.map((was, each) => (each === at ? code : was)));
  const people = Object.values(list.matched).reduce((sum, count) => sum + count, 0);
  const add = (event: Event) => {
    event.preventDefault();
    const counts: Record<string, number> = {};
    for (const code of chosen.filter((code) => code !== '')) counts[code] = (counts[code] ?? 0) + 1;
    addByZoom(session, counts).then(() => {
      setAdded(chosen.filter((code) => code !== '').length);
      changed();
    }, failed);
  };
  return (
    <div class="report-unmatched">
      <p role="status">
        {text('report.list_read', { municipalities: Object.keys(list.matched).length, people })}{' '}
        {added !== undefined && text('report.list_added', { people: added })}
      </p>
      {list.unmatched.length > 0 && added === undefined && (
        <form onSubmit={add}>
          <p>{text('report.list_unmatched', { count: list.unmatched.length })}</p>
          <ul>
            {list.unmatched.map(({ name }, at) => (
              <li key={at}>
                <label>
                  <span>{name}</span>
                  <select value={chosen[at]} onChange={(event) => choose(at, event.currentTarget.value)}>
                    <option value="">{text('report.not_counted')}</option>
                    {report.rows.map(({ municipality }) => (
                      <option key={municipality.code} value={municipality.code}>
                        {municipality.name}
                      </option>
                    ))}
                  </select>
                </label>
              </li>
            ))}
          </ul>
          <button type="submit" disabled={chosen.every((code) => code === '')}>
            {text('report.list_add')}
          </button>
        </form>
      )}
    </div>
  );
}
