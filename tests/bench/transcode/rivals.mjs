// The two that are measured: kiroku-transcoder, and an ffmpeg command that makes the same rungs of
// the same recording from one decode, with x264 and AAC set alike.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

const cores = ["taskset", "-c", "0,1"];

/** Runs a command to its end on the two cores: seconds by the wall and of processor. */
export const timed = (words) => {
  const script = 'TIMEFORMAT="FIGURES %R %U %S"; time "$@"';
  const told = execFileSync("bash", ["-c", `{ ${script} ; } 2>&1 >/dev/null`, "-", ...cores, ...words], {
    encoding: "utf8",
  });
  const figures = /FIGURES (\S+) (\S+) (\S+)/.exec(told);
  if (!figures) throw new Error(`${words.join(" ")}: ${told}`);
  const [wall, user, system] = figures.slice(1).map(Number);
  return { wall, cpu: user + system };
};

/** Whether the program knows a word of the command line. */
export const knows = (program, word) =>
  execFileSync(program, ["--help"], { encoding: "utf8" }).includes(word);

export const kirokuCommand = (program, source, folder, isPassed) => {
  const encodesAll = !isPassed && knows(program, "--no-passthrough");
  return [program, source, folder, ...(encodesAll ? ["--no-passthrough"] : [])];
};

/** What the program has planned for a recording: read from its recipe while it works, then stopped. */
export const planOf = async (command, folder) => {
  // What another recording left there would be refused.
  rmSync(folder, { recursive: true, force: true });
  const child = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => child.on("exit", done));
  await new Promise((begun) => child.stdout.on("data", (text) => `${text}`.includes('"probed"') && begun()));
  const recipe = readFileSync(path.join(folder, ".kiroku-transcoder"), "utf8");
  child.kill("SIGKILL");
  await ended;
  rmSync(folder, { recursive: true, force: true, maxRetries: 9 });
  return JSON.parse(/ plan (\{.*\})/.exec(recipe)[1]);
};

/** The filters that give a rung its frames and its size. */
export const rungFilter = (plan, rung) => {
  const rate = `fps=${plan.rate[0]}/${plan.rate[1]}`;
  return `${rate},framestep=${rung.divisor},scale=${rung.width}:${rung.height}:flags=bicubic`;
};

export const ffmpegCommand = (plan, source, folder) => {
  const { rungs, sound } = plan;
  const pads = rungs.map((_, at) => `[in${at}]`).join("");
  const chains = rungs.map((rung, at) => `[in${at}]${rungFilter(plan, rung)}[out${at}]`);
  const outputs = rungs.flatMap((rung, at) => [
    ...["-map", `[out${at}]`, "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high"],
    ...["-crf", String(rung.quality), "-maxrate", String(rung.max_rate), "-bufsize", String(rung.buffer)],
    ...["-g", String(plan.gop / rung.divisor), "-sc_threshold", "0", path.join(folder, `${rung.name}.mp4`)],
  ]);
  const audio = sound
    ? ["-map", "0:a", "-c:a", "aac", "-ac", "2", "-ar", "48000", "-b:a", String(sound.bit_rate)]
    : [];
  return [
    ...["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", source],
    ...["-filter_complex", `[0:v]split=${rungs.length}${pads};${chains.join(";")}`, ...outputs],
    ...(sound ? [...audio, path.join(folder, `${sound.name}.mp4`)] : []),
  ];
};

/** How like the source a rung is, shown frame by frame at the rung's rate and scaled alike. */
export const ssim = (plan, rung, source, file) => {
  const frames = `fps=${plan.rate[0]}/${plan.rate[1] * rung.divisor}:start_time=0`;
  const graph = `[0:v]${frames}[made];[1:v]${rungFilter(plan, rung)}[meant];[made][meant]ssim`;
  const told = execFileSync(
    "bash",
    ["-c", '"$@" 2>&1', "-", "ffmpeg", "-nostdin", "-i", file, "-i", source, "-lavfi", graph, "-f", "null", "-"],
    { encoding: "utf8" },
  );
  return Number(/SSIM .* All:(\S+)/.exec(told)[1]);
};
