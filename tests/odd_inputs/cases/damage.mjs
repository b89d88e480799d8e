// Files that lack something, grew while they were read, rotted, or say sizes that cannot be.
import { writeFile } from 'node:fs/promises';
import { aac, changed, film, h264, plays, refused, survives } from '../recipe.mjs';
import { blanked, box, cut, overwritten, placeOf, rotten, withBox, withoutPackets, noise } from '../bytes.mjs';

const whole = { seconds: 6, video: [...h264, '-g', '25'] };
const faststart = { ...whole, output: ['-movflags', 'faststart'] };

const ended = (name, file, share, options, expect) => ({ name, file, make: changed(`whole.${file.split('.')[1]}`, options, (bytes) => cut(bytes, share)), expect });

/** What is there of six seconds after a cut; a last flash may have lost its beep. */
const part = (seconds, give = 0.7) => plays(seconds, { give, pairs: Math.max(0, Math.floor(seconds - give - 0.5)) });

const rot = (name, file, rate, expect, options = whole) => ({
    name, file, make: changed(`whole.${file.split('.')[1]}`, options, (bytes) => {
        if (!file.endsWith('.mp4')) return rotten(bytes, rate, { from: Math.min(4096, bytes.length / 4) });
        const { start, header, end } = box(bytes, 'mdat');
        return rotten(bytes, rate, { from: start + header, to: end });
    }), expect,
});

/** A number in a box of the first track set to something that cannot be. */
const lying = (name, path, place, value, expect = survives()) => ({
    name, file: 'film.mp4', make: changed('whole.mp4', { ...whole, sound: null }, (bytes) => withBox(bytes, path, (content) => {
        content.writeUInt32BE(value >>> 0, place);
        return content;
    })), expect,
});

const table = 'moov/trak/mdia/minf/stbl';

export const cases = [
    ended('index-lost-10', 'film.mp4', 0.1, whole, refused('truncated')),
    ended('index-lost-50', 'film.mp4', 0.5, whole, refused('truncated')),
    ended('index-lost-98', 'film.mp4', 0.98, whole, refused('truncated')),
    ended('index-first-30-left', 'film.mp4', 0.3, faststart, part(1.8)),
    ended('index-first-60-left', 'film.mp4', 0.6, faststart, part(3.6)),
    ended('index-first-95-left', 'film.mp4', 0.95, faststart, part(5.7)),
    { name: 'index-alone', file: 'film.mp4', make: changed('whole.mp4', faststart, (bytes) => bytes.subarray(0, box(bytes, 'mdat').start + 8)), expect: refused('truncated', 'damaged') },
    { name: 'index-cut-itself', file: 'film.mp4', make: changed('whole.mp4', faststart, (bytes) => bytes.subarray(0, box(bytes, 'moov').start + 700)), expect: refused('truncated', 'damaged') },
    ended('matroska-60-left', 'film.mkv', 0.6, whole, part(3.6)),
    ended('webm-60-left', 'film.webm', 0.6, { seconds: 6, video: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-g', '25'], audio: ['-c:a', 'libopus'] }, part(3.6)),
    ended('transport-stream-60-left', 'film.ts', 0.6, whole, part(3.6)),
    ended('avi-60-left', 'film.avi', 0.6, { ...whole, video: ['-c:v', 'mpeg4', '-b:v', '500k'], audio: ['-c:a', 'libmp3lame'] }, { ...part(3.6), within: 60 }),
    ended('flv-60-left', 'film.flv', 0.6, whole, part(3.6)),
    ended('fragmented-60-left', 'film.mp4', 0.6, { ...whole, output: ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] }, part(3.6, 1.3)),
    ended('wav-60-left', 'talk.wav', 0.6, { seconds: 6, picture: null, audio: ['-c:a', 'pcm_s16le'] }, plays(3.6, { picture: false, pairs: 0, beeps: 3 })),
    ended('mp3-60-left', 'talk.mp3', 0.6, { seconds: 6, picture: null, audio: ['-c:a', 'libmp3lame'] }, plays(3.6, { picture: false, pairs: 0, beeps: 3, give: 0.3 })),
    ended('ogg-60-left', 'talk.ogg', 0.6, { seconds: 6, picture: null, audio: ['-c:a', 'libvorbis'] }, plays(3.6, { picture: false, pairs: 0, beeps: 0, give: 3 })),
    ended('ogg-headers-alone', 'talk.ogg', 0.05, { seconds: 6, picture: null, audio: ['-c:a', 'libvorbis'] }, survives()),
    { name: 'start-lost-transport-stream', file: 'film.ts', make: changed('whole.ts', whole, (bytes) => bytes.subarray(188 * 7 + 91 + Math.floor(bytes.length * 0.3))), expect: plays(4.2, { give: 1.3, pairs: 2 }) },
    { name: 'start-lost-mp3', file: 'talk.mp3', make: changed('whole.mp3', { seconds: 6, picture: null, audio: ['-c:a', 'libmp3lame'] }, (bytes) => bytes.subarray(20_011)), expect: plays(4.8, { picture: false, pairs: 0, beeps: 3, give: 0.5 }) },
    { name: 'start-lost-mp4', file: 'film.mp4', make: changed('whole.mp4', whole, (bytes) => bytes.subarray(5_000)), expect: refused('damaged', 'not_a_recording', 'truncated', 'unsupported') },
    { name: 'rest-is-zeros', file: 'film.mp4', make: changed('whole.mp4', faststart, (bytes) => blanked(bytes, 0.5, bytes.length)), expect: plays(3, { give: 3.2, pairs: 1 }) },
    { name: 'rest-is-noise', file: 'film.ts', make: changed('whole.ts', whole, (bytes) => Buffer.concat([cut(bytes, 0.5), noise(300_000)])), expect: plays(3, { give: 0.8, pairs: 1 }) },
    { name: 'noise-before', file: 'film.ts', make: changed('whole.ts', whole, (bytes) => Buffer.concat([noise(1000), bytes])), expect: plays(6, { give: 0.3, pairs: 4 }) },

    rot('rot-a-bit-in-a-million', 'film.mp4', 1e-6, plays(6, { give: 0.3, pairs: 4 })),
    rot('rot-a-bit-in-100000', 'film.mp4', 1e-5, plays(6, { give: 0.5, pairs: 3 })),
    rot('rot-a-bit-in-10000', 'film.mp4', 1e-4, plays(6, { give: 1.2, pairs: 0, upright: false })),
    rot('rot-a-bit-in-1000', 'film.mp4', 1e-3, survives()),
    rot('rot-a-bit-in-100', 'film.mp4', 1e-2, survives()),
    rot('rot-transport-stream', 'film.ts', 1e-5, plays(6, { give: 0.8, pairs: 3 })),
    rot('rot-transport-stream-badly', 'film.ts', 1e-3, survives()),
    rot('rot-matroska', 'film.mkv', 1e-5, plays(6, { give: 1.2, pairs: 2 })),
    rot('rot-matroska-badly', 'film.mkv', 1e-3, survives()),
    rot('rot-flv-badly', 'film.flv', 1e-3, survives()),
    rot('rot-avi-badly', 'film.avi', 1e-3, survives(), { ...whole, video: ['-c:v', 'mpeg4'], audio: ['-c:a', 'libmp3lame'] }),
    rot('rot-ogg-badly', 'film.ogv', 1e-3, survives(), { ...whole, video: ['-c:v', 'libtheora'], audio: ['-c:a', 'libvorbis'] }),
    rot('rot-hevc-badly', 'film.mp4', 1e-3, survives(), { ...whole, video: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'] }),
    rot('rot-vp9-badly', 'film.webm', 1e-3, survives(), { ...whole, video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'], audio: ['-c:a', 'libopus'] }),
    rot('rot-av1-badly', 'film.mp4', 1e-3, survives(), { ...whole, video: ['-c:v', 'libsvtav1', '-preset', '12'] }),
    rot('rot-mpeg2-badly', 'film.mpg', 1e-3, survives(), { ...whole, video: ['-c:v', 'mpeg2video'], audio: ['-c:a', 'mp2'] }),
    { name: 'rot-in-the-index', file: 'film.mp4', make: changed('whole.mp4', whole, (bytes) => { const { start, end } = box(bytes, 'moov'); return rotten(bytes, 1e-3, { from: start + 8, to: end }); }), expect: survives() },
    { name: 'a-block-of-zeros', file: 'film.mp4', make: changed('whole.mp4', { ...whole, output: ['-movflags', 'faststart'] }, (bytes) => blanked(bytes, 0.5, 4096)), expect: plays(6, { give: 0.5, pairs: 3 }) },
    { name: 'every-hundredth-packet-lost', file: 'film.ts', make: changed('whole.ts', whole, (bytes) => withoutPackets(bytes, (index) => index % 100 === 99)), expect: plays(6, { give: 0.6, pairs: 3 }) },
    { name: 'half-a-second-lost', file: 'film.ts', make: changed('whole.ts', whole, (bytes) => { const count = bytes.length / 188; return withoutPackets(bytes, (index) => index > count * 0.42 && index < count * 0.5); }), expect: plays(6, { give: 0.3, pairs: 3 }) },
    { name: 'tables-lost', file: 'film.ts', make: changed('whole.ts', whole, (bytes) => withoutPackets(bytes, (index) => (bytes.readUInt16BE(index * 188 + 1) & 0x1fff) === 0)), expect: survives() },
    { name: 'tables-alone', file: 'film.ts', make: changed('whole.ts', whole, (bytes) => withoutPackets(bytes, (index) => (bytes.readUInt16BE(index * 188 + 1) & 0x1fff) >= 0x100)), expect: refused('damaged', 'not_a_recording', 'truncated') },

    { name: 'grows-while-read-mp4', file: 'film.mp4', make: film(faststart), grows: true, expect: survives() },
    { name: 'grows-while-read-transport-stream', file: 'film.ts', make: film(whole), grows: true, expect: survives() },
    { name: 'shrinks-while-read', file: 'film.mkv', make: film(whole), shrinks: true, expect: survives() },

    { name: 'encrypted', file: 'film.mp4', make: film({ ...whole, output: ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', '00112233445566778899aabbccddeeff', '-encryption_kid', '112233445566778899aabbccddeeff00'] }), expect: survives() },
    { name: 'encrypted-by-its-word-alone', file: 'film.mp4', make: changed('whole.mp4', { ...whole, sound: null }, (bytes) => overwritten(bytes, placeOf(bytes, 'avc1', box(bytes, `${table}/stsd`).start), 'encv')), expect: survives() },

    lying('says-65535-by-65535', `${table}/stsd`, 8 + 8 + 24, 0xffffffff, survives()),
    lying('says-track-of-65535', 'moov/trak/tkhd', 76, 0xffff0000),
    lying('says-4-thousand-million-samples', `${table}/stsz`, 8, 0xffffffff),
    lying('says-samples-of-4-gib', `${table}/stsz`, 4, 0xfffffff0),
    lying('says-a-sample-of-2-gib', `${table}/stsz`, 12 + 4 * 10, 0x7ffffff0),
    lying('says-a-million-times', `${table}/stts`, 4, 0x10000000),
    lying('says-frames-an-hour-long', `${table}/stts`, 12, 12800 * 3600),
    lying('says-frames-of-no-length', `${table}/stts`, 12, 0),
    lying('says-chunks-elsewhere', `${table}/stco`, 8, 0xfffffff0),
    lying('says-no-time-scale', 'moov/trak/mdia/mdhd', 12, 0),
    lying('says-huge-time-scale', 'moov/trak/mdia/mdhd', 12, 0xffffffff),
    lying('says-many-descriptions', `${table}/stsd`, 4, 0x7fffffff),
    lying('says-shown-long-after', `${table}/stsc`, 4, 0x7fffffff),
    { name: 'samples-of-2-to-60', file: 'film.mp4', make: changed('whole.mp4', whole, (bytes) => {
        const { start } = box(bytes, 'mdat');
        // libavformat leaves room for a long size: "free" of eight bytes before mdat.
        const result = Buffer.from(bytes);
        result.writeUInt32BE(1, start - 8);
        result.write('mdat', start - 4, 'latin1');
        result.writeBigUInt64BE(2n ** 60n, start);
        return result;
    }), expect: refused('truncated', 'damaged') },
    { name: 'boxes-in-boxes', file: 'film.mp4', make: async (kit, target) => {
        let inner = Buffer.alloc(0);
        for (let depth = 0; depth < 20_000; ++depth) {
            const head = Buffer.alloc(8);
            head.writeUInt32BE(8 * (depth + 1));
            head.write(depth === 19_999 ? 'moov' : 'trak', 4, 'latin1');
            inner = depth === 0 ? head : Buffer.concat([head, inner]);
        }
        await writeFile(target, Buffer.concat([Buffer.from('\0\0\0\x14ftypisom\0\0\0\0isom', 'latin1'), inner]));
    }, expect: refused('damaged', 'truncated', 'not_a_recording', 'unsupported') },
    { name: 'sizes-unknown-in-matroska', file: 'film.mkv', make: changed('whole.mkv', whole, (bytes) => { const place = bytes.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75])); return overwritten(bytes, place + 4, [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]); }), expect: survives() },
    { name: 'avi-without-index', file: 'film.avi', make: changed('whole.avi', { ...whole, video: ['-c:v', 'mpeg4', '-b:v', '500k'], audio: ['-c:a', 'pcm_s16le'] }, (bytes) => bytes.subarray(0, bytes.lastIndexOf('idx1'))), expect: plays(6, { give: 0.3, within: 60 }) },
    { name: 'wav-says-4-gib', file: 'talk.wav', make: changed('whole.wav', { seconds: 5, picture: null, audio: ['-c:a', 'pcm_s16le'] }, (bytes) => { const result = Buffer.from(bytes); result.writeUInt32LE(0xffffffff, 4); result.writeUInt32LE(0xffffffff, placeOf(result, 'data') + 4); return result; }), expect: plays(5, { picture: false, pairs: 0, beeps: 4 }) },
    { name: 'wav-of-no-samples', file: 'talk.wav', make: changed('whole.wav', { seconds: 5, picture: null, audio: ['-c:a', 'pcm_s16le'] }, (bytes) => bytes.subarray(0, placeOf(bytes, 'data') + 8)), expect: refused('damaged', 'empty', 'truncated', 'not_a_recording') },
    { name: 'wav-of-no-channels', file: 'talk.wav', make: changed('whole.wav', { seconds: 5, picture: null, audio: ['-c:a', 'pcm_s16le'] }, (bytes) => overwritten(bytes, 22, [0, 0])), expect: refused('damaged', 'not_a_recording', 'unsupported') },
    { name: 'no-samples-at-all', file: 'film.mp4', make: changed('whole.mp4', whole, (bytes) => { let result = bytes; for (const [path, place] of [[`${table}/stts`, 4], [`${table}/stsz`, 8], [`${table}/stsc`, 4], [`${table}/stco`, 4]]) result = withBox(result, path, (content) => { content.writeUInt32BE(0, place); return content; }); return result; }), expect: survives() },
    { name: 'empty-but-for-headers', file: 'film.mp4', make: film({ output: ['-t', '0'], audio: aac }), expect: refused('damaged', 'empty', 'truncated', 'not_a_recording') },
];
