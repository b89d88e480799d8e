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

const scripts = { site: 'site/main.ts', early: 'watch/early/main.ts', watch: 'watch/main.ts', check: 'check/main.ts', desk: 'desk/main.tsx', clip: 'clip/main.tsx', withdraw: 'withdraw/main.tsx' };
const styles = { site: 'styles/site.css', watch: 'styles/watch.css', desk: 'styles/desk.css', clip: 'styles/clip.css', reading: 'styles/reading.css' };
const pictures = { icon: 'styles/icon.svg' };
/** What a handover takes along, under names that stay: pages there are opened without a server that knows hashes. */
const handedOver = { export: 'export/main.ts', style: 'styles/export.css', icon: 'styles/icon.svg' };

/**
 * hls.js out of its own sources, with what Kiroku's recordings need: fragmented MP4, sound apart from the picture, parts.
 * Its ready-made files come with MPEG-TS, keys, captions of its own, advertisements and more, or without separate sound.
 */
const hlsParts = Object.fromEntries(
  Object.entries({
    __VERSION__: JSON.stringify(JSON.parse(await readFile(path.join(room, 'package.json'), 'utf8')).dependencies['hls.js']),
    __USE_ALT_AUDIO__: true,
    __USE_EME_DRM__: false,
    __USE_SUBTITLES__: false,
    __USE_CMCD__: false,
    __USE_CONTENT_STEERING__: false,
    __USE_VARIABLE_SUBSTITUTION__: false,
    __USE_M2TS_ADVANCED_CODECS__: false,
    __USE_MEDIA_CAPABILITIES__: false,
    __USE_INTERSTITIALS__: false,
    __USE_IFRAMES__: false,
    __IN_WORKER__: false,
    __HLS_WORKER_BUNDLE__: 'undefined',
  }).map(([name, value]) => [name, String(value)]),
);
const hlsAsWeUseIt = {
  name: 'hls-as-we-use-it',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^hls\.js$/ }, () => ({ path: path.join(room, 'node_modules/hls.js/src/exports-default.ts') }));
    // What reads other containers than MP4 recognises nothing; what reads marks of ID3 and CMCD is asked by none of ours.
    esbuild.onResolve({ filter: /(tsdemuxer|aacdemuxer|mp3demuxer|mp4-remuxer)$/ }, ({ path: name, importer }) =>
      importer.endsWith('transmuxer.ts') ? { path: name, namespace: 'unknown' } : undefined);
    esbuild.onLoad({ filter: /.*/, namespace: 'unknown' }, () => ({ contents: 'export default class { static probe() { return false; } }' }));
    esbuild.onResolve({ filter: /^@svta\// }, ({ path: name }) => ({ path: name, namespace: 'absent' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
    esbuild.onLoad({ filter: /hls\.js[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      // Its classes declare fields that their bases have set.
      const { code } = await esbuild.esbuild.transform(await readFile(file, 'utf8'), {
        loader: 'ts', sourcefile: file, tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
      });
      return { contents: code, loader: 'js' };
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
    define: hlsParts,
    plugins: [hlsAsWeUseIt],
  }),
  bundle(styles, { target: ['chrome100', 'firefox100', 'safari15.4'] }),
  bundle(pictures, { loader: { '.svg': 'copy' } }),
  bundle(handedOver, {
    outdir: path.join(options.out, 'export'),
    entryNames: '[name]',
    format: 'iife',
    target: ['es2021', 'chrome100', 'firefox100', 'safari15.4'],
    define: hlsParts,
    plugins: [hlsAsWeUseIt],
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
