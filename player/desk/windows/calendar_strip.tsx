import { useContext } from 'preact/hooks';
import { dayInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { calendarOf, type CalendarEntry, type CalendarWeek } from './calendar.ts';
import type { Windows } from './windows_api.ts';

const WEEKS = 6;
/** More of one instant are behind a summary. */
const SHOWN = 3;

const whatInWords: Readonly<Record<CalendarEntry['what'], () => string>> = {
  opens: () => text('windows.calendar_opens'),
  closes: () => text('windows.calendar_closes'),
  session: () => text('windows.calendar_session'),
};

function Thing({ thing: { title, href, draft } }: { readonly thing: CalendarEntry['things'][number] }) {
  return (
    <li>
      {href ? <a href={href}>{title}</a> : title}
      {draft && <span class="mark mark-draft">{text('desk.state_draft')}</span>}
    </li>
  );
}

function Entry({ entry }: { readonly entry: CalendarEntry }) {
  const { zone, now } = useContext(DeskContext);
  const day = dayInWords(entry.day, zone.toLocal(now).year);
  const when = entry.time ? text('date.at', { day, time: entry.time }) : day;
  const [first, rest] = [entry.things.slice(0, SHOWN), entry.things.slice(SHOWN)];
  return (
    <li class={`calendar-entry calendar-${entry.what}`}>
      <p>
        <strong>{when}</strong> <span class="calendar-what">{whatInWords[entry.what]()}</span>
      </p>
      <ul>
        {first.map((thing) => (
          <Thing key={thing.href + thing.title} thing={thing} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details>
          <summary>{text('windows.calendar_more', { count: rest.length })}</summary>
          <ul>
            {rest.map((thing) => (
              <Thing key={thing.href + thing.title} thing={thing} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Week({ week: { first, last, entries } }: { readonly week: CalendarWeek }) {
  const { zone, now } = useContext(DeskContext);
  const year = zone.toLocal(now).year;
  return (
    <li class="calendar-week">
      <h3>{text('windows.calendar_week', { first: dayInWords(first, year), last: dayInWords(last, year) })}</h3>
      {entries.length === 0 ? (
        <p class="quiet">{text('windows.calendar_none')}</p>
      ) : (
        <ol>
          {entries.map((entry) => (
            <Entry key={`${entry.what} ${entry.day.month}-${entry.day.day} ${entry.time}`} entry={entry} />
          ))}
        </ol>
      )}
    </li>
  );
}

/** What opens and closes in the next weeks: a list of weeks, which wide screens show beside each other. */
export function CalendarStrip({ windows }: { readonly windows: Windows }) {
  const { zone } = useContext(DeskContext);
  return (
    <section aria-labelledby="calendar">
      <h2 id="calendar">{text('windows.calendar', { weeks: WEEKS })}</h2>
      <ol class="calendar-strip">
        {calendarOf(windows, zone, Date.parse(windows.now), WEEKS).map((week) => (
          <Week key={`${week.first.month}-${week.first.day}`} week={week} />
        ))}
      </ol>
    </section>
  );
}
