// Makes the odd files, once: a group is made again when what describes it has changed.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { groups } from './cases/all.mjs';
import { Kit } from './recipe.mjs';

const here = (name) => new URL(name, import.meta.url);

/** Runs `work` on each of `items`, `count` at a time. */
export async function inParallel(items, count, work) {
    const left = [...items];
    const worker = async () => {
        for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    };
    await Promise.all(Array.from({ length: count }, worker));
}

export const cores = () => (availableParallelism ? availableParallelism() : cpus().length);

async function stampOf(group) {
    const hash = createHash('sha256');
    for (const file of ['material.mjs', 'recipe.mjs', 'bytes.mjs', `cases/${group}.mjs`]) hash.update(await readFile(here(file)));
    return hash.digest('hex');
}

async function madeAnew(folder, group, cases, parallel, tell) {
    await rm(join(folder, group), { recursive: true, force: true });
    await mkdir(join(folder, group), { recursive: true });
    const scratch = join(folder, 'scratch', group);
    await inParallel(cases, parallel, async (each) => {
        const place = join(folder, group, each.name);
        await mkdir(place, { recursive: true });
        try {
            await each.make(await new Kit(join(scratch, each.name)).prepare(), join(place, each.file));
        } catch (error) {
            throw new Error(`${group}/${each.name} could not be made: ${error.message}`);
        }
        tell?.(`made ${group}/${each.name}`);
    });
    await rm(scratch, { recursive: true, force: true });
}

/** Makes what is missing in the folder `place`, and gives all cases with `id` ("rates/rate-1") and `path`. */
export async function corpus(place, { parallel = cores(), tell } = {}) {
    const folder = resolve(place);
    const all = [];
    for (const [group, cases] of Object.entries(groups)) {
        const stamp = join(folder, `${group}.stamp`);
        const wanted = await stampOf(group);
        if ((await readFile(stamp, 'utf8').catch(() => '')) !== wanted) {
            await madeAnew(folder, group, cases, parallel, tell);
            await writeFile(stamp, wanted);
        }
        for (const each of cases) all.push({ ...each, group, id: `${group}/${each.name}`, path: join(folder, group, each.name, each.file) });
    }
    return all;
}
