import { text } from '../common/page.ts';
import { Problem } from './parts.tsx';
import { weekdayIn, type EndFields, type WindowForm, type WindowMistake } from './window_form.ts';

interface EndProps {
  readonly label: string;
  readonly name: string;
  readonly fields: EndFields;
  readonly withTime: boolean;
  readonly change: (fields: EndFields) => void;
}

function End({ label, name, fields, withTime, change }: EndProps) {
  const weekday = weekdayIn(fields);
  const word = weekday === undefined ? '' : (text('date.weekdays').split(',')[weekday] ?? '');
  return (
    <div class="window-end">
      <label for={`${name}-day`}>{label}</label>
      <span class="window-fields">
        <input
          id={`${name}-day`}
          type="date"
          value={fields.day}
          onInput={(event) => change({ ...fields, day: event.currentTarget.value })}
        />
        <output class="weekday" for={`${name}-day`}>
          {word && text('desk.weekday', { weekday: word })}
        </output>
        {withTime && (
          <input
            type="time"
            aria-label={text('desk.time_of', { end: label })}
            value={fields.time}
            onInput={(event) => change({ ...fields, time: event.currentTarget.value })}
          />
        )}
      </span>
    </div>
  );
}

const sentences: Readonly<Record<WindowMistake, () => string>> = {
  ends_before_start: () => text('desk.ends_before_start'),
  time_without_day: () => text('desk.time_without_day'),
};

interface Props {
  /** Tells its fields apart where a page has several; none where it has one. */
  readonly name?: string;
  readonly form: WindowForm;
  readonly mistake: WindowMistake | undefined;
  /** The series' window in words; empty where the video is in none. */
  readonly ofSeries: string;
  readonly change: (form: WindowForm) => void;
}

/** From when until when: as the series, by days, or to the minute. */
export function WindowFields({ name = '', form, mistake, ofSeries, change }: Props) {
  const modes: readonly (readonly [WindowForm['mode'], string])[] = [
    ['series', ofSeries ? text('desk.window_of_series', { window: ofSeries }) : text('desk.window_none')],
    ['days', text('desk.window_days')],
    ['minutes', text('desk.window_minutes')],
  ];
  const withTime = form.mode === 'minutes';
  return (
    <fieldset>
      <legend>{text('desk.window')}</legend>
      {modes.map(([mode, label]) => (
        <label class="choice" key={mode}>
          <input type="radio" name={`${name}window-mode`} checked={form.mode === mode} onChange={() => change({ ...form, mode })} />
          {label}
        </label>
      ))}
      {form.mode !== 'series' && (
        <div class="window-ends">
          <End
            label={withTime ? text('desk.opens') : text('desk.first_day')}
            name={`${name}opens`}
            fields={form.opens}
            withTime={withTime}
            change={(opens) => change({ ...form, opens })}
          />
          <End
            label={withTime ? text('desk.closes') : text('desk.last_day')}
            name={`${name}closes`}
            fields={form.closes}
            withTime={withTime}
            change={(closes) => change({ ...form, closes })}
          />
          <p class="quiet">{withTime ? text('desk.window_minutes_hint') : text('desk.window_days_hint')}</p>
        </div>
      )}
      {mistake && <Problem>{sentences[mistake]()}</Problem>}
    </fieldset>
  );
}
