// Gives every odd file to the transcoder and says what is not as it should be. Exit 0 where all is.
//   node run.mjs --transcoder PROGRAM --checker PROGRAM --folder DIR [--only WORD] [--parallel N] [--keep]
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openFindings } from './open_findings.mjs';
import { cores, corpus, inParallel } from './corpus.mjs';
import { trial } from './trial.mjs';

const { values } = parseArgs({ options: {
    transcoder: { type: 'string' }, checker: { type: 'string' }, folder: { type: 'string' }, only: { type: 'string' },
    parallel: { type: 'string' }, keep: { type: 'boolean', default: false },
} });
if (!values.transcoder || !values.folder) {
    console.error('run.mjs needs --transcoder and --folder; see its first lines.');
    process.exit(2);
}
const parallel = Number(values.parallel ?? cores());
const started = Date.now();
const all = await corpus(join(values.folder, 'sources'), { parallel });
console.log(`${all.length} odd files at hand after ${((Date.now() - started) / 1000).toFixed(0)} s`);

const chosen = all.filter(({ id }) => !values.only || id.includes(values.only));
const results = [];
await inParallel(chosen, parallel, async (each) => {
    const work = join(resolve(values.folder), 'work', each.id.replace('/', '-'));
    const tools = { transcoder: resolve(values.transcoder), checker: values.checker && resolve(values.checker), work };
    const result = await trial(each, tools).catch((error) => ({ id: each.id, outcome: 'not tried', problems: [error.message] }));
    results.push(result);
    if (!values.keep) await rm(work, { recursive: true, force: true });
    const known = openFindings[each.id] ? ` (open: ${openFindings[each.id]})` : '';
    for (const problem of result.problems) console.log(`${result.id}: ${problem}${known}`);
    if (known && result.problems.length === 0) console.log(`${result.id} is as it should be now: take it off open_findings.mjs`);
    if (values.only) console.log(`${result.id}: ${result.outcome} in ${result.seconds?.toFixed(1)} s`);
});

const wrong = results.filter(({ problems }) => problems.length);
const bad = wrong.filter(({ id }) => !openFindings[id]);
const refused = results.filter(({ outcome }) => outcome.startsWith('refused'));
console.log(`${results.length} odd files: ${results.length - refused.length} play, ${refused.length} are refused; ${bad.length} not as they should be, ${wrong.length - bad.length} open findings; ${((Date.now() - started) / 1000).toFixed(0)} s`);
process.exit(bad.length || results.length === 0 ? 1 : 0);
