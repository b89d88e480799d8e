import type { Item } from './sessions_api.ts';

/** The items with the one at `from` moved to `to`. */
export function moved(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length || from === to) return items;
  const rest = items.filter((_, at) => at !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** Labels of kinds that programmes have. */
export const KINDS: readonly (readonly [string, string])[] = [
  ['lecture', '講演'],
  ['explanation', '解説'],
  ['presentation', '発表'],
  ['dialogue', '対話'],
  ['guidance', '案内'],
  ['group_work', 'グループワーク'],
  ['report', '報告'],
  ['comment', '講評'],
];

let made = 0;
/** An item without words. Its id is this page's own until the server gives it one. */
export function emptyItem(): Item {
  made += 1;
  return { id: `new ${made}`, kind: '', kind_label: '', title: '', speaker: '', note: '', sub_items: [] };
}
