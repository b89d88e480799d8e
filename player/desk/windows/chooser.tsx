import { useContext, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { DeskContext } from '../context.ts';
import { StateMark } from '../parts.tsx';
import { windowInWords } from '../words.ts';
import type { Item, ItemId, Series, Windows } from './windows_api.ts';

/** What tells items apart. */
export const keyOf = ({ kind, id }: ItemId) => `${kind} ${id}`;

interface RowProps {
  readonly id: ItemId;
  readonly title: string;
  readonly what: string;
  readonly window: string;
  readonly state?: Item['state'];
  readonly chosen: boolean;
  readonly choose: (chosen: boolean) => void;
}

function Row({ id, title, what, window, state, chosen, choose }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <label class="choice">
          <input type="checkbox" name={keyOf(id)} checked={chosen} onChange={(event) => choose(event.currentTarget.checked)} />
          <span>
            {title || text('desk.untitled')} <span class="quiet">{what}</span>
          </span>
        </label>
      </th>
      <td data-label={text('desk.column_state')}>{state && <StateMark state={state} />}</td>
      <td data-label={text('windows.column_window')}>{window}</td>
    </tr>
  );
}

interface Filter {
  readonly series: string;
  readonly session: string;
  readonly kind: '' | Item['kind'];
}

const isShown = ({ series, session, kind }: Filter, item: Item) =>
  (!series || item.series === series) && (!session || item.session === session) && (!kind || item.kind === kind);

interface FilterProps {
  readonly windows: Windows;
  readonly filter: Filter;
  readonly set: (filter: Filter) => void;
}

function FilterFields({ windows, filter, set }: FilterProps) {
  const sessions = windows.sessions.filter(({ series }) => !filter.series || series === filter.series);
  return (
    <div class="desk-pair">
      <label>
        {text('desk.field_series')}
        <select value={filter.series} onChange={(event) => set({ ...filter, series: event.currentTarget.value, session: '' })}>
          <option value="">{text('windows.all')}</option>
          {windows.series.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text('desk.field_session')}
        <select value={filter.session} onChange={(event) => set({ ...filter, session: event.currentTarget.value })}>
          <option value="">{text('windows.all')}</option>
          {sessions.map(({ id, title, day }) => (
            <option key={id} value={id}>
              {day ? text('desk.session_choice', { title, when: day }) : title}
            </option>
          ))}
        </select>
      </label>
      <label>
        {text('windows.kind')}
        <select value={filter.kind} onChange={(event) => set({ ...filter, kind: event.currentTarget.value as Filter['kind'] })}>
          <option value="">{text('windows.all')}</option>
          <option value="video">{text('windows.kind_video')}</option>
          <option value="material">{text('windows.kind_material')}</option>
        </select>
      </label>
    </div>
  );
}

interface Props {
  readonly windows: Windows;
  /** Keys of what is chosen. */
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}

/** Videos, materials and series to choose from. What is chosen stays so while others are shown. */
export function Chooser({ windows, chosen, choose }: Props) {
  const { zone, now } = useContext(DeskContext);
  const [filter, setFilter] = useState<Filter>({ series: '', session: '', kind: '' });
  const items = windows.items.filter((item) => isShown(filter, item));
  const series = filter.kind || filter.session ? [] : windows.series.filter(({ id }) => !filter.series || id === filter.series);
  // Handouts of many lectures may be called alike.
  const ownerOf = ({ series: of, session, video, kind }: Item) =>
    windows.items.find((each) => each.kind === 'video' && each.id === video)?.title ??
    (kind === 'material' ? windows.sessions.find(({ id }) => id === session)?.title : undefined) ??
    windows.series.find(({ id }) => id === of)?.title ??
    '';
  const mark = (item: ItemId) => (is: boolean) => {
    const after = new Set(chosen);
    if (is) after.add(keyOf(item));
    else after.delete(keyOf(item));
    choose(after);
  };
  const seriesId = ({ id }: Series): ItemId => ({ kind: 'series', id });
  return (
    <section class="panel" aria-labelledby="choose">
      <h2 id="choose">{text('windows.choose')}</h2>
      <FilterFields windows={windows} filter={filter} set={setFilter} />
      <div class="buttons">
        <button type="button" disabled={items.length === 0} onClick={() => choose(new Set([...chosen, ...items.map(keyOf)]))}>
          {text('windows.choose_shown', { count: items.length })}
        </button>
        <button type="button" disabled={chosen.size === 0} onClick={() => choose(new Set())}>
          {text('windows.choose_none')}
        </button>
        <span role="status">{text('windows.chosen', { count: chosen.size })}</span>
      </div>
      {items.length + series.length === 0 ? (
        <p class="empty">{text('windows.nothing_shown')}</p>
      ) : (
        <div class="chooser-rows" tabIndex={0} role="group" aria-labelledby="choose">
          <table class="desk-table">
            <caption class="for-ears">{text('windows.choose')}</caption>
            <thead>
              <tr>
                <th scope="col">{text('desk.column_title')}</th>
                <th scope="col">{text('desk.column_state')}</th>
                <th scope="col">{text('windows.column_window')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row
                  key={keyOf(item)}
                  id={item}
                  title={item.title}
                  what={[item.kind === 'video' ? text('windows.kind_video') : text('windows.kind_material'), ownerOf(item)]
                    .filter(Boolean)
                    .join(' ')}
                  window={
                    windowInWords(item.effective_window, zone, now) + (item.now.window === null && item.series ? text('windows.of_series') : '')
                  }
                  state={item.state}
                  chosen={chosen.has(keyOf(item))}
                  choose={mark(item)}
                />
              ))}
              {series.map((each) => (
                <Row
                  key={keyOf(seriesId(each))}
                  id={seriesId(each)}
                  title={each.title}
                  what={text('windows.kind_series')}
                  window={windowInWords(each.window, zone, now)}
                  chosen={chosen.has(keyOf(seriesId(each)))}
                  choose={mark(seriesId(each))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
