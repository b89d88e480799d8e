// Sees and hears what is in a file: when it flashes, when it beeps, what stands where.
import { runProgram } from '../support/node/program.mjs';
import { blue } from './material.mjs';

/** Decodes with ffmpeg through a filter that tells of each frame. Gives the raw output and the lines about frames. */
async function decoded(file, map, filter, form, limit) {
    const args = ['-nostdin', '-hide_banner', '-v', 'info', '-copyts', '-i', file, '-map', map, filter[0], filter[1], '-fps_mode', 'passthrough', ...form, '-t', '120', '-'];
    const run = await runProgram('ffmpeg', args.filter((word, index) => !(map.includes('a') && (word === '-fps_mode' || args[index - 1] === '-fps_mode'))), { timeout: limit });
    if (run.code !== 0) throw new Error(`ffmpeg could not decode ${file}: ${run.errors.split('\n').slice(-4).join(' ')}`);
    const times = [...run.errors.matchAll(/showinfo[^\n]* n: *\d+ [^\n]*pts_time:(\S+)[^\n]*/g)];
    return { bytes: run.output, times };
}

/** The frames of a picture: `{ time, light, quarters }`, light in 0…255, quarters as RGB from the upper left, row by row. */
export async function framesOf(file) {
    const edge = 4;
    const { bytes, times } = await decoded(file, '0:v:0', ['-vf', `scale=${edge}:${edge}:flags=area,format=rgb24,showinfo`], ['-f', 'rawvideo'], 60_000);
    return times.map(([, time], index) => {
        const at = (x, y) => [...bytes.subarray(((index * edge + y) * edge + x) * 3, ((index * edge + y) * edge + x) * 3 + 3)];
        const quarter = (x, y) => mean([at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)]);
        const quarters = [quarter(0, 0), quarter(2, 0), quarter(0, 2), quarter(2, 2)];
        return { time: Number(time), light: luma(mean(quarters)), quarters };
    });
}

/** How loud it is in each millisecond from time 0, the louder of the channels, 1 being full. */
export async function loudnessOf(file) {
    const rate = 8000;
    const filter = `aresample=${rate},aformat=sample_fmts=flt:channel_layouts=stereo,ashowinfo`;
    const { bytes, times } = await decoded(file, '0:a:0', ['-af', filter], ['-f', 'f32le'], 60_000);
    const loudness = [];
    let place = 0;
    for (const [line, time] of times) {
        const samples = Number(/nb_samples:(\d+)/.exec(line)[1]);
        for (let i = 0; i < samples; ++i, place += 8) {
            const millisecond = Math.floor((Number(time) + i / rate) * 1000);
            if (millisecond < 0) continue;
            const loud = Math.max(Math.abs(bytes.readFloatLE(place)), Math.abs(bytes.readFloatLE(place + 4)));
            loudness[millisecond] = Math.max(loudness[millisecond] ?? 0, loud);
        }
    }
    return Array.from(loudness, (loud) => loud ?? 0);
}

/** When the picture turns white, in milliseconds. */
export function flashesIn(frames) {
    // Against what is near: a picture of another shape leaves room for less light.
    const around = (time) => frames.filter((frame) => Math.abs(frame.time - time) < 1.6).map(({ light }) => light);
    const flashes = [];
    frames.forEach(({ time, light }, index) => {
        if (index === 0 || light - frames[index - 1].light < 10) return;
        const lights = around(time);
        const [least, most] = [Math.min(...lights), Math.max(...lights)];
        const middle = (least + most) / 2;
        if (most - least >= 30 && light > middle && frames[index - 1].light <= middle) flashes.push(time * 1000);
    });
    return flashes;
}

/** When a beep begins, in milliseconds. */
export function beepsIn(loudness) {
    const most = loudness.reduce((loud, each) => Math.max(loud, each), 0);
    if (most < 0.01) return [];
    // Against what is near: five loudspeakers are louder than one.
    const step = 250;
    const loudest = [];
    for (let at = 0; at < loudness.length; at += step) loudest.push(loudness.slice(at, at + step).reduce((loud, each) => Math.max(loud, each), 0));
    const near = (millisecond) => {
        const place = Math.floor(millisecond / step);
        return Math.max(most * 0.05, ...loudest.slice(Math.max(0, place - 6), place + 7));
    };
    const onsets = [];
    let quiet = 150;
    loudness.forEach((loud, millisecond) => {
        if (loud < near(millisecond) * 0.3) {
            ++quiet;
            return;
        }
        if (quiet >= 150) onsets.push(millisecond);
        quiet = 0;
    });
    return onsets;
}

/** From each flash to its beep, in milliseconds, where one is near `offset` after it. */
export function offsetsOf(flashes, beeps, offset) {
    return flashes.flatMap((flash) => {
        const beep = beeps.reduce((best, each) => (Math.abs(each - flash - offset) < Math.abs(best - flash - offset) ? each : best), Infinity);
        return Math.abs(beep - flash - offset) < 450 ? [beep - flash] : [];
    });
}

/** Whether the blue quarter is in the upper left. */
export function isUpright(frames) {
    const [first, second, third] = darkest(frames).quarters.map(luma);
    return first > second + 25 && first > third + 25;
}

/** How far the blue quarter is from its blue: the largest difference of a colour, in 0…255. */
export function offBlue(frames) {
    const [quarter] = darkest(frames).quarters;
    return Math.max(...quarter.map((level, index) => Math.abs(level - blue[index])));
}

const darkest = (frames) => frames.slice(0, 10).reduce((best, frame) => (frame.light < best.light ? frame : best));
const luma = ([red, green, blueness]) => 0.2126 * red + 0.7152 * green + 0.0722 * blueness;
const mean = (colours) => [0, 1, 2].map((index) => colours.reduce((sum, colour) => sum + colour[index], 0) / colours.length);
