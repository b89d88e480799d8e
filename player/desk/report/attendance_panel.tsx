import { useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { FilePicker, Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { sendParticipants, setAttendance, type ReadList, type Report, type SessionColumn } from './report_api.ts';
import { Unmatched } from './unmatched.tsx';

interface PanelProps {
  readonly report: Report;
  /** The report has to be read anew. */
  readonly changed: () => void;
}

/** Who came: Zoom's list of participants, or a number for a municipality. */
export function AttendancePanel({ report, changed }: PanelProps) {
  const sessions = report.columns.filter((column): column is SessionColumn => column.kind === 'session');
  const [session, setSession] = useState(sessions[0]?.id ?? '');
  const [way, setWay] = useState<'venue' | 'zoom'>('venue');
  const [code, setCode] = useState(report.rows[0]?.municipality.code ?? '');
  const [people, setPeople] = useState('');
  const [list, setList] = useState<ReadList>();
  /** How many lists were read, so that each has choices of its own. */
  const [reads, setReads] = useState(0);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const begin = () => {
    setList(undefined);
    setSaid('');
    setProblem('');
  };
  const failed = (error: unknown) => setProblem(inWords(error));
  const send = (file: File | undefined) => {
    if (!file) return;
    begin();
    sendParticipants(session, file).then((read) => (setList(read), setReads(reads + 1), changed()), failed);
  };
  const keep = (event: Event) => {
    event.preventDefault();
    begin();
    setAttendance(session, way, code, Number(people)).then(() => (setSaid(text('report.kept')), setPeople(''), changed()), failed);
  };
  if (sessions.length === 0) return null;
  return (
    <section class="panel report-attendance" aria-labelledby="report-attendance">
      <h2 id="report-attendance">{text('report.attendance')}</h2>
      <label>
        {text('report.session')}
        <select value={session} onChange={(event) => (begin(), setSession(event.currentTarget.value))}>
          {sessions.map(({ id, title, when }) => (
            <option key={id} value={id}>
              {text('desk.session_choice', { title, when })}
            </option>
          ))}
        </select>
      </label>
      <FilePicker label={text('report.list')} hint={text('report.list_hint')} pick={([file]) => send(file)} />
      {list && <Unmatched key={reads} {...{ list, session, report, failed, changed }} />}
      <form onSubmit={keep}>
        <label>
          {text('report.municipality')}
          <select value={code} onChange={(event) => setCode(event.currentTarget.value)}>
            {report.rows.map(({ municipality }) => (
              <option key={municipality.code} value={municipality.code}>
                {municipality.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text('report.way')}
          <select value={way} onChange={(event) => setWay(event.currentTarget.value === 'zoom' ? 'zoom' : 'venue')}>
            <option value="venue">{text('report.venue')}</option>
            <option value="zoom">{text('report.zoom')}</option>
          </select>
        </label>
        <label>
          {text('report.people')}
          <input type="number" min="0" max="10000" step="1" required value={people} onInput={(event) => setPeople(event.currentTarget.value)} />
        </label>
        <button type="submit">{text('report.keep')}</button>
        <span role="status">{said}</span>
      </form>
      {problem && <Problem>{problem}</Problem>}
    </section>
  );
}
