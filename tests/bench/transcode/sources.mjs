// The recordings that tests/bench/transcode/run measures with: H.264 and AAC in MP4, 720 lines, 25
// frames a second, a key frame every ten seconds, as recorders make them.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";

const rate = 25;
const secondsASlide = 20;

const ffmpeg = (words) =>
  execFileSync("ffmpeg", ["-v", "error", "-nostdin", "-y", ...words], { stdio: "inherit" });

const slideText = (number) => {
  const line = (at) => {
    const width = 300 + ((number * 7919 + at * 104729) % 600);
    const words = `${number}.${at} 録画は窓の中だけで見られる — only inside its window, §${at}`;
    return `<text x="80" y="${190 + at * 62}" font-size="30">${words}</text>
      <rect x="80" y="${200 + at * 62}" width="${width}" height="6" fill="#8aa"/>`;
  };
  const bars = Array.from({ length: 9 }, (_, at) => {
    const height = 20 + ((number * 31 + at * 47) % 180);
    return `<rect x="${840 + at * 40}" y="${420 - height}" width="28" height="${height}" fill="#c63"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720">
    <rect width="1280" height="720" fill="#fdfdf8"/>
    <text x="80" y="110" font-size="54" fill="#124">第${number}章 Slide ${number}</text>
    <g fill="#222">${Array.from({ length: 8 }, (_, at) => line(at)).join("")}</g>${bars.join("")}</svg>`;
};

/** Slides as still pictures and a list of them that is `seconds` long. */
const slides = (folder, seconds) => {
  const list = ["ffconcat version 1.0"];
  for (let number = 1; (number - 1) * secondsASlide < seconds; number += 1) {
    const file = path.join(folder, `slide${number}`);
    writeFileSync(`${file}.svg`, slideText(number));
    execFileSync("rsvg-convert", ["-o", `${file}.png`, `${file}.svg`]);
    const left = seconds - (number - 1) * secondsASlide;
    list.push(`file slide${number}.png`, `duration ${Math.min(left, secondsASlide)}`);
  }
  // The last is only as long as named where something follows it.
  list.push(list.at(-2));
  writeFileSync(path.join(folder, "slides.ffconcat"), `${list.join("\n")}\n`);
  return ["-i", path.join(folder, "slides.ffconcat")];
};

/** A detailed still that is cut from, as wide as given. */
const scenery = (width) =>
  `mandelbrot=s=${width}x${(width * 9) / 16}:start_scale=0.6:rate=1,trim=end_frame=1,` +
  `loop=-1:1,setpts=N/${rate}/TB,fps=${rate},format=yuv420p`;

/** A hand-held look at it: the window wanders by parts of pixels, the hand trembles, the sensor rustles. */
const handHeld = (width, height, reach) =>
  `crop=${2 * width}:${2 * height}:x='${reach}*(1+0.9*sin(t/2.3)+0.02*sin(9*t))':` +
  `y='${reach}*0.56*(1+0.9*sin(t/3.1)+0.03*sin(7*t))',scale=${width}:${height}:flags=bilinear,` +
  `noise=c0s=7:c0f=t+u`;

const speech = (seconds) => [
  "-f",
  "lavfi",
  "-i",
  `anoisesrc=c=pink:r=48000:a=0.4:d=${seconds},tremolo=f=4:d=0.8,lowpass=f=4000`,
];

const encoded = (seconds, file) => [
  ...["-t", String(seconds), "-r", String(rate), "-c:v", "libx264", "-preset", "fast", "-crf", "20"],
  ...["-g", String(10 * rate), "-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "bt709"],
  ...["-color_primaries", "bt709", "-color_trc", "bt709", "-c:a", "aac", "-b:a", "128k", file],
];

const still = "[0:v]scale=out_color_matrix=bt709:out_range=limited,format=yuv420p";

const makers = {
  slides: (folder, seconds, file) => {
    const speaker = `${scenery(960)},${handHeld(240, 180, 220)},setsar=1[speaker]`;
    const whole = `${still},fps=${rate},setsar=1[slides];${speaker};[slides][speaker]overlay=1010:510`;
    ffmpeg([
      ...slides(folder, seconds),
      ...speech(seconds),
      ...["-filter_complex", `${whole}[out]`],
      ...["-map", "[out]", "-map", "1:a", ...encoded(seconds, file)],
    ]);
  },
  camera: (_folder, seconds, file) =>
    ffmpeg([
      ...["-f", "lavfi", "-i", `${scenery(4096)},${handHeld(1280, 720, 750)},setsar=1`],
      ...[...speech(seconds), ...encoded(seconds, file)],
    ]),
  static: (folder, seconds, file) =>
    ffmpeg([
      ...[...slides(folder, seconds), ...speech(seconds)],
      ...["-filter_complex", `${still},fps=${rate},setsar=1[out]`],
      ...["-map", "[out]", "-map", "1:a", ...encoded(seconds, file)],
    ]),
};

/** A real camera, where there is one beside the project: its frames, as long as asked for. */
const street = (media, seconds, file) => {
  const source = path.join(media, "car-detection.mp4");
  if (!existsSync(source)) return false;
  ffmpeg(["-stream_loop", "-1", "-i", source, "-t", String(seconds), "-c", "copy", file]);
  return true;
};

/** Makes the recording of that kind; whether there is one. */
export const makeSource = (kind, folder, media, seconds, file) => {
  if (kind === "street") return street(media, seconds, file);
  makers[kind](folder, seconds, file);
  return true;
};

