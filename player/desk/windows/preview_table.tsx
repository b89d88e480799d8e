import { useContext } from 'preact/hooks';
import { dayInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import { DeskContext, type Desk } from '../context.ts';
import { subjectsInWords } from '../publishing/checks.ts';
import type { Window } from '../types.ts';
import { windowInWords } from '../words.ts';
import { keyOf } from './chooser.tsx';
import type { Preview, State, Warning } from './windows_api.ts';

const dayOffInWords = (why: 'saturday' | 'sunday' | 'holiday' | 'year_end', holiday: string): string =>
  ({
    saturday: () => text('windows.day_off_saturday'),
    sunday: () => text('windows.day_off_sunday'),
    holiday: () => text('windows.day_off_holiday', { holiday }),
    year_end: () => text('windows.day_off_year_end'),
  })[why]();

function warningInWords(warning: Warning, { zone, now }: Desk): string {
  switch (warning.kind) {
    case 'closes_on_day_off': {
      const [year = 0, month = 0, day = 0] = warning.day.split('-').map(Number);
      const values = { day: dayInWords({ year, month, day }, zone.toLocal(now).year), why: dayOffInWords(warning.why, warning.holiday) };
      return text('windows.warn_day_off', values);
    }
    case 'never_open':
      return text('windows.warn_never_open');
    case 'leaves_series':
      return text('windows.warn_leaves_series');
    case 'no_recording':
      return text('windows.warn_no_recording');
    case 'no_file':
      return text('windows.warn_no_file');
    case 'materials_beyond':
      return text('windows.warn_materials', { titles: warning.titles.map((title) => text('windows.quoted', { title })).join('') });
    case 'checklist':
      return text('windows.warn_checklist', { subjects: subjectsInWords(warning.failed) });
    case 'inherited':
      return text('windows.warn_inherited', { count: warning.count });
  }
}

function StateWords({ state, effective }: { readonly state: State; readonly effective: Window }) {
  const { zone, now } = useContext(DeskContext);
  const published = state.published === null ? '' : state.published ? text('windows.is_published') : text('desk.state_draft');
  return (
    <>
      {windowInWords(effective, zone, now)}
      {state.window === null && text('windows.of_series')}
      {published && <span class="quiet">{published}</span>}
    </>
  );
}

export const isChanged = ({ now, then }: Preview): boolean => JSON.stringify(now) !== JSON.stringify(then);

interface RowProps {
  readonly preview: Preview;
  readonly note: string;
}

function Row({ preview, note }: RowProps) {
  const desk = useContext(DeskContext);
  const { title, now, then, effective_now, effective_then, problem, warnings } = preview;
  return (
    <tr class={problem === null ? '' : 'has-problem'}>
      <th scope="row">
        {title || text('desk.untitled')}
        {note && <span class="quiet preview-note">{note}</span>}
      </th>
      <td data-label={text('windows.column_now')}>
        <StateWords state={now} effective={effective_now} />
      </td>
      <td data-label={text('windows.column_then')}>
        {then && effective_then && (isChanged(preview) ? <StateWords state={then} effective={effective_then} /> : text('windows.stays'))}
        {problem !== null && <strong class="warning">{text('windows.cannot', { problem })}</strong>}
      </td>
      <td data-label={warnings.length > 0 ? text('windows.column_warnings') : undefined}>
        {warnings.length > 0 && (
          <ul class="window-warnings">
            {warnings.map((warning) => (
              <li key={warning.kind}>{warningInWords(warning, desk)}</li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}

interface Props<Each extends Preview> {
  readonly changes: readonly Each[];
  /** What is told of each beside its title. */
  readonly note?: (change: Each) => string;
}

/** What a change would make of each item. */
export function PreviewTable<Each extends Preview>({ changes, note = () => '' }: Props<Each>) {
  return (
    <table class="desk-table preview-table">
      <caption class="for-ears">{text('windows.preview')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('desk.column_title')}</th>
          <th scope="col">{text('windows.column_now')}</th>
          <th scope="col">{text('windows.column_then')}</th>
          <th scope="col">{text('windows.column_warnings')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((preview) => (
          <Row key={keyOf(preview)} preview={preview} note={note(preview)} />
        ))}
      </tbody>
    </table>
  );
}
