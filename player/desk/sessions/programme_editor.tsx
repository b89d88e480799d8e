import { useRef, useState } from 'preact/hooks';
import { text } from '../../common/page.ts';
import { emptyItem, KINDS, moved } from './programme.ts';
import type { Item } from './sessions_api.ts';

interface ItemProps {
  readonly item: Item;
  readonly place: number;
  readonly count: number;
  readonly dragged: boolean;
  readonly change: (item: Item) => void;
  readonly move: (to: number) => void;
  readonly remove: () => void;
  readonly drag: (begins: boolean) => void;
  readonly over: () => void;
}

function ItemFields({ item, place, count, dragged, change, move, remove, drag, over }: ItemProps) {
  const name = item.title || text('sessions.item_unnamed', { number: place + 1 });
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!step) return;
    event.preventDefault();
    move(place + step);
  };
  return (
    <li
      class={dragged ? 'programme-item programme-item-dragged' : 'programme-item'}
      onDragOver={(event) => {
        event.preventDefault();
        over();
      }}
      onDrop={(event) => event.preventDefault()}
    >
      {/* No button: Firefox drags none. */}
      <span
        role="button"
        tabIndex={0}
        class="programme-handle"
        data-handle={item.id}
        draggable
        aria-label={text('sessions.item_move', { title: name })}
        aria-describedby="programme-keys"
        onKeyDown={keys}
        onDragStart={(event) => {
          event.dataTransfer?.setData('text/plain', item.id);
          if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
          drag(true);
        }}
        onDragEnd={() => drag(false)}
      >
        <span aria-hidden="true">⠿</span>
      </span>
      <div class="programme-fields">
        <label>
          {text('sessions.item_kind')}
          <input
            list="programme-kinds"
            maxLength={60}
            value={item.kind_label}
            onInput={(event) => {
              const kind_label = event.currentTarget.value;
              change({ ...item, kind_label, kind: KINDS.find(([, label]) => label === kind_label)?.[0] ?? item.kind });
            }}
          />
        </label>
        <label class="programme-title">
          {text('sessions.item_title')}
          <input required maxLength={200} value={item.title} onInput={(event) => change({ ...item, title: event.currentTarget.value })} />
        </label>
        <label>
          {text('desk.field_speaker')}
          <input maxLength={200} value={item.speaker} onInput={(event) => change({ ...item, speaker: event.currentTarget.value })} />
        </label>
        <label>
          {text('sessions.item_note')}
          <input maxLength={200} value={item.note} onInput={(event) => change({ ...item, note: event.currentTarget.value })} />
        </label>
        <label class="programme-lines">
          {text('sessions.item_lines')}
          <textarea
            rows={Math.max(1, item.sub_items.length)}
            value={item.sub_items.join('\n')}
            onChange={(event) => change({ ...item, sub_items: event.currentTarget.value.split('\n').map((line) => line.trim()).filter(Boolean) })}
          />
        </label>
      </div>
      <div class="buttons">
        <button type="button" disabled={place === 0} aria-label={text('sessions.item_up_of', { title: name })} onClick={() => move(place - 1)}>
          {text('sessions.item_up')}
        </button>
        <button type="button" disabled={place === count - 1} aria-label={text('sessions.item_down_of', { title: name })} onClick={() => move(place + 1)}>
          {text('sessions.item_down')}
        </button>
        <button type="button" aria-label={text('sessions.item_remove_of', { title: name })} onClick={remove}>
          {text('sessions.item_remove')}
        </button>
      </div>
    </li>
  );
}

interface Props {
  readonly items: readonly Item[];
  readonly change: (items: readonly Item[]) => void;
}

/** The points of a programme, in an order that is changed by drag, by the arrow keys on a handle, or by buttons. */
export function ProgrammeEditor({ items, change }: Props) {
  const [told, setTold] = useState('');
  const [dragged, setDragged] = useState<string>();
  const list = useRef<HTMLOListElement>(null);
  const move = (from: number, to: number) => {
    const next = moved(items, from, to);
    if (next === items) return;
    change(next);
    const item = items[from];
    if (!item) return;
    setTold(text('sessions.item_moved', { title: item.title, place: to + 1, count: items.length }));
    // The list is drawn anew: the handle keeps the focus that it had.
    const had = document.activeElement instanceof HTMLElement && document.activeElement.dataset['handle'] === item.id;
    if (had) requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(item.id)}"]`)?.focus());
  };
  const dragOver = (place: number) => {
    const from = items.findIndex(({ id }) => id === dragged);
    if (from >= 0) move(from, place);
  };
  return (
    <section class="panel" aria-labelledby="programme">
      <h2 id="programme">{text('session.programme')}</h2>
      <p id="programme-keys" class="quiet">
        {text('sessions.programme_hint')}
      </p>
      <datalist id="programme-kinds">
        {KINDS.map(([kind, label]) => (
          <option key={kind} value={label} />
        ))}
      </datalist>
      <p class="for-ears" role="status">
        {told}
      </p>
      {items.length > 0 && (
        <ol class="programme-items" ref={list}>
          {items.map((item, place) => (
            <ItemFields
              key={item.id}
              item={item}
              place={place}
              count={items.length}
              dragged={dragged === item.id}
              change={(next) => change(items.map((each) => (each.id === item.id ? next : each)))}
              move={(to) => move(place, to)}
              remove={() => change(items.filter(({ id }) => id !== item.id))}
              drag={(begins) => setDragged(begins ? item.id : undefined)}
              over={() => dragOver(place)}
            />
          ))}
        </ol>
      )}
      <button type="button" onClick={() => change([...items, emptyItem()])}>
        {text('sessions.item_add')}
      </button>
    </section>
  );
}
