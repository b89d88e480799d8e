import { ask } from '../../common/api.ts';

/** What of a thing an entry made another. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** E of server/README.md. */
export interface Entry {
  readonly number: number;
  readonly at: string;
  /** An empty id: the command line; without a name: an account that is gone. */
  readonly who: { readonly id: string; readonly name: string | null };
  readonly action: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly changes: readonly FieldChange[];
  readonly undo: 'possible' | 'changed_since' | null;
}

export interface AuditPage {
  readonly entries: readonly Entry[];
  readonly more: boolean;
  readonly accounts: readonly Entry['who'][];
}

/** What is looked for; empty: all. */
export interface Wanted {
  readonly who: string;
  readonly what: string;
  readonly from: string;
  readonly until: string;
}

export function readAudit(wanted: Wanted, before?: number, signal?: AbortSignal) {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''));
  if (before !== undefined) query.set('before', String(before));
  return ask<AuditPage>('GET', `/api/desk/audit?${query.toString()}`, undefined, signal);
}

export const undoEntry = (number: number) => ask<void>('POST', `/api/desk/audit/${number}/undo`);
