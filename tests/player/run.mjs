// Runs the player's unit tests: bundled by the player's esbuild, so that any node from 18 on reads their TypeScript.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const { build } = createRequire(path.join(here, '../../player/package.json'))('esbuild');
const out = await mkdtemp(path.join(tmpdir(), 'kiroku-player-tests-'));
try {
  const tests = (await readdir(here)).filter((name) => name.endsWith('.test.ts'));
  await build({
    absWorkingDir: here,
    entryPoints: tests,
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'browser',
    external: ['node:*'],
    format: 'esm',
    target: 'node18',
    define: { PLAYER_FOLDER: JSON.stringify(path.join(here, '../../player')) },
    nodePaths: [path.join(here, '../../player/node_modules')],
    logLevel: 'warning',
  });
  const files = tests.map((name) => path.join(out, name.replace(/\.ts$/, '.mjs')));
  process.exitCode = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1;
} finally {
  await rm(out, { recursive: true });
}
