// kiroku-transcoder against the ffmpeg command's ebur128, as tests/bench/sound/run starts it: in turns,
// on the same two cores. Exit 1 where the goal is missed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    build: { type: "string", default: "build/release" },
    minutes: { type: "string", default: "120" },
    pairs: { type: "string", default: "5" },
  },
});

const timesAsFast = 3;
const agreesWithinLu = 0.1;

const program = path.resolve(options.build, "kiroku-transcoder");
const folder = mkdtempSync(path.join(tmpdir(), "kiroku-bench-"));
const source = path.join(folder, "lecture.mp4");

const run = (command, words) => {
  const done = spawnSync("taskset", ["-c", "0,1", command, ...words], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${command}: ${done.stderr}`);
  return done;
};

/** A minute of noise that swells and falls as speech does, over and over. */
const makeSource = () => {
  const minute = path.join(folder, "minute.mp4");
  const picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=5:d=60"];
  const sound = ["-f", "lavfi", "-i", "anoisesrc=c=pink:d=60:a=0.4,tremolo=f=3:d=0.8,tremolo=f=0.2:d=0.7"];
  const encoding = ["-ac", "2", "-ar", "48000", "-c:v", "libx264", "-preset", "ultrafast", "-g", "10"];
  const form = ["-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k"];
  run("ffmpeg", ["-v", "error", "-y", ...picture, ...sound, ...encoding, ...form, minute]);
  const times = String(Number(options.minutes) - 1);
  run("ffmpeg", ["-v", "error", "-y", "-stream_loop", times, "-i", minute, "-c", "copy", source]);
};

const seconds = (work) => {
  const began = process.hrtime.bigint();
  const result = work();
  return { wall: Number(process.hrtime.bigint() - began) / 1e9, result };
};

const kiroku = () => JSON.parse(run(program, [source, "--only", "loudness"]).stdout).loudness.integrated_lufs;

const ffmpeg = () => {
  const words = ["-hide_banner", "-nostats", "-i", source, "-map", "0:a", "-af", "ebur128=peak=true", "-f", "null", "-"];
  return Number(/I:\s+(-?[\d.]+) LUFS\s+Threshold[^]*$/.exec(run("ffmpeg", words).stderr)[1]);
};

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

try {
  makeSource();
  const pairs = [];
  for (let pair = 0; pair < Number(options.pairs); ++pair)
    pairs.push({ ours: seconds(kiroku), theirs: seconds(ffmpeg) });
  const ours = median(pairs.map((pair) => pair.ours.wall));
  const theirs = median(pairs.map((pair) => pair.theirs.wall));
  const ratio = median(pairs.map((pair) => pair.theirs.wall / pair.ours.wall));
  const apart = Math.abs(pairs[0].ours.result - pairs[0].theirs.result);
  console.log(
    `${options.minutes} minutes heard in ${ours.toFixed(2)} s, by the command in ${theirs.toFixed(2)} s: ` +
      `${ratio.toFixed(2)}× as fast (goal ${timesAsFast}×); ${apart.toFixed(2)} LU apart`,
  );
  process.exitCode = ratio >= timesAsFast && apart <= agreesWithinLu ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
