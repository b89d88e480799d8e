import { ask, Refusal, Unreachable } from '../../common/api.ts';

/** Who took part in one session or video: server/README.md. */
export interface Figures {
  readonly venue: number;
  readonly zoom: number;
  /** Null of what was not streamed. */
  readonly live: number | null;
  readonly watched_people: number;
  readonly viewers: number;
  readonly seconds: number;
  /** Null of what was not streamed. */
  readonly live_seconds: number | null;
  readonly openers: number;
}

export type Figure = keyof Figures;

export interface SessionColumn {
  readonly kind: 'session';
  readonly id: string;
  readonly title: string;
  readonly when: string;
}

export interface VideoColumn {
  readonly kind: 'lecture' | 'record' | 'live';
  readonly id: string;
  readonly title: string;
  readonly session: string | null;
  readonly length_s: number | null;
}

export type Column = SessionColumn | VideoColumn;

export interface Row {
  readonly cells: readonly Figures[];
  readonly total: Figures;
}

export interface MunicipalityRow extends Row {
  readonly municipality: { readonly code: string; readonly name: string };
  readonly departments: readonly (Row & { readonly name: string })[];
}

export interface Report {
  readonly year: number;
  readonly years: readonly number[];
  readonly columns: readonly Column[];
  readonly rows: readonly MunicipalityRow[];
  readonly totals: readonly Figures[];
  readonly total: Figures;
  /** Municipalities of which nobody took part, one a column. */
  readonly absent: readonly number[];
  readonly absent_from_all: number;
}

/** What Zoom's list was read as. */
export interface ReadList {
  readonly matched: Readonly<Record<string, number>>;
  /** With the municipality's code that may be meant. */
  readonly unmatched: readonly { readonly name: string; readonly proposed: string | null }[];
}

const attendance = (session: string) => `/api/desk/sessions/${encodeURIComponent(session)}/attendance`;

/** Of a fiscal year; of this one where none is said. */
export const readReport = (year: number | undefined, signal: AbortSignal) =>
  ask<Report>('GET', year === undefined ? '/api/desk/report' : `/api/desk/report?year=${year}`, undefined, signal);
export const tableAddress = (year: number) => `/api/desk/report.csv?year=${year}`;
export const setAttendance = (session: string, way: 'venue' | 'zoom', code: string, people: number) =>
  ask<unknown>('POST', attendance(session), { [way]: { [code]: people } });

/** So many more came by Zoom. */
export const addByZoom = (session: string, counts: Readonly<Record<string, number>>) =>
  ask<unknown>('POST', attendance(session), { zoom: counts, add: true });

/** Sends Zoom's list of participants. Throws as `ask` does. */
export async function sendParticipants(session: string, file: File): Promise<ReadList> {
  const request = { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: file };
  const reply = await fetch(attendance(session), request).catch((error: unknown) => {
    throw new Unreachable(String(error));
  });
  const answer = (await reply.json().catch(() => ({}))) as ReadList & { readonly error?: { readonly message?: string } };
  if (!reply.ok) throw new Refusal(reply.status, '', answer.error?.message ?? '');
  return answer;
}
