import { forget, keep, kept, keptKeys } from '../../common/kept.ts';
import { pageData, type PageData } from '../../common/page.ts';
import type { KeptInput } from './form_state.ts';

/** Input that nobody came back to is not kept for ever. */
const LONGEST_MS = 30 * 24 * 3600 * 1000;

interface StampedInput extends KeptInput {
  /** The browser's clock when it was typed. */
  readonly at: number;
}

const PREFIX = 'desk-input ';
/** Of this account alone: clerks share computers. */
const own = () => `${PREFIX}${pageData<PageData & { readonly account: string }>().account} `;

function parsed(text: string | null): StampedInput | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as StampedInput | null;
    return value && typeof value.at === 'number' && value.seen && value.typed ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What was typed into the form `name` and not saved; undefined where nothing was. */
export const keptInput = (name: string): KeptInput | undefined => parsed(kept(own() + name));

/** Names of the forms that begin so and hold input. */
export const keptForms = (beginning: string): readonly string[] =>
  keptKeys()
    .filter((key) => key.startsWith(own() + beginning))
    .map((key) => key.slice(own().length));

/** Whether the browser keeps it. */
export const keepInput = (name: string, input: KeptInput): boolean => keep(own() + name, JSON.stringify({ ...input, at: Date.now() }));

export const forgetInput = (name: string): void => forget(own() + name);

/** Forgets what lies for too long, whosever it was. */
export function sweepInput(): void {
  for (const key of keptKeys().filter((each) => each.startsWith(PREFIX))) {
    const input = parsed(kept(key));
    if (!input || input.at < Date.now() - LONGEST_MS) forget(key);
  }
}
