import type { Zone } from '../../common/zone.ts';
import { localOf } from '../window_form.ts';
import type { ViewerKind } from './see_as_api.ts';

/** Who looks, and when: as the fields hold it. */
export interface SeeAsForm {
  readonly viewer: ViewerKind;
  /** Of staff: its code; empty: none chosen yet. */
  readonly municipality: string;
  /** Of staff: a department's name; empty: one that is registered for nothing. */
  readonly department: string;
  /** "2021-12-28". */
  readonly day: string;
  /** "23:59". */
  readonly time: string;
}

const two = (value: number) => String(value).padStart(2, '0');

/** The fields of an instant. */
export function instantFields(instant: number, zone: Zone): Pick<SeeAsForm, 'day' | 'time'> {
  const local = zone.toLocal(instant);
  return { day: `${local.year}-${two(local.month)}-${two(local.day)}`, time: `${two(local.hour)}:${two(local.minute)}` };
}

const VIEWERS: readonly ViewerKind[] = ['anonymous', 'staff', 'adviser'];

/** The form that an address asks for; what it does not say is somebody who is not signed in, now. */
export function formOfQuery(query: string, zone: Zone, now: number): SeeAsForm {
  const asked = new URLSearchParams(query);
  const at = Date.parse(asked.get('at') ?? '');
  return {
    viewer: VIEWERS.find((kind) => kind === asked.get('viewer')) ?? 'anonymous',
    municipality: asked.get('municipality') ?? '',
    department: asked.get('department') ?? '',
    ...instantFields(Number.isNaN(at) ? now : at, zone),
  };
}

/** Where the site is shown as them: one of its pages, "/videos/…". */
export const pageAddress = (query: string, page: string): string => `/desk/see-as/page?${query}&page=${encodeURIComponent(page)}`;

/** What the API and the address are asked with; nothing while the form says nobody, or no instant. */
export function queryOf({ viewer, municipality, department, day, time }: SeeAsForm, zone: Zone): string | undefined {
  const local = time ? localOf({ day, time }) : undefined;
  if (!local || (viewer === 'staff' && !municipality)) return undefined;
  const query = new URLSearchParams({ viewer });
  if (viewer === 'staff') {
    query.set('municipality', municipality);
    if (department) query.set('department', department);
  }
  query.set('at', new Date(zone.toInstant(local)).toISOString());
  return query.toString();
}
