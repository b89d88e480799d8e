// Several odd things at once, as recorders, telephones, broadcasts and editors make them.
import { writeFile } from 'node:fs/promises';
import { aac, behindEachOther, changed, film, h264, passed, plays, survives, x264 } from '../recipe.mjs';
import { blanked, box, cut, editList, overwritten, rotten, withBox } from '../bytes.mjs';

const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'];
const gaps = "select='lt(mod(n,25),6)+gt(mod(n,25),22)+eq(n,149)'";
const fields = ['-flags', '+ildct+ilme', '-top', '1'];
const mpeg2 = ['-c:v', 'mpeg2video', '-b:v', '1M'];
const pcm = ['-c:a', 'pcm_s16le'];

const pq = (size, rotated = []) => ({
    size,
    video: ['-vf', [...rotated, 'format=gbrp,zscale=min=gbr:tin=bt709:pin=bt709:rin=full:t=smpte2084:p=bt2020:m=bt2020nc:r=limited:npl=203,format=yuv420p10le'].join(','),
        '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
        '-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc', '-tag:v', 'hvc1'],
});

/** A film stored on its side, with the matrix that sets it upright. */
const onItsSide = (name, file, options, expected = {}) => ({
    name, file, make: passed(`stored.${file.split('.')[1]}`, options, '-c', 'copy', '-metadata:s:v', 'rotate=270'), expect: plays(options.seconds ?? 4, expected),
});

const whole = (name, file, options, expected = {}) => ({ name, file, make: film(options), expect: plays(options.seconds ?? 4, expected) });

export const cases = [
    // Telephones.
    onItsSide('telephone-hevc-turned-gaps', 'film.mov', { seconds: 6, video: ['-vf', `${gaps},transpose=2`, '-vsync', 'vfr', ...hevc], sound: { layout: 'mono', sampleRate: 44100 } }, { pairs: 4 }),
    onItsSide('telephone-light-turned', 'film.mov', pq([192, 108], ['transpose=2']), {}),
    onItsSide('telephone-turned-late-sound', 'film.mp4', { seconds: 5, video: [...h264, '-vf', 'transpose=2'], soundInput: ['-itsoffset', '0.5'], sound: { seconds: 4.5 } }, { offset: 500, give: 0.3, pairs: 3 }),
    onItsSide('telephone-turned-full-range-444', 'film.mp4', { video: ['-vf', 'transpose=2,scale=out_color_matrix=bt709:out_range=full,format=yuv444p', '-c:v', 'libx264', '-preset', 'ultrafast', '-colorspace', 'bt709', '-color_range', 'pc'] }, { colour: true }),
    onItsSide('telephone-turned-8-khz', 'film.mp4', { rate: 15, video: [...h264, '-vf', 'transpose=2'], sound: { layout: 'mono', sampleRate: 8000 } }, { within: 45 }),
    { name: 'telephone-turned-and-cut', file: 'film.mp4', make: async (kit, target) => {
        await kit.film('stored.mp4', { seconds: 6, video: [...h264, '-vf', 'transpose=2', '-g', '100'] });
        await kit.ffmpeg('-ss', '1.5', '-i', 'stored.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=270', target);
    }, expect: plays(4.5, { pairs: 3, give: 0.2 }) },

    // Recorders of meetings.
    whole('meeting-gaps-32-khz-mono', 'film.mp4', { seconds: 6, video: [...x264, '-vf', gaps, '-vsync', 'vfr'], sound: { layout: 'mono', sampleRate: 32000 } }, { pairs: 4 }),
    whole('meeting-gaps-late-sound', 'film.mkv', { seconds: 6, video: [...h264, '-vf', gaps, '-vsync', 'vfr'], soundInput: ['-itsoffset', '1'], sound: { seconds: 5 } }, { pairs: 3, give: 0.3 }),
    whole('meeting-gaps-webm-opus', 'film.webm', { seconds: 6, video: ['-vf', gaps, '-vsync', 'vfr', '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'], audio: ['-c:a', 'libopus', '-ar', '16000', '-ac', '1'] }, { pairs: 4 }),
    { name: 'meeting-piped-gaps', file: 'film.webm', make: async (kit, target) => {
        await kit.film('film.webm', { seconds: 6, video: ['-vf', gaps, '-vsync', 'vfr', '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'], audio: ['-c:a', 'libopus'] });
        await writeFile(target, await kit.ffmpeg('-i', 'film.webm', '-c', 'copy', '-f', 'webm', '-live', '1', 'pipe:1'));
    }, expect: plays(6, { pairs: 4, give: 0.4 }) },
    // Nothing moves for longer than a clock may pause, and the sound goes on.
    { name: 'meeting-piped-still-for-40-s', file: 'film.mkv', make: async (kit, target) => {
        await kit.film('film.mkv', { seconds: 50, video: [...h264, '-bf', '0', '-vf', "select='lt(n,130)+gt(n,1180)'", '-vsync', 'vfr'], sound: { seconds: 50 } });
        await writeFile(target, await kit.ffmpeg('-i', 'film.mkv', '-c', 'copy', '-f', 'matroska', '-live', '1', 'pipe:1'));
    }, expect: plays(50, { pairs: 6, beeps: 48, give: 0.4 }) },
    whole('meeting-fragments-sound-short', 'film.mp4', { seconds: 5, sound: { seconds: 3 }, output: ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] }, { pairs: 2, give: 0.3 }),
    { name: 'meeting-size-and-sound-change', file: 'film.ts', make: behindEachOther({ name: 'a.ts', sound: { layout: 'mono', sampleRate: 32000 } }, { name: 'b.ts', size: [256, 144], sound: { sampleRate: 48000 }, output: ['-output_ts_offset', '4'] }), expect: plays(8, { pairs: 6, give: 0.4 }) },
    { name: 'meeting-of-two-files-back-to-0', file: 'film.ts', make: behindEachOther({ name: 'a.ts', seconds: 5 }, { name: 'b.ts', seconds: 5, size: [128, 72], sound: { layout: 'mono' } }), expect: plays(10, { pairs: 8, give: 0.6 }) },
    whole('slides-alone-8-khz', 'film.mp4', { rate: 2, seconds: 8, sound: { layout: 'mono', sampleRate: 8000 } }, { within: 250, give: 0.5, pairs: 6 }),

    // Broadcasts and discs.
    { name: 'broadcast-fields-wide-pixels-wrap', file: 'film.ts', make: film({ rate: 50, size: [144, 108], video: [...mpeg2, '-vf', 'tinterlace=interleave_top,fieldorder=tff,setsar=4/3', ...fields], audio: ['-c:a', 'ac3'], sound: { layout: '5.1' }, output: ['-output_ts_offset', String(2 ** 33 / 90000 - 2.5)] }), expect: plays(4, { give: 0.3 }) },
    { name: 'broadcast-joined-in-mid-picture', file: 'film.ts', make: async (kit, target) => {
        const first = await kit.bytes('a.ts', { seconds: 6, video: [...mpeg2, '-bf', '2'], audio: ['-c:a', 'mp2'] });
        const second = await kit.bytes('b.ts', { seconds: 6, video: [...mpeg2, '-bf', '2'], audio: ['-c:a', 'mp2'], output: ['-output_ts_offset', '500'] });
        const middle = Math.floor((first.length * 0.6) / 188) * 188;
        await writeFile(target, Buffer.concat([first.subarray(0, middle), second]));
    }, expect: plays(9.6, { give: 1.2, pairs: 7 }) },
    { name: 'broadcast-sound-alone-in-front', file: 'film.ts', make: behindEachOther({ name: 'a.ts', seconds: 4, picture: { seconds: 0.4 } }, { name: 'b.ts', output: ['-output_ts_offset', '4'] }), expect: plays(8, { pairs: 3, beeps: 6, give: 0.4 }) },
    { name: 'broadcast-jumps-and-rots', file: 'film.ts', make: async (kit, target) => {
        await behindEachOther({ name: 'a.ts', seconds: 4 }, { name: 'b.ts', seconds: 4, output: ['-output_ts_offset', '3600'] })(kit, target);
        const { readFile } = await import('node:fs/promises');
        await writeFile(target, rotten(await readFile(target), 1e-5, { from: 4096 }));
    }, expect: plays(8, { pairs: 3, give: 1.5 }) },
    { name: 'broadcast-wraps-and-is-joined', file: 'film.ts', make: behindEachOther({ name: 'a.ts', output: ['-output_ts_offset', String(2 ** 33 / 90000 - 2)] }, { name: 'b.ts', output: ['-output_ts_offset', '50'] }), expect: plays(8, { pairs: 6, give: 0.5 }) },
    { name: 'broadcast-joined-twelve-times', file: 'film.ts', make: behindEachOther(...Array.from({ length: 12 }, (_, index) => ({ name: 'a.ts', seconds: 3, sound: { seconds: 3.2 }, output: ['-output_ts_offset', String((index * 997) % 400)] }))), expect: plays(37, { pairs: 23, give: 2.5 }) },
    whole('disc-fields-pcm-wide', 'film.mkv', { rate: 50, size: [192, 144], video: [...mpeg2, '-vf', 'tinterlace=interleave_top,fieldorder=tff,setsar=16/15', ...fields], audio: pcm, sound: { layout: '5.1' } }, { shape: 64 / 45 }),
    whole('disc-film-in-fields', 'film.mpg', { rate: '24000/1001', seconds: 5, size: [192, 144], video: [...mpeg2, '-vf', 'telecine', ...fields], audio: ['-c:a', 'mp2'] }, { shape: 4 / 3, give: 0.3 }),

    // Editors.
    whole('editor-prores-444-surround', 'film.mov', { video: ['-c:v', 'prores_ks', '-pix_fmt', 'yuv444p10le', '-profile:v', '4444'], audio: ['-c:a', 'pcm_s24le'], sound: { layout: '5.1' } }),
    { name: 'editor-empty-edit-and-b-frames', file: 'film.mp4', make: film({ video: [...x264, '-bf', '3'], pictureInput: ['-itsoffset', '0.6'], rate: '30000/1001' }), expect: plays(4.6, { offset: -600, give: 0.2, pairs: 3 }) },
    { name: 'editor-parts-of-a-turned-film', file: 'film.mp4', make: async (kit, target) => {
        await kit.film('stored.mp4', { seconds: 6, video: [...h264, '-bf', '0', '-vf', 'transpose=2'], sound: null });
        await kit.ffmpeg('-i', 'stored.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=270', 'turned.mp4');
        const { readFile } = await import('node:fs/promises');
        await writeFile(target, withBox(await readFile(kit.path('turned.mp4')), 'moov/trak/edts/elst', () => editList([[2000, 0], [2000, 51200]])));
    }, expect: plays(4, { sound: false, pairs: 0, flashes: 2, give: 0.25 }) },
    { name: 'editor-cut-fast-start-truncated', file: 'film.mp4', make: async (kit, target) => {
        await kit.film('whole.mp4', { seconds: 8, video: [...h264, '-g', '100'] });
        await kit.ffmpeg('-ss', '1.5', '-i', 'whole.mp4', '-c', 'copy', '-movflags', 'faststart', 'cut.mp4');
        const { readFile } = await import('node:fs/promises');
        await writeFile(target, cut(await readFile(kit.path('cut.mp4')), 0.6));
    }, expect: plays(3.9, { give: 1, pairs: 2 }) },
    whole('editor-interpreter-on-the-right', 'film.mp4', { sound: { channels: [1, 0.4] } }),
    { name: 'editor-japanese-second', file: 'film.mp4', make: film({ inputs: ['-f', 'lavfi', '-i', 'sine=440:d=4'], output: ['-map', '0:v', '-map', '2:a', '-map', '1:a', '-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=jpn'] }), expect: plays(4) },
    { name: 'editor-captions-chapters-cover', file: 'film.mp4', make: async (kit, target) => {
        await writeFile(kit.path('chapters.txt'), ';FFMETADATA1\ntitle=x\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=開会\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=9000\ntitle=<b>"\\;\n');
        await writeFile(kit.path('captions.srt'), '1\n00:00:00,500 --> 00:00:03,000\n字幕\n');
        await film({ inputs: ['-i', 'captions.srt', '-i', 'chapters.txt', '-f', 'lavfi', '-i', 'testsrc2=s=600x600:r=1:d=1'], output: ['-map', '0:v', '-map', '1:a', '-map', '2:s', '-map', '4:v', '-map_chapters', '3', '-c:s', 'mov_text', '-c:v:1', 'mjpeg', '-disposition:v:1', 'attached_pic'] })(kit, target);
    }, expect: plays(4, { give: 0.3 }) },

    // Odd, and named as something else.
    { name: 'named-wrongly-turned-fragments', file: 'film.avi', make: passed('stored.mp4', { video: [...h264, '-vf', 'transpose=2'] }, '-c', 'copy', '-metadata:s:v', 'rotate=270', '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4'), expect: plays(4, { give: 0.3 }) },
    { name: 'named-mp3-is-a-broadcast', file: 'talk.mp3', make: passed('film.ts', {}, '-c', 'copy', '-f', 'mpegts', '-output_ts_offset', '36000'), expect: plays(4, { give: 0.3 }) },

    // Damage on top.
    { name: 'damaged-middle-of-a-turned-film', file: 'film.mp4', make: async (kit, target) => {
        await kit.film('stored.mp4', { seconds: 6, video: [...h264, '-g', '25', '-vf', 'transpose=2'] });
        await kit.ffmpeg('-i', 'stored.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=270', '-movflags', 'faststart', 'turned.mp4');
        const { readFile } = await import('node:fs/promises');
        await writeFile(target, blanked(await readFile(kit.path('turned.mp4')), 0.5, 3000));
    }, expect: plays(6, { pairs: 3, give: 0.5 }) },
    { name: 'damaged-hevc-gaps', file: 'film.mp4', make: changed('whole.mp4', { seconds: 6, video: ['-vf', gaps, '-vsync', 'vfr', ...hevc] }, (bytes) => { const { start, header, end } = box(bytes, 'mdat'); return rotten(bytes, 1e-4, { from: start + header, to: end }); }), expect: plays(6, { pairs: 0, give: 1.5, upright: false }) },
    { name: 'damaged-start-and-end-of-a-broadcast', file: 'film.ts', make: changed('whole.ts', { seconds: 6, video: [...mpeg2, '-bf', '2'], audio: ['-c:a', 'mp2'], output: ['-output_ts_offset', '90000'] }, (bytes) => bytes.subarray(Math.floor(bytes.length * 0.3) + 77, Math.floor(bytes.length * 0.8))), expect: plays(3, { give: 1.5, pairs: 1 }) },
    { name: 'damaged-times-of-a-piped-film', file: 'film.flv', make: changed('whole.flv', { seconds: 6 }, (bytes) => rotten(bytes, 2e-5, { from: 2000 })), expect: plays(6, { give: 3, pairs: 0, upright: false }) },
    { name: 'damaged-titles', file: 'film.mp4', make: changed('whole.mp4', { output: ['-metadata', 'title=aaaaaaaaaaaaaaaaaaaaaaaa'] }, (bytes) => overwritten(bytes, bytes.indexOf('aaaaaaaa'), [0xff, 0xfe, 0x00, 0xed, 0xa0, 0x80, 0x0a, 0x1b])), expect: plays(4) },
    { name: 'grows-while-read-turned-fragments', file: 'film.mp4', make: passed('stored.mp4', { seconds: 6, video: [...h264, '-vf', 'transpose=2', '-g', '25'] }, '-c', 'copy', '-metadata:s:v', 'rotate=270', '-movflags', 'frag_keyframe+empty_moov'), grows: true, expect: survives() },
];
