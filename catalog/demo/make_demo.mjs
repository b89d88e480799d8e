// Makes the demo's recordings and handouts, and brings them in as the secretariat would: through the
// desk of a running server. What is there already is left as it is, so it can be cut off and started again.
//   node make_demo.mjs BASE_URL NAME < password

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { Desk } from './desk.mjs';
import { makeHandout, makeRecording, readCatalog } from './recording.mjs';
import { handoutOf, talksOf } from './talks.mjs';

async function firstLine(stream) {
    for await (const line of createInterface({ input: stream })) return line;
    throw new Error('a password is expected on standard input');
}

async function bringRecordings(desk, talks, folder) {
    const there = new Set((await desk.videos()).filter((video) => video.recording).map((video) => video.id));
    for (const talk of talks.filter((entry) => !there.has(entry.id))) {
        const file = path.join(folder, `${talk.id}.mp4`);
        await makeRecording(talk, path.join(folder, talk.id), file);
        await desk.upload(file, `${talk.title}.mp4`, 'video/mp4', { video: talk.id });
        await rm(file);
    }
}

async function bringHandouts(desk, catalog, talks, folder) {
    for (const material of catalog.materials) {
        if (await desk.hasMaterial(material.id)) continue;
        const file = path.join(folder, `${material.id}.pdf`);
        await makeHandout(handoutOf(material, catalog, talks), path.join(folder, material.id), file);
        await desk.upload(file, `${material.title}.pdf`, 'application/pdf', { material: material.id });
    }
}

const [base, name] = process.argv.slice(2);
const desk = await Desk.signIn(base, name, await firstLine(process.stdin));
const catalog = await readCatalog(new URL('./demo-catalog.json', import.meta.url));
const talks = talksOf(catalog);
const folder = await mkdtemp(path.join(os.tmpdir(), 'kiroku-demo-'));
try {
    await bringRecordings(desk, talks.slice(0, 1), folder);
    await bringHandouts(desk, catalog, talks, folder);
    await bringRecordings(desk, talks, folder);
} finally {
    await rm(folder, { recursive: true, force: true });
}
