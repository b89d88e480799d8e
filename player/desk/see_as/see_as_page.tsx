import { useContext, useEffect, useState } from 'preact/hooks';
import { instantInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { isSeen } from './reasons.ts';
import { readSeen, type Seen } from './see_as_api.ts';
import { formOfQuery, pageAddress, queryOf } from './see_as_form.ts';
import { SeenTable } from './seen_table.tsx';
import { WhoAndWhen } from './who_and_when.tsx';

type Shown = 'all' | 'seen' | 'refused';

interface ResultProps {
  readonly seen: Seen;
  readonly query: string;
  readonly isStaff: boolean;
}

function Result({ seen: { viewer, at, items }, query, isStaff }: ResultProps) {
  const { zone } = useContext(DeskContext);
  const [shown, setShown] = useState<Shown>('all');
  const instant = Date.parse(at);
  const count = items.filter(isSeen).length;
  const chosen = items.filter((item) => shown === 'all' || (shown === 'seen') === isSeen(item));
  return (
    <section aria-labelledby="seen">
      <h2 id="seen">{text('see_as.list')}</h2>
      <p role="status">{text('see_as.count', { when: instantInWords(at, zone, instant), seen: count, all: items.length })}</p>
      {isStaff && (
        <p class="quiet">
          {viewer.registered.length > 0
            ? text('see_as.registered', { series: viewer.registered.map(({ title }) => text('windows.quoted', { title })).join('') })
            : text('see_as.registered_nowhere')}
        </p>
      )}
      <p>
        <a href={pageAddress(query, '/')}>{text('see_as.open_home')}</a>
      </p>
      <label class="see-as-shown">
        {text('see_as.shown')}
        <select value={shown} onChange={(event) => setShown(event.currentTarget.value as Shown)}>
          <option value="all">{text('windows.all')}</option>
          <option value="seen">{text('see_as.shown_seen')}</option>
          <option value="refused">{text('see_as.shown_refused')}</option>
        </select>
      </label>
      {chosen.length > 0 ? <SeenTable items={chosen} query={query} zone={zone} at={instant} /> : <p class="empty">{text('windows.nothing_shown')}</p>}
    </section>
  );
}

/** The site as somebody else sees it, at any instant: decided where viewers' requests are. The address tells who and when. */
export function SeeAsPage() {
  const { zone, now } = useContext(DeskContext);
  const [form, setForm] = useState(() => formOfQuery(location.search, zone, now));
  const [seen, setSeen] = useState<Seen>();
  const [municipalities, setMunicipalities] = useState<Seen['municipalities']>([]);
  const [problem, setProblem] = useState('');
  const query = queryOf(form, zone);
  useEffect(() => {
    const gone = new AbortController();
    setSeen(undefined);
    if (query !== undefined) history.replaceState(null, '', `?${query}`);
    readSeen(query ?? '', gone.signal).then(
      (answer) => {
        setProblem('');
        setMunicipalities(answer.municipalities);
        if (query !== undefined) setSeen(answer);
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setProblem(inWords(error));
      },
    );
    return () => gone.abort();
  }, [query]);
  return (
    <>
      <nav class="trail" aria-label={text('site.where')}>
        <a href="/desk">{text('desk.title')}</a>
      </nav>
      <h1>{text('see_as.title')}</h1>
      <p class="lead">{text('see_as.lead')}</p>
      <WhoAndWhen form={form} municipalities={municipalities} zone={zone} now={now} change={setForm} />
      {problem && <Problem>{problem}</Problem>}
      {query === undefined && <p class="quiet">{form.viewer === 'staff' && !form.municipality ? text('see_as.choose_first') : text('see_as.no_instant')}</p>}
      {query !== undefined && !seen && !problem && <p class="loading">{text('site.loading')}</p>}
      {seen && query !== undefined && <Result seen={seen} query={query} isStaff={form.viewer === 'staff'} />}
    </>
  );
}
