import { text } from '../../common/page.ts';
import type { Zone } from '../../common/zone.ts';
import { weekdayIn } from '../window_form.ts';
import type { Municipality, ViewerKind } from './see_as_api.ts';
import { instantFields, type SeeAsForm } from './see_as_form.ts';

interface Props {
  readonly form: SeeAsForm;
  readonly municipalities: readonly Municipality[];
  readonly zone: Zone;
  readonly now: number;
  readonly change: (form: SeeAsForm) => void;
}

function StaffFields({ form, municipalities, change }: Pick<Props, 'form' | 'municipalities' | 'change'>) {
  const departments = municipalities.find(({ code }) => code === form.municipality)?.departments ?? [];
  return (
    <div class="desk-pair">
      <label>
        {text('see_as.municipality')}
        <select value={form.municipality} onChange={(event) => change({ ...form, municipality: event.currentTarget.value, department: '' })}>
          <option value="">{text('see_as.choose_municipality')}</option>
          {municipalities.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text('see_as.department')}
        <select
          value={form.department}
          disabled={!form.municipality}
          onChange={(event) => change({ ...form, department: event.currentTarget.value })}
        >
          <option value="">{text('see_as.unregistered')}</option>
          {departments.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Who looks, and when. */
export function WhoAndWhen({ form, municipalities, zone, now, change }: Props) {
  const viewers: readonly (readonly [ViewerKind, string])[] = [
    ['anonymous', text('see_as.anonymous')],
    ['staff', text('see_as.staff')],
    ['adviser', text('see_as.adviser')],
  ];
  const weekday = weekdayIn(form);
  const word = weekday === undefined ? '' : (text('date.weekdays').split(',')[weekday] ?? '');
  return (
    <div class="panel see-as-form">
      <fieldset>
        <legend>{text('see_as.who')}</legend>
        {viewers.map(([viewer, label]) => (
          <label class="choice" key={viewer}>
            <input type="radio" name="viewer" checked={form.viewer === viewer} onChange={() => change({ ...form, viewer })} />
            {label}
          </label>
        ))}
        {form.viewer === 'staff' && <StaffFields form={form} municipalities={municipalities} change={change} />}
      </fieldset>
      <fieldset>
        <legend>{text('see_as.when')}</legend>
        <span class="window-fields">
          <input
            id="see-as-day"
            type="date"
            aria-label={text('see_as.day')}
            value={form.day}
            onInput={(event) => change({ ...form, day: event.currentTarget.value })}
          />
          <output class="weekday" for="see-as-day">
            {word && text('desk.weekday', { weekday: word })}
          </output>
          <input
            type="time"
            aria-label={text('see_as.time')}
            value={form.time}
            onInput={(event) => change({ ...form, time: event.currentTarget.value })}
          />
          <button type="button" onClick={() => change({ ...form, ...instantFields(now, zone) })}>
            {text('see_as.now')}
          </button>
        </span>
      </fieldset>
    </div>
  );
}
