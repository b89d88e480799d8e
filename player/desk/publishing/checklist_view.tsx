import { useContext } from 'preact/hooks';
import { instantInWords } from '../../common/dates.ts';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { findingInWords, subjectInWords, subjectsInWords, type Checklist } from './checks.ts';

function Overridden({ overridden: { at, by, reason, failed } }: { readonly overridden: NonNullable<Checklist['overridden']> }) {
  const { zone, now } = useContext(DeskContext);
  const values = { when: instantInWords(at, zone, now), who: by ?? text('checklist.nobody'), subjects: subjectsInWords(failed), reason };
  return <p class="quiet">{text('checklist.overridden', values)}</p>;
}

/** What was looked at before publishing, each with its finding in words. */
export function ChecklistView({ checklist: { checks, overridden } }: { readonly checklist: Checklist }) {
  return (
    <>
      <h3 id="checklist">{text('checklist.title')}</h3>
      <ul class="checklist" aria-labelledby="checklist">
        {checks.map((check) => (
          <li key={check.subject} class={check.passes ? 'check-good' : 'check-bad'}>
            <span class="check-mark">{check.passes ? text('checklist.passes') : text('checklist.fails')}</span>
            <span>
              <strong>{subjectInWords(check.subject)}</strong> {findingInWords(check)}
            </span>
          </li>
        ))}
      </ul>
      {overridden && <Overridden overridden={overridden} />}
    </>
  );
}
