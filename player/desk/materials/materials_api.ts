import { ask } from '../../common/api.ts';
import type { Audience, Window } from '../types.ts';

/** A file that a material had before. */
export interface Version {
  readonly number: number;
  readonly file_name: string;
  readonly bytes: number;
  readonly replaced_at: string;
}

/** M of server/README.md. */
export interface Material {
  readonly id: string;
  /** Changes with what its form changes: who saves says what they saw. */
  readonly version: string;
  readonly title: string;
  readonly published: boolean;
  readonly audience: Audience | null;
  readonly window: Window | null;
  readonly effective_window: Window;
  readonly file_name: string;
  /** 0: no file yet. */
  readonly bytes: number;
  readonly versions: readonly Version[];
}

export type MaterialChange = Partial<Pick<Material, 'title' | 'published' | 'window'>>;
/** What a material belongs to. */
export type Owner = { readonly session: string } | { readonly video: string };

const ALL = '/api/desk/materials';
const at = (id: string) => `${ALL}/${encodeURIComponent(id)}`;

export const listMaterials = (owner: Owner) => ask<{ readonly materials: readonly Material[] }>('GET', `${ALL}?${new URLSearchParams({ ...owner }).toString()}`);
export const createMaterial = (owner: Owner, title: string) => ask<Material>('POST', ALL, { ...owner, title });
export const readMaterial = (id: string) => ask<Material>('GET', at(id));
export const changeMaterial = (id: string, change: MaterialChange, version = '') =>
  ask<Material>('PATCH', at(id), version ? { ...change, version } : change);
export const deleteMaterial = (id: string) => ask<void>('DELETE', at(id));
export const fileAddress = (id: string) => `${at(id)}/file`;
export const versionAddress = (id: string, number: number) => `${at(id)}/versions/${number}`;
export const putBackVersion = (id: string, number: number) => ask<Material>('POST', versionAddress(id, number));
