import { createContext } from 'preact';
import { Zone } from '../common/zone.ts';

/** What every part of the desk needs to tell times. */
export interface Desk {
  readonly zone: Zone;
  /** The server's clock when the page was made, milliseconds since 1970: decides which year goes unsaid. */
  readonly now: number;
  /** Whether who looks may change nothing: an organiser. */
  readonly readsOnly: boolean;
}

export const DeskContext = createContext<Desk>({ zone: new Zone('UTC'), now: 0, readsOnly: false });
