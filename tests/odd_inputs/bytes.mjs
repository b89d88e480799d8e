// Small surgery on files: numbers by chance, boxes of MP4, packets of MPEG-TS, damage.

/** Numbers in [0, 1) that follow from `seed` (mulberry32). */
export function random(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** `count` bytes that mean nothing. */
export function noise(count, seed = 1) {
    const next = random(seed);
    return Buffer.from(Uint8Array.from({ length: count }, () => next() * 256));
}

/** The boxes of `type` below a path of boxes: `boxes(file, 'moov/trak/edts/elst')`. Each is `{ start, header, end }`. */
export function boxes(file, path, start = 0, end = file.length) {
    const [type, ...rest] = path.split('/');
    const found = [];
    for (let place = start; place + 8 <= end; ) {
        const small = file.readUInt32BE(place);
        const header = small === 1 ? 16 : 8;
        const size = small === 1 ? Number(file.readBigUInt64BE(place + 8)) : small === 0 ? end - place : small;
        if (size < header) break;
        if (file.toString('latin1', place + 4, place + 8) === type) {
            const box = { start: place, header, end: Math.min(end, place + size) };
            found.push(...(rest.length ? boxes(file, rest.join('/'), place + header, box.end) : [box]));
        }
        place += size;
    }
    return found;
}

/** The first box of a path. Throws where there is none: the file is not what the test thinks. */
export function box(file, path) {
    const [first] = boxes(file, path);
    if (!first) throw new Error(`no box ${path}`);
    return first;
}

/** The file with the content of the first box of `path` changed by `change(content)`; sizes above it follow. Offsets into the
 *  file do not, so `moov` has to be behind the samples where the length changes. */
export function withBox(file, path, change) {
    const { start, header, end } = box(file, path);
    const content = change(Buffer.from(file.subarray(start + header, end)));
    const result = Buffer.concat([file.subarray(0, start + header), content, file.subarray(end)]);
    const grown = content.length - (end - start - header);
    const names = path.split('/');
    for (let depth = 1; depth <= names.length; ++depth) {
        const place = box(file, names.slice(0, depth).join('/')).start;
        result.writeUInt32BE(file.readUInt32BE(place) + grown, place);
    }
    return result;
}

/** An edit list of entries `[duration in movie time, media time, rate]`. */
export function editList(entries) {
    const list = Buffer.alloc(8 + 12 * entries.length);
    list.writeUInt32BE(entries.length, 4);
    entries.forEach(([duration, time, rate = 1], index) => {
        list.writeUInt32BE(duration, 8 + 12 * index);
        list.writeInt32BE(time, 12 + 12 * index);
        list.writeInt32BE(Math.round(rate * 65536), 16 + 12 * index);
    });
    return list;
}

/** The file up to a share of its length. */
export const cut = (file, share) => file.subarray(0, Math.floor(file.length * share));

/** The file with one bit in `1 / rate` turned over, between two places. */
export function rotten(file, rate, { seed = 1, from = 0, to = file.length } = {}) {
    const next = random(seed);
    const result = Buffer.from(file);
    const bits = Math.max(1, Math.round((to - from) * 8 * rate));
    for (let i = 0; i < bits; ++i) result[from + Math.floor(next() * (to - from))] ^= 1 << Math.floor(next() * 8);
    return result;
}

/** The file with `count` bytes overwritten by zeros at a share of its length. */
export function blanked(file, share, count) {
    const result = Buffer.from(file);
    const from = Math.floor(file.length * share);
    return result.fill(0, from, Math.min(file.length, from + count));
}

/** MPEG-TS without the packets for which `drop(index)` says so. */
export function withoutPackets(file, drop) {
    const kept = [];
    for (let index = 0; (index + 1) * 188 <= file.length; ++index)
        if (!drop(index)) kept.push(file.subarray(index * 188, (index + 1) * 188));
    return Buffer.concat(kept);
}

/** The file with `words` written over a place. */
export function overwritten(file, place, words) {
    const result = Buffer.from(file);
    Buffer.from(words).copy(result, place);
    return result;
}

/** The place of some bytes. Throws where they are not. */
export function placeOf(file, words, from = 0) {
    const place = file.indexOf(words, from, 'latin1');
    if (place < 0) throw new Error(`no ${words} in the file`);
    return place;
}
