// Records a live stream's playlists as a low-latency player sees them: every version, until the end.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const NEXT_PART = /#EXT-X-PRELOAD-HINT:TYPE=PART,URI="(\d+)\.(\d+)\.m4s"/;
const ENDED = '#EXT-X-ENDLIST';

/**
 * Follows every rendition that `main` (an address of main.m3u8 with its grant) names, and writes
 * `<rendition>/<serial>.m3u8`, with a delta update `<serial>-delta.m3u8` now and then, for `kiroku-hls-check --live`.
 * Parts are fetched as they are hinted at; each whole segment must be its parts, one behind the other.
 * Gives `{ versions, parts, segments, refused }` when all have ended: refusals (503) are what nobody can wait for.
 */
export async function recordStream(main, folder, signal) {
    const base = new URL('.', main).href;
    const text = await bodyOf(main, signal);
    const names = new Set([...text.toString().matchAll(/([a-z0-9]+)\/index\.m3u8/g)].map(([, name]) => name));
    const counts = { versions: 0, parts: 0, segments: 0, refused: 0 };
    await Promise.all([...names].map((name) => follow(`${base}${name}/`, path.join(folder, name), counts, signal)));
    return counts;
}

async function bodyOf(address, signal) {
    const reply = await fetch(address, { signal });
    if (reply.status === 503) return undefined;
    assert.equal(reply.status, 200, `${address}: ${reply.status}`);
    return Buffer.from(await reply.arrayBuffer());
}

async function follow(address, folder, counts, signal) {
    await mkdir(folder, { recursive: true });
    const index = `${address}index.m3u8`;
    const parts = new Map();
    let text = (await bodyOf(index, signal)).toString();
    for (let serial = 1; ; serial += 1) {
        await writeFile(path.join(folder, `${serial}.m3u8`), text);
        counts.versions += 1;
        await checkSegments(address, text, parts, counts, signal);
        if (text.includes(ENDED)) return;
        const [, number, part] = NEXT_PART.exec(text) ?? assert.fail(`no part is hinted at:\n${text}`);
        const query = `?_HLS_msn=${number}&_HLS_part=${part}`;
        // The part itself, a delta update and the whole, all of them before there is anything.
        const [bytes, delta, whole] = await Promise.all([
            partOf(`${address}${number}.${part}.m4s`, signal),
            bodyOf(`${index}${query}&_HLS_skip=YES`, signal),
            bodyOf(index + query, signal),
        ]);
        if (bytes) parts.set(`${number}.${part}`, bytes);
        counts.parts += bytes ? 1 : 0;
        if (delta && !delta.includes(ENDED)) await writeFile(path.join(folder, `${serial}-delta.m3u8`), delta);
        if (!whole) counts.refused += 1;
        text = whole?.toString() ?? (await afterPause(index, signal));
    }
}

async function afterPause(index, signal) {
    await delay(500, undefined, { signal });
    return (await bodyOf(index, signal)).toString();
}

/** A part that is hinted at may never come: the stream may break off before it. */
async function partOf(address, signal) {
    const reply = await fetch(address, { signal });
    const bytes = Buffer.from(await reply.arrayBuffer());
    assert.ok([200, 404, 503].includes(reply.status), `${address}: ${reply.status}`);
    return reply.status === 200 ? bytes : undefined;
}

/** Each segment of which all parts came is those parts. */
async function checkSegments(address, text, parts, counts, signal) {
    for (const [, number] of text.matchAll(/^(\d+)\.m4s$/gm)) {
        const own = [...parts.keys()].filter((key) => key.startsWith(`${number}.`));
        if (own.length === 0) continue;
        const joined = Buffer.concat(own.map((key) => parts.get(key)));
        own.forEach((key) => parts.delete(key));
        if (own[0] !== `${number}.0`) continue;
        const whole = await bodyOf(`${address}${number}.m4s`, signal);
        assert.ok(whole.equals(joined), `${address}${number}.m4s is not its parts (${whole.length} bytes, ${joined.length} in parts)`);
        counts.segments += 1;
    }
}
