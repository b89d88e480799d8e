import { useState } from 'preact/hooks';
import { ask } from '../common/api.ts';
import { text } from '../common/page.ts';
import { AskingButton, Problem } from './parts.tsx';
import { inWords, useAttempt, usePolling } from './polling.ts';
import { TablePanel } from './tables/table_panel.tsx';

interface Municipality {
  readonly code: string;
  readonly name: string;
}

interface Series {
  readonly id: string;
  readonly title: string;
  readonly audience: string;
}

interface Department {
  readonly municipality: Municipality;
  readonly department: string;
  readonly series: readonly string[];
  readonly made_at: string;
  readonly people: number;
}

interface Answer {
  readonly departments: readonly Department[];
  readonly municipalities: readonly Municipality[];
  readonly series: readonly Series[];
}

/** What is shown once: the code and the link. */
interface Keys {
  readonly department: string;
  readonly code: string;
  readonly path: string;
}

const ADDRESS = '/api/desk/departments';
const nameOf = ({ municipality, department }: Department) => `${municipality.name} ${department}`;
const read = (signal: AbortSignal) => ask<Answer>('GET', ADDRESS, undefined, signal);

interface SeriesProps {
  readonly all: readonly Series[];
  readonly chosen: readonly string[];
  readonly change: (series: string[]) => void;
}

/** Only those that need a registration are offered. */
function SeriesChoices({ all, chosen, change }: SeriesProps) {
  return (
    <fieldset class="series-choices">
      <legend>{text('departments.series')}</legend>
      {all
        .filter(({ audience }) => audience === 'registered')
        .map(({ id, title }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => change(event.currentTarget.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
            />
            {title}
          </label>
        ))}
    </fieldset>
  );
}

function NewDepartment({ answer, made }: { readonly answer: Answer; readonly made: (keys: Keys) => void }) {
  const [municipality, setMunicipality] = useState('');
  const [department, setDepartment] = useState('');
  const [series, setSeries] = useState<string[]>([]);
  const [problem, setProblem] = useState('');
  const add = async (event: Event) => {
    event.preventDefault();
    try {
      const keys = await ask<Omit<Keys, 'department'>>('POST', ADDRESS, { municipality, department: department.trim(), series });
      const name = answer.municipalities.find(({ code }) => code === municipality)?.name ?? '';
      made({ ...keys, department: `${name} ${department.trim()}` });
      setDepartment('');
      setSeries([]);
      setProblem('');
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <form class="panel department-form" onSubmit={(event) => void add(event)}>
      <h2>{text('departments.add')}</h2>
      <label>
        {text('departments.municipality')}
        <select required value={municipality} onChange={(event) => setMunicipality(event.currentTarget.value)}>
          <option value="">{text('departments.choose')}</option>
          {answer.municipalities.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text('departments.department')}
        <input required maxLength={60} value={department} onInput={(event) => setDepartment(event.currentTarget.value)} />
      </label>
      <SeriesChoices all={answer.series} chosen={series} change={setSeries} />
      {problem && <Problem>{problem}</Problem>}
      <button type="submit" class="primary">
        {text('departments.make_code')}
      </button>
    </form>
  );
}

/** The code and the link of a department, to be handed on: they are not told again. */
function ShownKeys({ keys }: { readonly keys: Keys }) {
  const link = location.origin + keys.path;
  return (
    <section class="panel shown-keys" aria-labelledby="shown-keys">
      <h2 id="shown-keys">{text('departments.keys_of', { department: keys.department })}</h2>
      <p>{text('departments.keys_once')}</p>
      <dl>
        <dt>{text('departments.code')}</dt>
        <dd class="department-code">{keys.code}</dd>
        <dt>{text('departments.link')}</dt>
        <dd>
          <input type="text" readOnly value={link} aria-label={text('departments.link')} onFocus={(event) => event.currentTarget.select()} />
        </dd>
        <dt>{text('departments.letter')}</dt>
        <dd>
          <textarea
            readOnly
            rows={6}
            aria-label={text('departments.letter')}
            value={text('departments.letter_text', { department: keys.department, code: keys.code, link, site: location.origin })}
          />
        </dd>
      </dl>
    </section>
  );
}

interface RowProps {
  readonly department: Department;
  readonly series: readonly Series[];
  readonly changed: () => void;
  readonly made: (keys: Keys) => void;
}

function Row({ department, series, changed, made }: RowProps) {
  const { problem, attempt } = useAttempt(changed);
  const who = { municipality: department.municipality.code, department: department.department };
  const renew = () => ask<Omit<Keys, 'department'>>('POST', ADDRESS, who).then((keys) => made({ ...keys, department: nameOf(department) }));
  const remove = () => ask('DELETE', `${ADDRESS}?${new URLSearchParams(who).toString()}`);
  return (
    <tr>
      <th scope="row">{nameOf(department)}</th>
      <td data-label={text('departments.series')}>
        <SeriesChoices all={series} chosen={department.series} change={(chosen) => void attempt(ask('POST', `${ADDRESS}/series`, { ...who, series: chosen }))} />
      </td>
      <td data-label={text('departments.people')}>{department.people}</td>
      <td>
        {problem && <Problem>{problem}</Problem>}
        <div class="buttons">
          <AskingButton
            action={text('departments.new_code')}
            question={text('departments.new_code_question', { department: nameOf(department) })}
            lost={[text('departments.old_code_lost')]}
            run={() => void attempt(renew())}
          />
          <AskingButton
            action={text('departments.remove')}
            question={text('departments.remove_question', { department: nameOf(department) })}
            lost={[text('departments.access_lost'), text('departments.people_lost', { count: department.people })]}
            run={() => void attempt(remove())}
          />
        </div>
      </td>
    </tr>
  );
}

/** Departments that sign in with a code or a link, and the meetings that they are registered for. */
export function Departments() {
  const { value, problem, refresh } = usePolling(read, () => false);
  const [keys, setKeys] = useState<Keys>();
  const made = (shown: Keys) => {
    setKeys(shown);
    refresh();
  };
  return (
    <>
      <h1>{text('departments.title')}</h1>
      <p class="lead">{text('departments.lead')}</p>
      {problem && <Problem>{problem}</Problem>}
      {keys && <ShownKeys keys={keys} />}
      {value && <NewDepartment answer={value} made={made} />}
      {value?.departments.length === 0 && <p class="empty">{text('departments.none')}</p>}
      {value && value.departments.length > 0 && (
        <table class="desk-table">
          <caption class="for-ears">{text('departments.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('departments.department')}</th>
              <th scope="col">{text('departments.series')}</th>
              <th scope="col">{text('departments.people')}</th>
              <th scope="col">{text('departments.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {value.departments.map((department) => (
              <Row key={nameOf(department)} department={department} series={value.series} changed={refresh} made={made} />
            ))}
          </tbody>
        </table>
      )}
      <TablePanel
        address="/api/desk/registrations.csv"
        hint={text('tables.registrations_hint')}
        removing={text('tables.registrations_removing')}
        applied={refresh}
      />
    </>
  );
}
