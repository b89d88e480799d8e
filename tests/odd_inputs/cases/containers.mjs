// Containers and codecs of pictures, what else lies in a file, and names that say something else.
import { writeFile } from 'node:fs/promises';
import { aac, changed, film, h264, plays, refused, passed } from '../recipe.mjs';
import { withBox } from '../bytes.mjs';

const coded = (name, file, video, audio, expected = {}, options = {}) => ({ name, file, make: film({ video, audio, ...options }), expect: plays(4, expected) });

const opus = ['-c:a', 'libopus', '-b:a', '48k'];
const mp2 = ['-c:a', 'mp2'];
const mp3 = ['-c:a', 'libmp3lame'];
const pcm = ['-c:a', 'pcm_s16le'];

const titled = (name, file, title) => ({
    name, file, make: film({ output: ['-metadata', `title=${title}`, '-metadata', `artist=${title}`, '-metadata:s:a', `title=${title}`, '-metadata:s:a', `handler_name=${title}`] }), expect: plays(4),
});

const chapters = `;FFMETADATA1
title=記録
[CHAPTER]
TIMEBASE=1/1000
START=0
END=2000
title=開会 "引用" \\; \\= <b>
[CHAPTER]
TIMEBASE=1/1000
START=2000
END=99000
title=講演
`;
const captions = '1\n00:00:00,500 --> 00:00:02,000\n字幕 <i>one</i>\n\n2\n00:00:02,500 --> 00:00:09,000\n二つ目\n';

const beside = (name, file, inputs, output, expected = {}) => ({
    name, file,
    make: async (kit, target) => {
        await writeFile(kit.path('chapters.txt'), chapters);
        await writeFile(kit.path('captions.srt'), captions);
        await writeFile(kit.path('font.ttf'), Buffer.alloc(50_000, 7));
        await film({ inputs, output })(kit, target);
    },
    expect: plays(4, expected),
});

export const cases = [
    coded('mp4-faststart', 'film.mp4', h264, aac, {}, { output: ['-movflags', 'faststart'] }),
    coded('quicktime', 'film.mov', h264, aac),
    coded('matroska', 'film.mkv', h264, aac),
    coded('webm-vp8', 'film.webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'], ['-c:a', 'libvorbis']),
    coded('webm-vp9', 'film.webm', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'], opus),
    coded('webm-vp9-hidden-frames', 'film.webm', ['-c:v', 'libvpx-vp9', '-cpu-used', '5', '-auto-alt-ref', '1', '-lag-in-frames', '16', '-b:v', '200k'], opus),
    coded('webm-av1', 'film.webm', ['-c:v', 'libsvtav1', '-preset', '12'], opus),
    coded('mp4-av1', 'film.mp4', ['-c:v', 'libaom-av1', '-cpu-used', '8', '-usage', 'realtime'], aac),
    coded('transport-stream', 'film.ts', h264, aac),
    coded('transport-stream-of-discs', 'film.m2ts', h264, ['-c:a', 'ac3']),
    coded('transport-stream-mpeg2', 'film.ts', ['-c:v', 'mpeg2video', '-b:v', '500k', '-bf', '2'], mp2),
    coded('transport-stream-hevc', 'film.ts', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'], aac),
    coded('program-stream', 'film.mpg', ['-c:v', 'mpeg1video', '-b:v', '500k', '-bf', '2'], mp2),
    coded('dvd', 'film.vob', ['-c:v', 'mpeg2video', '-b:v', '500k'], ['-c:a', 'ac3'], {}, { output: ['-f', 'dvd'] }),
    coded('avi-mpeg4', 'film.avi', ['-c:v', 'mpeg4', '-b:v', '500k'], mp3, { within: 60 }),
    coded('avi-xvid', 'film.avi', ['-c:v', 'libxvid', '-b:v', '500k'], mp3, { within: 60 }),
    // The muxer knows no times before 0: in the file itself the picture begins three frames after the sound.
    coded('avi-packed-b-frames', 'film.avi', ['-c:v', 'libxvid', '-b:v', '500k', '-bf', '2'], pcm, { offset: -120 }),
    coded('avi-mjpeg', 'film.avi', ['-c:v', 'mjpeg', '-q:v', '4'], pcm),
    coded('avi-raw', 'film.avi', ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'], pcm),
    coded('avi-h264', 'film.avi', [...h264, '-bf', '0'], mp3, { within: 60 }),
    coded('avi-msmpeg4', 'film.avi', ['-c:v', 'msmpeg4', '-b:v', '500k'], mp3, { within: 60 }),
    coded('dv', 'film.avi', ['-vf', 'scale=720:576,setsar=64/45', '-c:v', 'dvvideo', '-pix_fmt', 'yuv420p'], [...pcm, '-ar', '48000']),
    coded('flv', 'film.flv', h264, aac),
    coded('flv-old', 'film.flv', ['-c:v', 'flv', '-b:v', '500k'], [...mp3, '-ar', '44100'], { within: 60 }),
    coded('windows-media', 'film.wmv', ['-c:v', 'wmv2', '-b:v', '500k'], ['-c:a', 'wmav2'], { within: 60 }),
    coded('windows-media-older', 'film.asf', ['-c:v', 'wmv1', '-b:v', '500k'], ['-c:a', 'wmav1'], { within: 60 }),
    coded('ogg-theora', 'film.ogv', ['-c:v', 'libtheora', '-q:v', '5'], ['-c:a', 'libvorbis']),
    coded('telephone', 'film.3gp', ['-c:v', 'h263', '-b:v', '200k'], [...aac, '-ar', '16000', '-ac', '1'], { shape: 11 / 9 }, { size: [176, 144], rate: 15 }),
    coded('mxf', 'film.mxf', ['-c:v', 'mpeg2video', '-b:v', '1M'], [...pcm, '-ar', '48000']),
    coded('prores', 'film.mov', ['-c:v', 'prores_ks', '-profile:v', 'proxy'], pcm),
    coded('dnxhr', 'film.mxf', ['-vf', 'scale=480:270', '-c:v', 'dnxhd', '-profile:v', 'dnxhr_lb', '-pix_fmt', 'yuv422p'], [...pcm, '-ar', '48000']),
    coded('animation', 'film.mov', ['-c:v', 'qtrle'], pcm),
    coded('hevc', 'film.mp4', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'], aac),
    coded('hevc-hev1', 'film.mp4', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hev1'], aac),
    coded('hevc-open-gops', 'film.mkv', ['-c:v', 'libx265', '-preset', 'veryfast', '-x265-params', 'log-level=none:open-gop=1:keyint=25'], aac),
    coded('h264-in-avc3', 'film.mp4', h264, aac, {}, { output: ['-tag:v', 'avc3'] }),
    coded('mpeg4-in-mp4', 'film.mp4', ['-c:v', 'mpeg4', '-b:v', '500k', '-bf', '2'], aac),
    coded('fragmented', 'film.mp4', h264, aac, {}, { output: ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] }),
    coded('fragmented-with-index', 'film.mp4', h264, aac, {}, { output: ['-movflags', 'dash+frag_keyframe+global_sidx'] }),
    coded('fragmented-each-frame', 'film.mp4', h264, aac, {}, { output: ['-movflags', 'frag_every_frame+empty_moov'] }),
    coded('sound-before-picture', 'film.mp4', h264, aac, {}, { output: ['-map', '1', '-map', '0'] }),
    coded('badly-interleaved', 'film.mp4', h264, aac, {}, { output: ['-max_interleave_delta', '1', '-chunk_duration', '8000000'] }),

    titled('title-with-quotes', 'film.mp4', `"'\`$(touch x);%s%n\\`),
    titled('title-with-lines', 'film.mkv', 'one\ntwo\r\n#EXT-X-ENDLIST\n'),
    titled('title-decomposed', 'film.mp4', 'か\u3099き\u3099く\u3099 ハ\u309aン'),
    titled('title-right-to-left', 'film.mkv', '\u202egnp.exe \u2067\u0007\u001b[31m'),
    titled('title-of-64-kib', 'film.mp4', 'あ'.repeat(21_000)),
    titled('title-of-bad-utf-8', 'film.mkv', 'x\ud800y'),

    beside('captions-mov-text', 'film.mp4', ['-i', 'captions.srt'], ['-c:s', 'mov_text', '-map', '0', '-map', '1', '-map', '2'], { seconds: 5, give: 4.3 }),
    beside('captions-subrip', 'film.mkv', ['-i', 'captions.srt'], ['-c:s', 'srt', '-map', '0', '-map', '1', '-map', '2'], { seconds: 5, give: 4.3 }),
    beside('chapters', 'film.mp4', ['-i', 'chapters.txt'], ['-map', '0', '-map', '1', '-map_metadata', '2', '-map_chapters', '2']),
    beside('chapters-matroska', 'film.mkv', ['-i', 'chapters.txt'], ['-map', '0', '-map', '1', '-map_metadata', '2', '-map_chapters', '2']),
    beside('font-attached', 'film.mkv', [], ['-map', '0', '-map', '1', '-attach', 'font.ttf', '-metadata:s:t', 'mimetype=application/x-truetype-font']),
    beside('time-code-track', 'film.mov', [], ['-map', '0', '-map', '1', '-timecode', '09:59:58:00']),
    beside('place-and-device', 'film.mp4', [], ['-map', '0', '-map', '1', '-metadata', 'location=+35.6895+139.6917/', '-metadata', 'com.apple.quicktime.make=Phone', '-movflags', 'use_metadata_tags']),
    beside('two-pictures', 'film.mp4', ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=4'], ['-map', '0:v', '-map', '1:a', '-map', '2:v']),
    beside('two-sounds', 'film.mp4', ['-f', 'lavfi', '-i', 'sine=440:d=4'], ['-map', '0:v', '-map', '1:a', '-map', '2:a', '-metadata:s:a:0', 'language=jpn', '-metadata:s:a:1', 'language=eng']),
    beside('forty-sounds', 'film.mkv', ['-f', 'lavfi', '-i', 'sine=440:d=4'], ['-map', '0:v', '-map', '1:a', ...Array(40).fill(['-map', '2:a']).flat()]),
    beside('cover-beside-film', 'film.mp4', ['-f', 'lavfi', '-i', 'testsrc2=s=600x600:r=1:d=1'], ['-map', '0:v', '-map', '1:a', '-map', '2:v', '-c:v:1', 'mjpeg', '-disposition:v:1', 'attached_pic']),

    { name: 'user-data-of-2-mib', file: 'film.mp4', make: changed('film.mp4', {}, (file) => withBox(file, 'moov/udta', (content) => Buffer.concat([content, Buffer.from([0, 0x20, 0, 8]), Buffer.from('free'), Buffer.alloc(0x200000)]))), expect: plays(4) },
    { name: 'mp4-named-txt', file: 'notes.txt', make: passed('film.mp4', {}, '-c', 'copy', '-f', 'mp4'), expect: plays(4) },
    { name: 'matroska-named-mp4', file: 'film.mp4', make: passed('film.mkv', {}, '-c', 'copy', '-f', 'matroska'), expect: plays(4) },
    { name: 'transport-stream-named-mp4', file: 'film.mp4', make: passed('film.ts', {}, '-c', 'copy', '-f', 'mpegts'), expect: plays(4) },
    { name: 'wav-named-mp4', file: 'talk.mp4', make: passed('talk.wav', { picture: null, audio: pcm }, '-c', 'copy', '-f', 'wav'), expect: plays(4, { picture: false, pairs: 0, beeps: 3 }) },
    { name: 'mp4-named-m3u8', file: 'film.m3u8', make: passed('film.mp4', {}, '-c', 'copy', '-f', 'mp4'), expect: plays(4) },
    { name: 'name-of-odd-letters', file: '-記録 "ガ\' $(x);\n%d.mp4', make: passed('film.mp4', {}, '-c', 'copy', '-f', 'mp4'), expect: plays(4) },
    { name: 'name-like-a-protocol', bare: true, file: 'concat:a|b.mp4', make: async (kit, target) => passed('film.mp4', {}, '-c', 'copy', '-f', 'mp4')(kit, `file:${target}`), expect: plays(4) },

    // A codec that is not let in: better a plain word than a decoder that nobody watches over.
    { name: 'codec-ffv1', file: 'film.mkv', make: film({ video: ['-c:v', 'ffv1'] }), expect: refused('unsupported') },
    { name: 'codec-screen-capture', file: 'film.avi', make: film({ video: ['-c:v', 'zmbv'], audio: pcm }), expect: refused('unsupported') },
    { name: 'codec-png-in-quicktime', file: 'film.mov', make: film({ video: ['-c:v', 'png'], audio: pcm }), expect: refused('unsupported') },
    { name: 'codec-jpeg2000', file: 'film.mov', make: film({ seconds: 1, video: ['-c:v', 'libopenjpeg'], audio: pcm }), expect: refused('unsupported') },
    { name: 'container-nut', file: 'film.nut', make: film({}), expect: refused('unsupported', 'not_a_recording') },
];
