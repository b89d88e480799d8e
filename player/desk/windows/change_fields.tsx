import { useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { Problem } from '../parts.tsx';
import { inWords } from '../polling.ts';
import { weekdayIn } from '../window_form.ts';
import { withPreset, withSpan, type ChangeForm, type EndForm, type EndWay, type Preset } from './change_form.ts';
import { readSpan, type WrittenSpan } from './windows_api.ts';

const wayInWords: Readonly<Record<EndWay, () => string>> = {
  keep: () => text('windows.way_keep'),
  day: () => text('windows.way_day'),
  session: () => text('windows.way_session'),
  fiscal_year: () => text('windows.way_fiscal_year'),
  none: () => text('windows.way_none'),
};

interface EndProps {
  readonly name: string;
  readonly label: string;
  readonly ways: readonly EndWay[];
  readonly end: EndForm;
  readonly change: (end: EndForm) => void;
}

function EndFields({ name, label, ways, end, change }: EndProps) {
  const weekday = weekdayIn({ day: end.day, time: '' });
  const word = weekday === undefined ? '' : (text('date.weekdays').split(',')[weekday] ?? '');
  return (
    <fieldset class="change-end">
      <legend>{label}</legend>
      <select
        aria-label={text('windows.way_of', { end: label })}
        value={end.way}
        onChange={(event) => change({ ...end, way: ways.find((way) => way === event.currentTarget.value) ?? 'keep' })}
      >
        {ways.map((way) => (
          <option key={way} value={way}>
            {wayInWords[way]()}
          </option>
        ))}
      </select>
      {end.way === 'day' && (
        <span class="window-fields">
          <input
            id={`${name}-day`}
            type="date"
            aria-label={text('windows.day_of', { end: label })}
            value={end.day}
            onInput={(event) => change({ ...end, day: event.currentTarget.value })}
          />
          <output class="weekday" for={`${name}-day`}>
            {word && text('desk.weekday', { weekday: word })}
          </output>
        </span>
      )}
      {end.way === 'session' && (
        <span class="window-fields">
          <input
            type="number"
            class="days"
            min={0}
            max={3660}
            aria-label={text('windows.days_of', { end: label })}
            value={end.days}
            onInput={(event) => change({ ...end, days: event.currentTarget.value })}
          />
          <select
            aria-label={text('windows.side_of', { end: label })}
            value={end.side}
            onChange={(event) => change({ ...end, side: event.currentTarget.value === 'before' ? 'before' : 'after' })}
          >
            <option value="before">{text('windows.days_before')}</option>
            <option value="after">{text('windows.days_after')}</option>
          </select>
        </span>
      )}
      {(end.way === 'day' || end.way === 'session') && (
        <span class="window-fields">
          <input
            type="time"
            aria-label={text('desk.time_of', { end: label })}
            value={end.time === '24:00' ? '' : end.time}
            onInput={(event) => change({ ...end, time: event.currentTarget.value })}
          />
          <span class="quiet">{text('windows.time_hint')}</span>
        </span>
      )}
    </fieldset>
  );
}

interface PasteProps {
  readonly take: (span: WrittenSpan) => void;
}

/** A text such as 6月29日(火)〜12月28日(火), read by the server. */
function PasteField({ take }: PasteProps) {
  const [written, setWritten] = useState('');
  const [problem, setProblem] = useState('');
  const [told, setTold] = useState('');
  const [oneDay, setOneDay] = useState<WrittenSpan>();
  const done = (span: WrittenSpan) => {
    setOneDay(undefined);
    setTold(text('windows.pasted'));
    take(span);
  };
  const read = async () => {
    setProblem('');
    setTold('');
    setOneDay(undefined);
    try {
      const span = await readSpan(written);
      if (span.day) setOneDay(span);
      else done(span);
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <div class="paste">
      <label>
        {text('windows.paste')}
        <input
          value={written}
          maxLength={100}
          placeholder={text('windows.paste_example')}
          onInput={(event) => setWritten(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void read();
          }}
        />
      </label>
      <button type="button" disabled={!written.trim()} onClick={() => void read()}>
        {text('windows.paste_read')}
      </button>
      {oneDay && (
        <div class="buttons" role="group" aria-label={text('windows.paste_which')}>
          <span>{text('windows.paste_which')}</span>
          <button type="button" onClick={() => done({ opens: oneDay.day, closes: null, day: null })}>
            {text('desk.opens')}
          </button>
          <button type="button" onClick={() => done({ opens: null, closes: oneDay.day, day: null })}>
            {text('desk.closes')}
          </button>
        </div>
      )}
      <p role="status" class="quiet">
        {told}
      </p>
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
}

const presets: readonly (readonly [Preset, () => string])[] = [
  ['two_weeks_after', () => text('windows.preset_two_weeks_after')],
  ['day_after_for_two_weeks', () => text('windows.preset_day_after')],
  ['day_before', () => text('windows.preset_day_before')],
  ['fiscal_year', () => text('windows.preset_fiscal_year')],
];

interface Props {
  readonly form: ChangeForm;
  readonly change: (form: ChangeForm) => void;
}

/** What is to become of windows and of publication. */
export function ChangeFields({ form, change }: Props) {
  const windowChoices: readonly (readonly [ChangeForm['window'], string])[] = [
    ['keep', text('windows.window_keep')],
    ['ends', text('windows.window_ends')],
    ['series', text('windows.window_series')],
  ];
  const publishedChoices: readonly (readonly [ChangeForm['published'], string])[] = [
    ['keep', text('windows.published_keep')],
    ['yes', text('desk.publish')],
    ['no', text('desk.unpublish')],
  ];
  return (
    <>
      <fieldset>
        <legend>{text('desk.window')}</legend>
        {windowChoices.map(([choice, label]) => (
          <label class="choice" key={choice}>
            <input type="radio" name="change-window" checked={form.window === choice} onChange={() => change({ ...form, window: choice })} />
            {label}
          </label>
        ))}
        <div class="buttons presets" role="group" aria-label={text('windows.presets')}>
          {presets.map(([preset, label]) => (
            <button type="button" key={preset} onClick={() => change(withPreset(form, preset))}>
              {label()}
            </button>
          ))}
        </div>
        <PasteField take={(span) => change(withSpan(form, span))} />
        {form.window === 'ends' && (
          <div class="change-ends">
            <EndFields
              name="change-opens"
              label={text('desk.opens')}
              ways={['keep', 'day', 'session', 'none']}
              end={form.opens}
              change={(opens) => change({ ...form, opens })}
            />
            <EndFields
              name="change-closes"
              label={text('desk.closes')}
              ways={['keep', 'day', 'session', 'fiscal_year', 'none']}
              end={form.closes}
              change={(closes) => change({ ...form, closes })}
            />
          </div>
        )}
      </fieldset>
      <fieldset>
        <legend>{text('desk.publishing')}</legend>
        {publishedChoices.map(([choice, label]) => (
          <label class="choice" key={choice}>
            <input
              type="radio"
              name="change-published"
              checked={form.published === choice}
              onChange={() => change({ ...form, published: choice })}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </>
  );
}
