// When things are shown and heard: edit lists, offsets, jumps, wraps, sound that comes late, ends early or has holes.
import { aac, behindEachOther, changed, film, h264, passed, plays } from '../recipe.mjs';
import { editList, withBox } from '../bytes.mjs';

const offset = (name, file, seconds, more = {}) => ({
    name, file, make: film({ audio: more.audio, output: ['-output_ts_offset', String(seconds), ...(more.output ?? [])] }), expect: plays(4, more.expect),
});

/** Media time 12800 a second, movie time 1000 a second (libavformat's own). */
const edited = (name, entries, expected, options = {}) => ({
    name, file: 'film.mp4',
    make: changed('film.mp4', { seconds: 6, video: [...h264, '-bf', '0'], sound: null, ...options }, (file) => withBox(file, 'moov/trak/edts/elst', () => editList(entries))),
    expect: plays(expected.seconds, { sound: false, pairs: 0, give: 0.25, ...expected }),
});

const later = (name, second, expected = {}, seconds = 4) => ({
    name, file: 'film.ts', make: behindEachOther({ name: 'a.ts', seconds }, { name: 'b.ts', seconds, output: ['-output_ts_offset', String(second)] }),
    expect: plays(2 * seconds, { pairs: 2 * seconds - 2, give: 0.4, ...expected }),
});

const held = (name, file, filter, expected = {}) => ({
    name, file, make: film({ seconds: 6, audio: [...aac, '-af', filter] }), expect: plays(6, { pairs: 3, give: 0.25, ...expected }),
});

export const cases = [
    { name: 'edit-empty-before-picture', file: 'film.mp4', make: film({ pictureInput: ['-itsoffset', '0.6'] }), expect: plays(4.6, { offset: -600, give: 0.2, pairs: 3 }) },
    { name: 'edit-empty-before-sound', file: 'film.mp4', make: film({ soundInput: ['-itsoffset', '0.4'] }), expect: plays(4.4, { offset: 400, give: 0.5 }) },
    { name: 'edit-cut-inside-a-gop', file: 'film.mp4', make: passed('whole.mp4', { seconds: 6, video: [...h264, '-g', '100'] }, '-ss', '1.5', '-i', 'whole.mp4', '-c', 'copy'), expect: plays(4.5, { pairs: 3, give: 0.2 }) },
    { name: 'edit-cut-with-b-frames', file: 'film.mov', make: passed('whole.mp4', { seconds: 6, video: [...h264, '-preset', 'veryfast', '-bf', '3', '-g', '75'] }, '-ss', '0.7', '-i', 'whole.mp4', '-c', 'copy'), expect: plays(5.3, { pairs: 4, give: 0.2 }) },
    edited('edit-two-parts', [[2000, 0], [2000, 51200]], { seconds: 4, flashes: 2 }),
    edited('edit-out-of-order', [[2000, 51200], [2000, 0]], { seconds: 4, flashes: 1 }),
    edited('edit-same-part-thrice', [[1500, 12800], [1500, 12800], [1500, 12800]], { seconds: 4.5, flashes: 1 }),
    edited('edit-empty-between', [[2000, 0], [1000, -1], [2000, 25600]], { seconds: 5, flashes: 2 }),
    edited('edit-half-speed', [[6000, 0, 0.5]], { seconds: 6, give: 6.2, flashes: 2 }),
    edited('edit-beyond-the-end', [[60000, 0]], { seconds: 6, flashes: 4 }),
    edited('edit-starts-beyond-the-end', [[2000, 12800 * 100]], { seconds: 0, give: 6.2, mayBeRefused: true, picture: null }),
    edited('edit-of-no-length', [[0, 0]], { seconds: 6, flashes: 4, mayBeRefused: true }),
    edited('edit-negative-time', [[2000, -500]], { seconds: 6, give: 6.2, flashes: 0 }),

    offset('starts-at-minus-1', 'film.mkv', -1, { output: ['-avoid_negative_ts', 'disabled'], expect: { seconds: 3, give: 1.2, pairs: 2 } }),
    offset('starts-at-10-s', 'film.mkv', 10),
    offset('starts-at-10-h', 'film.ts', 36000),
    offset('starts-at-10-s-mp4', 'film.mp4', 10, { expect: { seconds: 9, give: 5.3 } }),
    offset('starts-at-10-s-fragmented', 'film.mp4', 10, { output: ['-movflags', 'frag_keyframe+empty_moov'], expect: { seconds: 9, give: 5.3 } }),
    offset('starts-at-1000-s-flv', 'film.flv', 1000),
    offset('wraps-at-33-bits', 'film.ts', 2 ** 33 / 90000 - 2.5),
    offset('wraps-between-decode-and-show', 'film.ts', 2 ** 33 / 90000 - 1.44),
    offset('wraps-at-33-bits-program-stream', 'film.mpg', 2 ** 33 / 90000 - 3.4, { audio: ['-c:a', 'mp2'], expect: { give: 0.3 } }),

    later('jumps-an-hour-on', 3600),
    // So short a hole may be a pause of the meeting: it stays, with the last picture held.
    later('jumps-10-s-on', 14, { seconds: 18 }),
    later('jumps-back-to-the-start', 0, {}, 8),
    later('jumps-back-2-s', 2),
    later('jumps-to-26-hours', 95000),
    { name: 'joined-thrice', file: 'film.mpg', make: behindEachOther(...['a.mpg', 'b.mpg', 'c.mpg'].map((name) => ({ name, seconds: 7, video: ['-c:v', 'mpeg2video', '-b:v', '500k'], audio: ['-c:a', 'mp2'] }))), expect: plays(21, { pairs: 18, give: 0.6 }) },
    { name: 'joined-with-longer-sounds', file: 'film.ts', make: behindEachOther(...['a.ts', 'b.ts', 'c.ts'].map((name) => ({ name, seconds: 7, sound: { seconds: 7.3 } }))), expect: plays(21, { pairs: 18, give: 1 }) },
    { name: 'jumps-in-matroska', file: 'film.mkv', make: passed('film.mkv', { seconds: 6, video: [...h264, '-bf', '0'] }, '-c', 'copy', '-bsf:v', "setts=ts='TS+gte(TS*TB,3)*20/TB'", '-bsf:a', "setts=ts='TS+gte(TS*TB,3)*20/TB'"), expect: plays(6, { pairs: 4, seconds: 16, give: 10.3 }) },
    { name: 'picture-jumps-alone', file: 'film.mkv', make: passed('film.mkv', { seconds: 6, video: [...h264, '-bf', '0'] }, '-c', 'copy', '-bsf:v', "setts=ts='TS+gte(TS*TB,3)*3/TB'"), expect: plays(9, { pairs: 2, give: 3.2 }) },
    { name: 'backward-timestamps', file: 'film.mkv', make: passed('film.mkv', { seconds: 6, video: [...h264, '-bf', '0'] }, '-c', 'copy', '-bsf:v', "setts=ts='TS-if(eq(mod(N,10),9),80,0)'"), expect: plays(6, { within: 120 }) },
    { name: 'flv-timestamps-jump', file: 'film.flv', make: passed('film.flv', { seconds: 6, video: [...h264, '-bf', '0'] }, '-c', 'copy', '-bsf:v', "setts=ts='TS+gte(TS*TB,3)*100/TB'", '-bsf:a', "setts=ts='TS+gte(TS*TB,3)*100/TB'"), expect: plays(6, { pairs: 4, give: 0.5 }) },

    { name: 'sound-late', file: 'film.mkv', make: film({ seconds: 5, soundInput: ['-itsoffset', '2'], sound: { seconds: 3 } }), expect: plays(5, { pairs: 1, give: 0.2 }) },
    { name: 'sound-late-transport-stream', file: 'film.ts', make: film({ seconds: 5, soundInput: ['-itsoffset', '2'], sound: { seconds: 3 } }), expect: plays(5, { pairs: 1, give: 0.2 }) },
    { name: 'picture-late', file: 'film.mkv', make: film({ seconds: 3, pictureInput: ['-itsoffset', '2'], sound: { seconds: 5 } }), expect: plays(5, { pairs: 1, give: 0.2 }) },
    { name: 'sound-short', file: 'film.mp4', make: film({ seconds: 5, sound: { seconds: 2.5 } }), expect: plays(5, { pairs: 2, give: 0.2 }) },
    { name: 'sound-long', file: 'film.mp4', make: film({ seconds: 3, sound: { seconds: 6 } }), expect: plays(6, { pairs: 2, beeps: 5, give: 0.2 }) },
    { name: 'sound-much-longer', file: 'film.mkv', make: film({ seconds: 1.5, sound: { seconds: 20 } }), expect: plays(20, { pairs: 1, beeps: 19, give: 0.2 }) },
    { name: 'sound-of-one-packet', file: 'film.mp4', make: film({ sound: { seconds: 0.02 } }), expect: plays(4, { pairs: 0 }) },
    { name: 'sound-promised-but-empty', file: 'film.mp4', make: film({ audio: [...aac, '-af', "aselect='0'"] }), expect: plays(4, { pairs: 0, sound: null, flashes: 3 }) },
    { name: 'picture-promised-but-empty', file: 'film.mov', make: film({ video: [...h264, '-vf', "select='0'"] }), expect: plays(4, { pairs: 0, picture: null, beeps: 3, mayBeRefused: true }) },
    held('sound-with-a-hole', 'film.mkv', "aselect='lt(t,2.3)+gt(t,3.6)'", { pairs: 3 }),
    held('sound-with-a-hole-transport-stream', 'film.ts', "aselect='lt(t,2.3)+gt(t,3.6)'", { pairs: 3 }),
    held('sound-with-a-hole-mp4', 'film.mp4', "aselect='lt(t,2.3)+gt(t,3.6)'", { pairs: 3 }),
    held('sound-with-many-holes', 'film.mkv', "aselect='lt(mod(n,20),17)'", { pairs: 3, within: 60 }),
    { name: 'sound-overlaps-itself', file: 'film.mkv', make: passed('film.mkv', { seconds: 6 }, '-c', 'copy', '-bsf:a', "setts=ts='TS-gte(TS*TB,3)*0.3/TB'"), expect: plays(6, { pairs: 2, give: 0.4, within: 340 }) },
    { name: 'sound-at-another-pace', file: 'film.mkv', make: passed('film.mkv', { seconds: 8 }, '-c', 'copy', '-bsf:a', "setts=ts='TS*1.01'"), expect: plays(8, { pairs: 3, give: 0.3, within: 90 }) },
    { name: 'no-picture-timestamps', file: 'film.avi', make: film({ video: ['-c:v', 'mpeg4', '-b:v', '400k', '-bf', '2'], audio: ['-c:a', 'mp3'] }), expect: plays(4, { within: 100 }) },
    { name: 'no-duration-anywhere', file: 'film.mkv', make: async (kit, target) => {
        await kit.film('film.mkv', { seconds: 5 });
        await kit.ffmpeg('-i', 'film.mkv', '-c', 'copy', '-f', 'matroska', '-live', '1', target);
    }, expect: plays(5) },
    { name: 'no-duration-piped', file: 'film.mkv', make: async (kit, target) => {
        const { writeFile } = await import('node:fs/promises');
        await kit.film('film.mkv', { seconds: 5 });
        await writeFile(target, await kit.ffmpeg('-i', 'film.mkv', '-c', 'copy', '-f', 'matroska', 'pipe:1'));
    }, expect: plays(5) },
    { name: 'no-duration-fragmented', file: 'film.mp4', make: film({ seconds: 5, output: ['-movflags', 'frag_keyframe+empty_moov+default_base_moof+skip_trailer'] }), expect: plays(5) },
    { name: 'duration-said-100-hours', file: 'film.mp4', make: changed('film.mp4', { sound: null }, (file) => {
        let result = file;
        for (const [path, place] of [['moov/mvhd', 16], ['moov/trak/tkhd', 20], ['moov/trak/mdia/mdhd', 16]])
            result = withBox(result, path, (content) => { content.writeUInt32BE(path.endsWith('mdhd') ? 0xf0000000 : 360_000_000, place); return content; });
        return withBox(result, 'moov/trak/edts/elst', () => editList([[360_000_000, 0]]));
    }), expect: plays(4, { sound: false, pairs: 0, flashes: 3 }) },
    { name: 'duration-said-0', file: 'film.mp4', make: changed('film.mp4', {}, (file) => withBox(withBox(file, 'moov/mvhd', (content) => { content.writeUInt32BE(0, 16); return content; }), 'moov/trak/mdia/mdhd', (content) => { content.writeUInt32BE(0, 16); return content; })), expect: plays(4) },
];
