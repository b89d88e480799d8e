// Frame rates, variable rates, and how frames lean on each other.
import { aac, film, h264, passed, plays, x264 } from '../recipe.mjs';
import { period } from '../material.mjs';

/** A constant rate; pictures as far apart as the rate says may be off by as much as half of that. */
const constant = (name, rate, seconds = 4, expected = {}) => ({
    name, file: 'film.mp4', make: film({ rate, seconds }),
    expect: plays(seconds, { pairs: Math.floor((seconds - 0.5) / period(rate)), ...expected }),
});

const kept = (name, select, more = {}) => ({
    name, file: more.file ?? 'film.mp4',
    make: film({ seconds: 6, ...more.film, video: [...h264, '-vf', `select='${select}'`, '-vsync', 'vfr'] }),
    expect: plays(6, { pairs: 4, ...more.expect }),
});

const leaning = (name, options, more = {}) => ({
    name, file: more.file ?? 'film.mp4', make: film({ seconds: 6, video: [...x264, ...options] }), expect: plays(6, more.expect),
});

export const cases = [
    constant('rate-1', 1, 8, { give: 1 }),
    constant('rate-2', 2, 8, { give: 0.5 }),
    constant('rate-5', 5),
    constant('rate-12.5', '25/2'),
    constant('rate-15', 15),
    constant('rate-23.976', '24000/1001'),
    constant('rate-24', 24),
    constant('rate-29.97', '30000/1001'),
    constant('rate-48', 48),
    constant('rate-50', 50),
    constant('rate-59.94', '60000/1001'),
    constant('rate-120', 120),
    constant('rate-240', 240),
    constant('rate-odd-17.31', '1731/100'),
    // A meeting's recorder leaves frames out while nothing moves. Those at the flashes stay.
    kept('vfr-gaps', 'lt(mod(n,25),6)+gt(mod(n,25),22)+eq(n,149)'),
    kept('vfr-gaps-matroska', 'lt(mod(n,25),6)+gt(mod(n,25),22)+eq(n,149)', { file: 'film.mkv' }),
    kept('vfr-half-then-full', 'gte(n,75)+not(mod(n,5))'),
    kept('vfr-full-then-still', 'lt(n,105)+eq(n,149)', { expect: { pairs: 4 } }),
    kept('vfr-30-and-15', 'gte(n,90)+not(mod(n,2))', { film: { rate: 30 } }),
    {
        name: 'vfr-jittered', file: 'film.mkv',
        make: film({ seconds: 6, video: [...h264, '-vf', "setpts='PTS+(random(1)-0.5)*0.016/TB'", '-vsync', 'passthrough', '-enc_time_base', '1/1000'] }),
        expect: plays(6),
    },
    {
        name: 'vfr-same-instant-twice', file: 'film.mkv',
        make: passed('film.mkv', { seconds: 4, video: [...h264, '-bf', '0'] }, '-c', 'copy', '-bsf:v', "setts=pts='PTS-mod(N,2)*40/TB/1000':dts='DTS-mod(N,2)*40/TB/1000'"),
        expect: plays(4, { within: 60, give: 0.2 }),
    },
    leaning('one-key-frame-only', ['-g', '9999', '-sc_threshold', '0']),
    leaning('every-frame-a-key-frame', ['-g', '1']),
    leaning('open-gops', ['-x264-params', 'open-gop=1:bframes=3:scenecut=0', '-g', '25']),
    leaning('recovery-points-instead-of-idrs', ['-x264-params', 'intra-refresh=1', '-g', '30']),
    leaning('recovery-points-in-transport-stream', ['-x264-params', 'intra-refresh=1', '-g', '30'], { file: 'film.ts' }),
    leaning('b-pyramid', ['-bf', '8', '-x264-params', 'b-pyramid=normal:b-adapt=0:ref=6']),
    leaning('many-slices', ['-x264-params', 'slices=6']),
    leaning('baseline', ['-profile:v', 'baseline']),
    leaning('no-b-frame-delay', ['-tune', 'zerolatency']),
    {
        name: 'one-frame', file: 'film.mp4', make: film({ sound: null, output: ['-frames:v', '1'] }),
        expect: plays(0.04, { sound: false, pairs: 0, give: 1 }),
    },
    {
        name: 'one-frame-long-sound', file: 'film.mkv', make: film({ picture: { seconds: 0.04 } }),
        expect: plays(4, { pairs: 0, beeps: 3, give: 0.2 }),
    },
    {
        name: 'two-frames', file: 'film.mp4', make: film({ sound: null, output: ['-frames:v', '2'] }),
        expect: plays(0.08, { sound: false, pairs: 0, give: 1 }),
    },
    {
        name: 'slides-a-frame-each-3-seconds', file: 'film.mp4',
        make: film({ rate: '1/3', seconds: 12, sound: { rate: 1 }, audio: aac }),
        expect: plays(12, { pairs: 0, give: 3 }),
    },
];
