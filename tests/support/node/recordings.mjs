// The folders that a server's transcoders have made: whether they keep every rule for what players play.
import { access, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from './program.mjs';

const exists = (file) => access(file).then(() => true, () => false);

/** Whether all of a folder's renditions are at their end. */
async function isFinished(folder) {
    if (!(await exists(path.join(folder, 'main.m3u8')))) return false;
    const lists = (await readdir(folder)).filter((name) => name.endsWith('.m3u8') && !['main.m3u8', 'audio.m3u8'].includes(name));
    const texts = await Promise.all(lists.map((name) => readFile(path.join(folder, name), 'utf8')));
    return texts.length > 0 && texts.every((text) => text.includes('#EXT-X-ENDLIST'));
}

/** Throws where a finished recording in `media` breaks a rule; `checker` is kiroku-hls-check. Sound and slides have one bit rate, which is what they are for (V8). */
export async function assertKeepsRules(media, checker) {
    const recordings = await readdir(media).catch(() => []);
    for (const recording of recordings) {
        for (const folder of [path.join(media, recording), path.join(media, recording, 'stills')]) {
            if (!(await isFinished(folder))) continue;
            const checked = await runProgram(checker, [folder], { timeout: 120_000 });
            const broken = (checked.output.toString() + checked.errors).split('\n').filter((line) => line && !(folder.endsWith('stills') && line.startsWith('V8 ')));
            if (broken.length) throw new Error(`${folder} breaks rules:\n${broken.join('\n')}`);
        }
    }
}
