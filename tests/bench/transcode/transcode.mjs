// kiroku-transcoder against the ffmpeg command, as tests/bench/transcode/run starts it: in turns, on
// the same two cores. Exit 1 where a goal is missed.
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { whereTimeGoes } from "./profile.mjs";
import { ffmpegCommand, kirokuCommand, knows, planOf, ssim, timed } from "./rivals.mjs";
import { makeSource } from "./sources.mjs";

const { values: options } = parseArgs({
  options: {
    build: { type: "string", default: "build/release" },
    media: { type: "string", default: "../shared/media" },
    seconds: { type: "string", default: "120" },
    pairs: { type: "string", default: "5" },
    rows: { type: "string", default: "slides,camera,street,static,slides-passed,camera-passed" },
  },
});

/** How many times as fast as the command each row is to be; none: told, not judged. */
const goals = { slides: 2, camera: 1.15, static: 4, "slides-passed": 2.5, "camera-passed": 2.2 };
const mostBytes = 1.02;
const mostBlurred = 0.001;

const program = path.resolve(options.build, "kiroku-transcoder");
const folder = mkdtempSync(path.join(tmpdir(), "kiroku-bench-"));
const made = { kiroku: path.join(folder, "kiroku"), ffmpeg: path.join(folder, "ffmpeg") };

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const measure = (commands, name) => {
  rmSync(made[name], { recursive: true, force: true });
  if (name === "ffmpeg") mkdirSync(made.ffmpeg);
  return timed(commands[name]);
};

/** One line a rung, and whether it is as good and as small as the command's. */
const compareRungs = (plan, source, isPassed) => {
  const encoded = isPassed ? plan.rungs.slice(0, -1) : plan.rungs;
  return encoded.map((rung) => {
    const file = (name) => path.join(made[name], `${rung.name}.mp4`);
    const of = (name) => ({ bytes: statSync(file(name)).size, ssim: ssim(plan, rung, source, file(name)) });
    const [ours, theirs] = [of("kiroku"), of("ffmpeg")];
    const bytes = ours.bytes / theirs.bytes;
    const blurred = theirs.ssim - ours.ssim;
    console.log(
      `    ${rung.name}: ${(ours.bytes / 1e6).toFixed(2)} MB, ${bytes.toFixed(3)}× its bytes; SSIM ` +
        `${ours.ssim.toFixed(4)}, its ${theirs.ssim.toFixed(4)} (${(-blurred).toFixed(4)})`,
    );
    return { bytes, isEqual: bytes <= mostBytes && blurred <= mostBlurred };
  });
};

const row = async (name) => {
  const [kind, passed] = name.split("-");
  const isPassed = passed !== undefined;
  if (isPassed && !knows(program, "--no-passthrough")) {
    console.log(`${name.padEnd(14)} left out: this program passes nothing through`);
    return true;
  }
  const source = path.join(folder, `${kind}.mp4`);
  if (!makeSource(kind, folder, options.media, Number(options.seconds), source)) {
    console.log(`${name.padEnd(14)} left out: its recording is not there`);
    return true;
  }
  const kiroku = kirokuCommand(program, source, made.kiroku, isPassed);
  const plan = await planOf(kiroku, made.kiroku);
  const commands = { kiroku, ffmpeg: ffmpegCommand(plan, source, made.ffmpeg) };
  const pairs = [];
  for (let pair = 0; pair < Number(options.pairs); pair += 1)
    pairs.push({ ours: measure(commands, "kiroku"), theirs: measure(commands, "ffmpeg") });
  const of = (who, what) => median(pairs.map((pair) => pair[who][what]));
  const ratio = median(pairs.map(({ ours, theirs }) => theirs.wall / ours.wall));
  const cpu = median(pairs.map(({ ours, theirs }) => ours.cpu / theirs.cpu));
  const goal = goals[name];
  const isFast = goal === undefined || ratio >= goal;
  const cells = [
    name.padEnd(14),
    `${of("ours", "wall").toFixed(2)} s`.padStart(9),
    `${of("theirs", "wall").toFixed(2)} s`.padStart(9),
    `${ratio.toFixed(2)}×`.padStart(8),
    cpu.toFixed(2).padStart(6),
    goal === undefined ? "" : `  goal ${goal}×: ${isFast ? "met" : "MISSED"}`,
  ];
  console.log(cells.join(" "));
  const isEqual = compareRungs(plan, source, isPassed).every((rung) => rung.isEqual);
  if (!isEqual) console.log("    NOT as good at no more than 2 % more bytes");
  rmSync(made.kiroku, { recursive: true, force: true });
  const shares = whereTimeGoes(kiroku, folder);
  if (shares !== "") console.log(`    ${shares}`);
  return isFast && isEqual;
};

try {
  console.log(`${options.seconds} s of recording, medians of ${options.pairs} pairs`);
  console.log("what                kiroku    ffmpeg     wall    CPU");
  let missed = 0;
  for (const name of options.rows.split(",")) missed += (await row(name)) ? 0 : 1;
  process.exitCode = missed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
