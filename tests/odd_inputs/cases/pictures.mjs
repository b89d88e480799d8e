// Sizes, turns, shapes of pixels, fields, colours.
import { behindEachOther, changed, film, h264, passed, plays } from '../recipe.mjs';
import { box, overwritten } from '../bytes.mjs';

/** A picture stored turned, with the matrix that turns it upright again: `turns` clockwise as it is shown. ffmpeg 5 counts
 *  its `rotate` against the clock. */
const turned = (name, turns, filter, file = 'film.mp4') => ({
    name, file,
    make: passed('stored.mp4', { video: [...h264, '-vf', filter] }, '-c', 'copy', '-metadata:s:v', `rotate=${360 - turns}`),
    expect: plays(4, { colour: true }),
});

/** A display matrix of our own, as nine numbers in 16.16 (the third column in 2.30). */
const matrix = (name, numbers, filter, expected = {}) => ({
    name, file: 'film.mp4',
    make: changed('stored.mp4', { video: [...h264, '-vf', filter] }, (file) => {
        const words = Buffer.alloc(36);
        numbers.forEach((number, index) => words.writeInt32BE(Math.round(number * (index % 3 === 2 ? 2 ** 30 : 65536)), 4 * index));
        return overwritten(file, box(file, 'moov/trak/tkhd').start + 48, words);
    }),
    expect: plays(4, expected),
});

const shaped = (name, size, sar, shape, more = {}) => ({
    name, file: more.file ?? 'film.mp4', make: film({ size, video: [...h264, '-vf', `setsar=${sar}`], ...more.film }),
    expect: plays(4, { shape, ...more.expect }),
});

const sized = (name, size, file, video, expected = {}) => ({
    name, file, make: film({ size, video, audio: file.endsWith('.webm') ? ['-c:a', 'libopus', '-b:a', '32k'] : undefined }),
    expect: plays(4, { shape: size[0] / size[1], ...expected }),
});
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '50'];

const coloured = (name, file, video, expected = {}, audio = undefined) => ({ name, file, make: film({ video, audio }), expect: plays(4, { colour: true, ...expected }) });

const light = (name, transfer) => ({
    name, file: 'film.mp4',
    make: film({
        size: [192, 108],
        video: ['-vf', `format=gbrp,zscale=min=gbr:tin=bt709:pin=bt709:rin=full:t=${transfer}:p=bt2020:m=bt2020nc:r=limited:npl=203,format=yuv420p10le`,
            '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', `log-level=none:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`,
            '-color_trc', transfer, '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc', '-tag:v', 'hvc1'],
    }),
    expect: plays(4),
});

const tagged = (matrix, primaries, transfer, range) => ['-colorspace', matrix, '-color_primaries', primaries, '-color_trc', transfer, '-color_range', range];

export const cases = [
    turned('turned-90', 90, 'transpose=2'),
    turned('turned-180', 180, 'transpose=2,transpose=2'),
    turned('turned-270', 270, 'transpose=1'),
    turned('turned-90-quicktime', 90, 'transpose=2', 'film.mov'),
    // Whoever ignores a mirror shows the scene the wrong way round; there is no turn in it.
    matrix('mirrored', [-1, 0, 0, 0, 1, 0, 192, 0, 1], 'hflip'),
    matrix('mirrored-and-turned', [0, 1, 0, 1, 0, 0, 0, 0, 1], 'transpose=0'),
    matrix('turned-by-45', [0.7071, 0.7071, 0, -0.7071, 0.7071, 0, 0, 0, 1], 'null', { shape: null, upright: false }),
    matrix('matrix-of-zeros', [0, 0, 0, 0, 0, 0, 0, 0, 0], 'null'),
    { name: 'turned-and-wide-pixels', file: 'film.mp4',
        make: passed('stored.mp4', { size: [96, 108], video: [...h264, '-vf', 'setsar=2,transpose=2'] }, '-c', 'copy', '-metadata:s:v', 'rotate=270'),
        expect: plays(4) },
    shaped('pixels-16-by-11', [176, 144], '16/11', 16 / 9),
    shaped('pixels-4-by-3-hdv', [144, 108], '4/3', 16 / 9),
    shaped('pixels-tall', [192, 54], '1/2', 16 / 9),
    shaped('pixels-10-by-1', [32, 180], '10/1', 16 / 9),
    shaped('pixels-said-0-by-1', [192, 108], '0/1', 16 / 9),
    shaped('pixels-1-by-200', [192, 108], '1/200', null, { expect: { shape: null, upright: false } }),
    sized('size-1-by-1', [1, 1], 'film.webm', vp9, { shape: null, upright: false }),
    sized('size-2-by-2', [2, 2], 'film.mp4', h264, { shape: null, upright: false }),
    sized('size-15-by-7', [15, 7], 'film.webm', vp9, { shape: null }),
    sized('size-161-by-91', [161, 91], 'film.mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p']),
    sized('size-3-by-200', [3, 200], 'film.webm', vp9, { shape: null, upright: false }),
    sized('size-4096-wide', [4096, 64], 'film.mp4', h264, { shape: null }),
    sized('size-4096-tall', [64, 4096], 'film.mp4', h264, { shape: null }),
    { name: 'size-2160-lines', file: 'film.mp4', make: film({ size: [3840, 2160], rate: 5, seconds: 2 }), expect: plays(2, { pairs: 1 }) },
    sized('upright-telephone', [108, 192], 'film.mp4', h264),
    sized('square', [128, 128], 'film.mp4', h264),
    { name: 'size-1921-by-1081', file: 'film.mp4', make: film({ size: [1921, 1081], rate: 5, seconds: 2, video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p'] }), expect: plays(2, { pairs: 1 }) },
    { name: 'cropped-by-its-headers', file: 'film.mp4',
        make: passed('whole.mp4', { size: [208, 128] }, '-c', 'copy', '-bsf:v', 'h264_metadata=crop_left=8:crop_right=8:crop_top=8:crop_bottom=8'), expect: plays(4, { shape: 192 / 112 }) },
    { name: 'fields-top-first', file: 'film.mp4',
        make: film({ rate: 50, size: [192, 144], video: [...h264, '-vf', 'tinterlace=interleave_top,fieldorder=tff', '-flags', '+ildct+ilme', '-top', '1', '-x264-params', 'tff=1'] }),
        expect: plays(4, { shape: 4 / 3 }) },
    { name: 'fields-bottom-first', file: 'film.ts',
        make: film({ rate: 50, size: [192, 144], video: [...h264, '-vf', 'tinterlace=interleave_bottom,fieldorder=bff', '-flags', '+ildct+ilme', '-top', '0', '-x264-params', 'bff=1'] }),
        expect: plays(4, { shape: 4 / 3 }) },
    { name: 'fields-mpeg2', file: 'film.mpg',
        make: film({ rate: 50, size: [192, 144], video: ['-c:v', 'mpeg2video', '-b:v', '1M', '-vf', 'tinterlace=interleave_top,fieldorder=tff', '-flags', '+ildct+ilme', '-top', '1'], audio: ['-c:a', 'mp2'] }),
        expect: plays(4, { shape: 4 / 3 }) },
    { name: 'fields-from-film', file: 'film.mp4',
        make: film({ rate: '24000/1001', seconds: 5, size: [192, 144], video: [...h264, '-vf', 'telecine', '-flags', '+ildct+ilme', '-x264-params', 'tff=1'] }),
        expect: plays(5, { shape: 4 / 3 }) },
    { name: 'fields-said-but-progressive', file: 'film.mp4', make: film({ video: [...h264, '-x264-params', 'fake-interlaced=1:tff=1'] }), expect: plays(4) },
    light('light-pq', 'smpte2084'),
    light('light-hlg', 'arib-std-b67'),
    coloured('bits-10', 'film.mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le']),
    coloured('bits-12-hevc', 'film.mkv', ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-pix_fmt', 'yuv420p12le']),
    coloured('chroma-422', 'film.mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv422p']),
    coloured('chroma-422-10-bits', 'film.mkv', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv422p10le']),
    coloured('chroma-444', 'film.mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p']),
    coloured('rgb', 'film.mkv', ['-c:v', 'libx264rgb', '-preset', 'ultrafast', '-pix_fmt', 'rgb24']),
    coloured('gray', 'film.mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'gray'], { colour: false }),
    coloured('alpha', 'film.mov', ['-c:v', 'prores_ks', '-pix_fmt', 'yuva444p10le', '-profile:v', '4444'], { within: 40 }),
    coloured('alpha-vp9', 'film.webm', [...vp9, '-pix_fmt', 'yuva420p', '-auto-alt-ref', '0'], {}, ['-c:a', 'libopus']),
    coloured('full-range', 'film.mp4', ['-vf', 'scale=out_color_matrix=bt709:out_range=full,format=yuv420p', ...h264.slice(0, 4), '-g', '50', ...tagged('bt709', 'bt709', 'bt709', 'pc')]),
    coloured('full-range-mjpeg', 'film.avi', ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-c:a', 'pcm_s16le']),
    coloured('bt601', 'film.mp4', ['-vf', 'scale=out_color_matrix=bt601:out_range=tv,format=yuv420p', ...h264, ...tagged('smpte170m', 'smpte170m', 'smpte170m', 'tv')]),
    coloured('bt709', 'film.mp4', ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p', ...h264, ...tagged('bt709', 'bt709', 'bt709', 'tv')]),
    coloured('bt2020-without-high-light', 'film.mp4', ['-vf', 'format=gbrp,zscale=min=gbr:pin=bt709:tin=bt709:rin=full:m=bt2020nc:p=bt2020:t=2020_10:r=limited,format=yuv420p10le', '-c:v', 'libx264', '-preset', 'ultrafast', ...tagged('bt2020nc', 'bt2020', 'bt2020-10', 'tv')], { colour: false }),
    { name: 'size-changes', file: 'film.ts', make: behindEachOther({ name: 'a.ts', size: [192, 108] }, { name: 'b.ts', size: [128, 72], output: ['-output_ts_offset', '4'] }),
        expect: plays(8, { pairs: 6, give: 0.3 }) },
    { name: 'size-grows', file: 'film.ts', make: behindEachOther({ name: 'a.ts', size: [128, 72] }, { name: 'b.ts', size: [256, 144], output: ['-output_ts_offset', '4'] }),
        expect: plays(8, { pairs: 6, give: 0.3 }) },
    { name: 'shape-changes', file: 'film.ts', make: behindEachOther({ name: 'a.ts', size: [192, 108] }, { name: 'b.ts', size: [108, 192], output: ['-output_ts_offset', '4'] }),
        expect: plays(8, { pairs: 6, give: 0.3, shape: null }) },
    { name: 'pixels-change', file: 'film.ts', make: behindEachOther({ name: 'a.ts', size: [192, 108] }, { name: 'b.ts', size: [144, 108], video: [...h264, '-vf', 'setsar=4/3'], output: ['-output_ts_offset', '4'] }),
        expect: plays(8, { pairs: 6, give: 0.3, shape: null }) },
    { name: 'bits-change', file: 'film.ts', make: behindEachOther({ name: 'a.ts' }, { name: 'b.ts', video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv422p10le'], output: ['-output_ts_offset', '4'] }),
        expect: plays(8, { pairs: 6, give: 0.3 }) },
    { name: 'size-changes-in-mp4', file: 'film.mp4', make: async (kit, target) => {
        await behindEachOther({ name: 'a.h264', sound: null, size: [192, 108] }, { name: 'b.h264', sound: null, size: [128, 72] })(kit, kit.path('all.h264'));
        await kit.ffmpeg('-r', '25', '-i', 'all.h264', '-c', 'copy', target);
    }, expect: plays(8, { sound: false, pairs: 0, flashes: 6, give: 0.3 }) },
];
