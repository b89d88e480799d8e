// How odd files are made and what is expected of them, as words for the tables in cases/.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../support/node/program.mjs';
import { picture, sound } from './material.mjs';

export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'];
export const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '50'];
export const aac = ['-c:a', 'aac', '-b:a', '64k'];

/** Where one odd file is made: a folder of its own for what it needs on the way. */
export class Kit {
    constructor(folder) {
        this.folder = folder;
    }

    async prepare() {
        await mkdir(this.folder, { recursive: true });
        return this;
    }

    path(name) {
        return join(this.folder, name);
    }

    /** Runs ffmpeg in the folder. Throws with its words where it fails. */
    async ffmpeg(...args) {
        const run = await runProgram('ffmpeg', ['-nostdin', '-y', '-v', 'error', ...args], { cwd: this.folder, timeout: 120_000 });
        if (run.code !== 0) throw new Error(`ffmpeg ${args.join(' ')}\n${run.errors}`);
        return run.output;
    }

    /** Makes a film in the folder and gives its path. */
    async film(name, options = {}) {
        await film(options)(this, this.path(name));
        return this.path(name);
    }

    /** A film's bytes. */
    async bytes(name, options) {
        return readFile(await this.film(name, options));
    }
}

/**
 * A recipe of one ffmpeg call: the picture and sound of material.mjs, encoded.
 *   seconds, rate, size        of the picture
 *   picture, sound             more words for material.mjs; null for none
 *   pictureInput, soundInput   options before that input (-itsoffset …)
 *   inputs                     further inputs
 *   video, audio, output       how they are encoded, filtered and written
 */
export function film(options = {}) {
    const { seconds = 4, rate = 25, size = [192, 108], inputs = [], video = h264, audio = aac, output = [] } = options;
    const args = [];
    if (options.picture !== null)
        args.push(...(options.pictureInput ?? []), '-f', 'lavfi', '-i', picture({ size, rate, seconds, ...options.picture }));
    if (options.sound !== null)
        args.push(...(options.soundInput ?? []), '-f', 'lavfi', '-i', sound({ rate, seconds, ...options.sound }));
    args.push(...inputs);
    if (options.picture !== null) args.push(...video);
    if (options.sound !== null) args.push(...audio);
    return (kit, target) => kit.ffmpeg(...args, ...output, target);
}

/** A recipe that makes a film and then changes its bytes. */
export function changed(name, options, change) {
    return async (kit, target) => writeFile(target, await change(await kit.bytes(name, options), kit));
}

/** A recipe that makes a film and passes it through ffmpeg once more. */
export function passed(name, options, ...args) {
    return async (kit, target) => {
        await kit.film(name, options);
        const input = args.indexOf('-i') < 0 ? ['-i', name] : [];
        await kit.ffmpeg(...input, ...args, target);
    };
}

/** A recipe that writes bytes as they are. */
export function contains(bytes) {
    return (kit, target) => writeFile(target, bytes);
}

/** A recipe that puts films behind each other, byte by byte. */
export function behindEachOther(...films) {
    return async (kit, target) => {
        const parts = [];
        for (const [index, { name, ...options }] of films.entries()) parts.push(await kit.bytes(`${index}-${name}`, options));
        await writeFile(target, Buffer.concat(parts));
    };
}

/**
 * The file becomes a folder that plays.
 *   seconds, give     its duration, and by how much that may differ
 *   picture, sound    whether there are any
 *   shape             width by height, as it is shown; null where it changes
 *   offset, within    milliseconds from a flash to its beep, and by how much that may differ
 *   pairs             how many flashes with their beeps must be found at least
 *   colour            whether the blue quarter must be blue
 *   bars              whether the picture may have black around it
 */
export function plays(seconds = 4, more = {}) {
    return {
        kind: 'plays', seconds, give: 0.15, picture: true, sound: true, shape: 16 / 9, offset: 0, within: 40,
        pairs: Math.floor(seconds - 0.5), colour: false, bars: false, ...more,
    };
}

/** The file is refused with one sentence, as one of these kinds. */
export const refused = (...kinds) => ({ kind: 'refused', kinds });

/** The file is made to whatever can be had of it, at most `seconds`, or refused with one sentence. */
export const survives = (more = {}) => ({ kind: 'survives', ...more });
