// All odd files, by what is odd about them.
import { cases as combined } from './combined.mjs';
import { cases as containers } from './containers.mjs';
import { cases as damage } from './damage.mjs';
import { cases as pictures } from './pictures.mjs';
import { cases as rates } from './rates.mjs';
import { cases as refusals } from './refused.mjs';
import { cases as sounds } from './sounds.mjs';
import { cases as timing } from './timing.mjs';

/** Groups by the file that describes them. */
export const groups = { rates, pictures, timing, sounds, containers, damage, combined, refused: refusals };
