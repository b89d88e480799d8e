// Makes share/: assets under names that hold their content's hash, the templates, the messages, and
// manifest.json, which tells the server both. Called by CMake; `--depfile` tells Ninja what was read.
import { build } from 'esbuild';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const room = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(room, '../build/share') },
    stamp: { type: 'string' },
    depfile: { type: 'string' },
    debug: { type: 'boolean', default: false },
  },
});

const scripts = { site: 'site/main.ts', watch: 'watch/main.ts', check: 'check/main.ts', desk: 'desk/main.tsx', clip: 'clip/main.tsx' };
const styles = { site: 'styles/site.css', watch: 'styles/watch.css', desk: 'styles/desk.css', clip: 'styles/clip.css' };
const pictures = { icon: 'styles/icon.svg' };
/** What a handover takes along, under names that stay: pages there are opened without a server that knows hashes. */
const handedOver = { export: 'export/main.ts', style: 'styles/export.css', icon: 'styles/icon.svg' };

/**
 * Vidstack names providers of other hosts, which a page of ours never asks, and holds elements with inline styles
 * (a slider's preview that we do not use), which our content security policy refuses as soon as they are read.
 */
const vidstackAsWeUseIt = {
  name: 'vidstack-as-we-use-it',
  setup(esbuild) {
    const others = /vidstack-(youtube|vimeo|dash|google-cast)\.js$/;
    esbuild.onResolve({ filter: others }, ({ path: name }) => ({ path: name, namespace: 'nothing' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export {};' }));
    esbuild.onLoad({ filter: /vidstack[\\/]prod[\\/]chunks[\\/].*\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      return { contents: source.replace(/ style="[^"$]*"/g, ''), loader: 'js' };
    });
  },
};

async function bundle(entries, extra) {
  return build({
    absWorkingDir: room,
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: file, out })),
    outdir: path.join(options.out, 'assets'),
    entryNames: '[name]-[hash]',
    bundle: true,
    metafile: true,
    minify: !options.debug,
    sourcemap: options.debug ? 'inline' : false,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    ...extra,
  });
}

/** The asset of each entry: "watch.js" to "/assets/watch-ABCDEFGH.js". */
function addresses(result) {
  const found = {};
  for (const [file, output] of Object.entries(result.metafile.outputs)) {
    if (!output.entryPoint) continue;
    const base = path.basename(file);
    found[base.replace(/-[A-Z0-9]{8}(?=\.)/, '')] = `/assets/${base}`;
  }
  return found;
}

/** The messages that a script's own sources name, so that its page carries those and no others. */
async function textsOf(result, catalogue) {
  const texts = {};
  for (const output of Object.values(result.metafile.outputs)) {
    if (!output.entryPoint) continue;
    const used = new Set();
    for (const input of Object.keys(output.inputs)) {
      if (input.includes('node_modules') || !/\.tsx?$/.test(input)) continue;
      const source = await readFile(path.join(room, input), 'utf8');
      for (const [, key] of source.matchAll(/['"]([a-z_]+(?:\.[a-z_0-9]+)+)['"]/g))
        if (key in catalogue) used.add(key);
    }
    texts[path.basename(path.dirname(output.entryPoint))] = [...used].sort();
  }
  return texts;
}

async function filesBelow(folder) {
  const entries = await readdir(path.join(room, folder), { withFileTypes: true });
  return [folder, ...entries.filter((entry) => entry.isFile()).map((entry) => `${folder}/${entry.name}`)];
}

await rm(options.out, { recursive: true, force: true });
await mkdir(options.out, { recursive: true });
const catalogue = JSON.parse(await readFile(path.join(room, 'messages/ja.json'), 'utf8'));
const [scriptResult, styleResult, pictureResult, handoverResult] = await Promise.all([
  bundle(scripts, {
    format: 'esm',
    target: 'es2021',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [vidstackAsWeUseIt],
  }),
  bundle(styles, { target: ['chrome100', 'firefox100', 'safari15.4'] }),
  bundle(pictures, { loader: { '.svg': 'copy' } }),
  bundle(handedOver, {
    outdir: path.join(options.out, 'export'),
    entryNames: '[name]',
    format: 'iife',
    target: ['es2021', 'chrome100', 'firefox100', 'safari15.4'],
    loader: { '.svg': 'copy' },
  }),
]);
for (const folder of ['templates', 'messages'])
  await cp(path.join(room, folder), path.join(options.out, folder), { recursive: true });
const manifest = {
  assets: { ...addresses(styleResult), ...addresses(scriptResult), ...addresses(pictureResult) },
  texts: await textsOf(scriptResult, catalogue),
};
await writeFile(path.join(options.out, 'manifest.json'), JSON.stringify(manifest, null, 2));

if (options.stamp) await writeFile(options.stamp, '');
if (options.depfile) {
  const read = [
    ...Object.keys(scriptResult.metafile.inputs),
    ...Object.keys(styleResult.metafile.inputs),
    ...Object.keys(pictureResult.metafile.inputs),
    ...Object.keys(handoverResult.metafile.inputs),
    ...(await filesBelow('templates')),
    ...(await filesBelow('messages')),
  ].filter((file) => !file.includes('node_modules') && !file.startsWith('nothing:'));
  const escaped = read.map((file) => path.join(room, file).replaceAll(' ', '\\ '));
  await writeFile(options.depfile, `${options.stamp}: ${escaped.join(' \\\n  ')}\n`);
}
