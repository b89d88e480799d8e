// Where the time goes: samples of the processor (perf), by the library that was running.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { timed } from "./rivals.mjs";

const works = [
  [/libx264/, "encode pictures"],
  [/libswscale/, "scale"],
  [/libavfilter|libzimg/, "conform"],
  [/libavcodec/, "decode, and encode sound"],
  [/kiroku/, "compare, and our own"],
  [/kernel/, "kernel"],
];

const hasPerf = () => {
  try {
    execFileSync("perf", ["stat", "-e", "cpu-clock", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** Shares of the processor's time, as one line; empty without perf. */
export const whereTimeGoes = (command, folder) => {
  if (!hasPerf()) return "";
  const file = path.join(folder, "perf.data");
  timed(["perf", "record", "-q", "-F", "499", "-e", "cpu-clock", "-o", file, "--", ...command]);
  const words = ["report", "-i", file, "--sort", "dso", "--stdio", "-q", "-F", "overhead,dso"];
  const report = execFileSync("perf", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const shares = new Map();
  for (const line of report.split("\n")) {
    const found = /^\s*([\d.]+)%\s+(\S+)/.exec(line);
    if (!found) continue;
    const work = works.find(([pattern]) => pattern.test(found[2]))?.[1] ?? "other";
    shares.set(work, (shares.get(work) ?? 0) + Number(found[1]));
  }
  const told = [...shares].sort((a, b) => b[1] - a[1]);
  return told.map(([work, share]) => `${work} ${share.toFixed(0)} %`).join(", ");
};
