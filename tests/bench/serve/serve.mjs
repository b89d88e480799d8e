// Serving against nginx, as tests/bench/serve/run starts it: in turns, each server on core 0 and the
// load on core 1; CPU per request is the server's user and system time. Exit 1 where a goal is missed.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { nginxConfiguration, secureLink } from "./nginx.mjs";

const { values: options } = parseArgs({
  options: {
    build: { type: "string", default: "build/release" },
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "5" },
    connections: { type: "string", default: "512" },
  },
});

const folder = mkdtempSync(path.join(tmpdir(), "kiroku-bench-"));
const nginxPort = 8180;
const kirokuPort = 8181;
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const running = [];

const start = (program, words) => {
  const child = spawn("taskset", ["-c", "0", program, ...words], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  running.push(child);
  return child;
};

const answers = async (url, init) => {
  for (let left = 100; left > 0; left -= 1) {
    try {
      return await fetch(url, init);
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error(`${url} does not answer`);
};

/** Seconds of user and system time that a process has had. */
const cpuSeconds = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  const ticksASecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return (Number(fields[11]) + Number(fields[12])) / ticksASecond;
};

const load = (port, paths) => {
  const list = path.join(folder, "paths");
  writeFileSync(list, paths.join("\n") + "\n");
  const words = ["-c", "1", "wrk", "-t1", `-c${options.connections}`, `-d${options.seconds}s`];
  words.push("--timeout", "10s", "-s", path.join(here, "rotate.lua"), `http://127.0.0.1:${port}`);
  const told = execFileSync("taskset", words, {
    encoding: "utf8",
    env: { ...process.env, BENCH_PATHS: list },
  });
  const [requests, micros, bytes, p99, failed] = /FIGURES (.*)/.exec(told)[1].split(" ").map(Number);
  if (failed > 0) throw new Error(`${failed} requests failed:\n${told}`);
  return { requests, seconds: micros / 1e6, bytes, p99 };
};

const measure = (server, workload) => {
  const before = cpuSeconds(server.pid);
  const figures = load(server.port, server.paths[workload]);
  const used = cpuSeconds(server.pid) - before;
  return {
    cpu: (used / figures.requests) * 1e6,
    rate: figures.requests / figures.seconds,
    bytes: figures.bytes / figures.requests,
    p99: figures.p99 / 1000,
  };
};

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const segmentNames = Array.from({ length: 100 }, (_, number) => `${number}.m4s`);

const startNginx = async () => {
  writeFileSync(path.join(folder, "nginx.conf"), nginxConfiguration(folder, nginxPort));
  const master = start("nginx", ["-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`]);
  const link = secureLink();
  await answers(`http://127.0.0.1:${nginxPort}/playlist/index.m3u8${link}`);
  const worker = execFileSync("pgrep", ["-P", String(master.pid)], { encoding: "utf8" }).trim();
  return {
    name: "nginx",
    pid: Number(worker),
    port: nginxPort,
    paths: {
      segments: segmentNames.map((name) => `/segments/${name}${link}`),
      playlists: [`/playlist/index.m3u8${link}`],
    },
  };
};

const startKiroku = async () => {
  const words = ["serve", "--data", `${folder}/data`, "--listen", `127.0.0.1:${kirokuPort}`];
  const child = start(path.resolve(options.build, "kiroku"), [...words, "--threads", "1"]);
  const grant = async (video) => {
    const url = `http://127.0.0.1:${kirokuPort}/api/videos/${video}/play`;
    const answer = await answers(url, { method: "POST" });
    if (!answer.ok) throw new Error(`no grant: ${answer.status} ${await answer.text()}`);
    return path.dirname((await answer.json()).url);
  };
  const segments = await grant("segments");
  const playlist = await grant("playlist");
  return {
    name: "kiroku",
    pid: child.pid,
    port: kirokuPort,
    paths: {
      segments: segmentNames.map((name) => `${segments}/v720/${name}`),
      playlists: [`${playlist}/v720/index.m3u8`],
    },
  };
};

const goals = { segments: 1.0, playlists: 0.8 };

const run = async () => {
  mkdirSync(path.join(folder, "files"));
  execFileSync("chmod", ["-R", "755", folder]);
  execFileSync(path.resolve(options.build, "serve_bench_archive"), [
    `${folder}/data`,
    `${folder}/files`,
  ]);
  const servers = [await startNginx(), await startKiroku()];
  let missed = 0;
  console.log("what       server   CPU/request    requests/s     p99     bytes");
  for (const workload of ["playlists", "segments"]) {
    const figures = servers.map(() => []);
    servers.forEach((server) => measure(server, workload)); // warm
    for (let round = 0; round < Number(options.rounds); round += 1) {
      servers.forEach((server, at) => figures[at].push(measure(server, workload)));
    }
    const of = (at, what) => median(figures[at].map((one) => one[what]));
    servers.forEach((server, at) => {
      const row = [
        workload.padEnd(10),
        server.name.padEnd(8),
        `${of(at, "cpu").toFixed(1)} µs`.padStart(11),
        of(at, "rate").toFixed(0).padStart(13),
        `${of(at, "p99").toFixed(1)} ms`.padStart(11),
        of(at, "bytes").toFixed(0).padStart(9),
      ];
      console.log(row.join(" "));
    });
    const ratio = median(figures[1].map((one, round) => one.cpu / figures[0][round].cpu));
    const isMet = ratio <= goals[workload];
    missed += isMet ? 0 : 1;
    const word = isMet ? "met" : "MISSED";
    console.log(`${workload}: ${ratio.toFixed(2)}× of nginx's CPU; goal ${goals[workload]}×: ${word}`);
  }
  return missed;
};

try {
  process.exitCode = (await run()) > 0 ? 1 : 0;
} finally {
  for (const child of running) child.kill("SIGTERM");
  await Promise.all(running.map((child) => new Promise((done) => child.on("exit", done))));
  rmSync(folder, { recursive: true, force: true });
}
