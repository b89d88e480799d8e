// What the odd files show and sound: made so that a test can see whether picture and sound are still together, upright and
// of the right colour.
//
//   +---------+---------+
//   |  blue   |  dark   |   every period (about a second, a whole number of frames) all of it turns white
//   +---------+---------+   for a tenth of a second, and a tenth of a second of 1 kHz is heard
//   |  dark   | moving  |
//   +---------+---------+

/** The colour of the upper left quarter. */
export const blue = [0x78, 0xaa, 0xe6];

/** A rate "30000/1001" as a number. */
export function rateOf(text) {
    const [num, den = 1] = String(text).split('/').map(Number);
    return num / den;
}

/** Frames from flash to flash. */
export const periodFrames = (rate) => Math.max(2, Math.round(rateOf(rate)));

/** Seconds from flash to flash, exactly a whole number of frames. */
export const period = (rate) => periodFrames(rate) / rateOf(rate);

/** The picture as a lavfi source, in RGB. `dark` seconds at the beginning have no flash. */
export function picture({ size = [192, 108], rate = 25, seconds = 4 } = {}) {
    const [width, height] = size;
    const frames = periodFrames(rate);
    const flash = Math.max(1, Math.round(0.12 * rateOf(rate)));
    const still = `color=c=0x202830:s=${width}x${height}:r=${rate}:d=${seconds},format=rgb24`;
    const quarter = `drawbox=x=0:y=0:w=iw/2:h=ih/2:c=0x78AAE6:t=fill`;
    const white = `drawbox=c=white:t=fill:w=iw:h=ih:enable='gte(n,${frames})*lt(mod(n,${frames}),${flash})'`;
    if (Math.min(width, height) < 32) return `${still},${quarter},${white}`;
    const moving = `testsrc2=s=${even(width / 2)}x${even(height / 2)}:r=${rate}:d=${seconds},format=rgb24,eq=brightness=-0.25,format=rgb24`;
    return `${still},${quarter}[a];${moving}[b];[a][b]overlay=x=W-w:y=H-h:format=rgb,${white}`;
}

/** The beeps as a lavfi source: one expression a channel of `layout`; `channels` says which sound (1, 0 or -1 each). */
export function sound({ rate = 25, seconds = 4, sampleRate = 48000, layout = 'stereo', channels, volume = 0.5 } = {}) {
    const count = { mono: 1, stereo: 2, '5.1': 6, '7.1': 8, quad: 4 }[layout];
    const t = period(rate);
    const beep = `sin(2*PI*1000*t)*gte(t,${0.9 * t})*lt(mod(t+0.000001,${t}),0.1)`;
    const each = (channels ?? Array(count).fill(1)).map((sign) => `${sign * volume}*${beep}`);
    return `aevalsrc=exprs='${each.join('|')}':s=${sampleRate}:c=${layout}:d=${seconds}`;
}

const even = (length) => Math.max(2, Math.floor(length / 2) * 2);
