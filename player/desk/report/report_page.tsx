import { useEffect, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { AttendancePanel } from './attendance_panel.tsx';
import { Definitions } from './definitions.tsx';
import { shownInWords, type Shown } from './figures.ts';
import { Matrix } from './matrix.tsx';
import { readReport, tableAddress, type Report } from './report_api.ts';

const SHOWN: readonly Shown[] = ['people', 'accounts', 'time'];

interface ChoicesProps {
  readonly report: Report;
  readonly setYear: (year: number) => void;
  readonly shown: Shown;
  readonly setShown: (shown: Shown) => void;
  readonly withDepartments: boolean;
  readonly setWithDepartments: (shown: boolean) => void;
}

function ChoicesBar({ report, setYear, shown, setShown, withDepartments, setWithDepartments }: ChoicesProps) {
  return (
    <div class="report-choices">
      <label>
        {text('report.year')}
        <select value={report.year} onChange={(event) => setYear(Number(event.currentTarget.value))}>
          {report.years.map((year) => (
            <option key={year} value={year}>
              {text('report.fiscal_year', { year })}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text('report.show')}
        <select value={shown} onChange={(event) => setShown(SHOWN.find((each) => each === event.currentTarget.value) ?? 'people')}>
          {SHOWN.map((each) => (
            <option key={each} value={each}>
              {shownInWords(each)}
            </option>
          ))}
        </select>
      </label>
      <label class="report-departments">
        <input type="checkbox" checked={withDepartments} onChange={(event) => setWithDepartments(event.currentTarget.checked)} />
        {text('report.with_departments')}
      </label>
      <div class="buttons">
        <a class="button" href={tableAddress(report.year)} download>
          {text('report.table')}
        </a>
        <button type="button" onClick={() => window.print()}>
          {text('report.print')}
        </button>
      </div>
    </div>
  );
}

/** Who took part in a year. */
export function ReportPage() {
  const [year, setYear] = useState<number>();
  const [shown, setShown] = useState<Shown>('people');
  const [withDepartments, setWithDepartments] = useState(false);
  const [report, setReport] = useState<Report>();
  const [problem, setProblem] = useState('');
  const [reading, setReading] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    readReport(year, stop.signal).then(
      (read) => {
        setReport(read);
        setProblem('');
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setProblem(inWords(error));
      },
    );
    return () => stop.abort();
  }, [year, reading]);
  return (
    <>
      <nav class="trail" aria-label={text('site.where')}>
        <a href="/desk">{text('desk.title')}</a>
      </nav>
      <h1>{text('report.title')}</h1>
      {problem && <Problem>{problem}</Problem>}
      {!report && !problem && <p class="loading">{text('site.loading')}</p>}
      {report && (
        <>
          <ChoicesBar {...{ report, setYear, shown, setShown, withDepartments, setWithDepartments }} />
          <Matrix report={report} shown={shown} withDepartments={withDepartments} />
          <Definitions />
          <AttendancePanel key={report.year} report={report} changed={() => setReading(reading + 1)} />
        </>
      )}
    </>
  );
}
