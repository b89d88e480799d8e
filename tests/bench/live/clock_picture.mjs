// A picture that shows when it was taken: milliseconds in black and white squares, read again from what a browser shows.
export const width = 640;
export const height = 360;
export const rate = 25;

const bits = 32;
const side = 40;
const columns = width / side;
/** The first squares say that a clock follows. */
const mark = [true, false, true, true];

/** Squares of one instant: the mark, the time modulo 2^32 from the highest bit on, and its parity. */
function squaresOf(now) {
  const time = Math.floor(now) % 2 ** bits;
  const told = Array.from({ length: bits }, (_, bit) => Math.floor(time / 2 ** (bits - 1 - bit)) % 2 === 1);
  const parity = told.filter(Boolean).length % 2 === 1;
  return [...mark, ...told, parity];
}

/** A grey picture with the clock in its upper rows, and something that moves below. */
export function pictureOf(now, number) {
  const picture = Buffer.alloc(width * height, 128);
  squaresOf(now).forEach((white, square) => {
    const left = (square % columns) * side;
    const top = Math.floor(square / columns) * side;
    for (let line = top; line < top + side; line += 1) picture.fill(white ? 235 : 16, line * width + left, line * width + left + side);
  });
  const at = (number * 4) % (width - 60);
  for (let line = 200; line < 320; line += 1) picture.fill(40 + (line % 100), line * width + at, line * width + at + 60);
  return picture;
}

/** For the page: reads the clock of what a video shows. Gives how old it is in milliseconds, or nothing. */
export const ageInPage = `(() => {
  const canvas = new OffscreenCanvas(${width}, ${height});
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const squares = ${mark.length + bits + 1};
  const mark = ${JSON.stringify(mark)};
  return (video) => {
    context.drawImage(video, 0, 0, ${width}, ${height});
    const told = [];
    for (let square = 0; square < squares; square += 1) {
      const x = (square % ${columns}) * ${side} + ${side / 2};
      const y = Math.floor(square / ${columns}) * ${side} + ${side / 2};
      told.push(context.getImageData(x, y, 1, 1).data[1] > 128);
    }
    if (mark.some((white, square) => told[square] !== white)) return undefined;
    const bits = told.slice(mark.length, -1);
    if ((bits.filter(Boolean).length % 2 === 1) !== told.at(-1)) return undefined;
    const time = bits.reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0);
    return ((Date.now() % 2 ** ${bits}) - time + 2 ** ${bits}) % 2 ** ${bits};
  };
})()`;
