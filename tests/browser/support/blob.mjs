import { readFile } from 'node:fs/promises';

/** A file as a body that fetch sends with its length. */
export const openAsBlob = async (file) => new Blob([await readFile(file)]);
