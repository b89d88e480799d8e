import type ja from '../messages/ja.json';

/** A message of the catalogue. The build gives a page those that its script names literally. */
export type MessageKey = keyof typeof ja;

/** What the server writes into every page that has a script of its own. */
export interface PageData {
  readonly language: string;
  /** IANA name of the zone in which the site tells times. */
  readonly zone: string;
  /** The server's clock when the page was made, RFC 3339. */
  readonly now: string;
  readonly texts: Readonly<Partial<Record<MessageKey, string>>>;
}

let data: PageData | undefined;

/** The page's data block; `Page` says what else this page's holds. */
export function pageData<Page extends PageData>(): Page {
  if (!data) {
    const block = document.getElementById('page-data')?.textContent;
    if (!block) throw new Error('this page has no data block');
    data = JSON.parse(block) as PageData;
  }
  return data as Page;
}

/** Puts `values` into the `{name}` places of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A message in the page's language. */
export function text(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(pageData().texts[key] ?? key, values);
}
