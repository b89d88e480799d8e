// A site for a test: the real programs on a data folder of its own, and what a browser or a clerk does with them.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, freePort, runProgram } from '../support/node/program.mjs';
import { assertKeepsRules } from '../support/node/recordings.mjs';

export const programs = process.env.KIROKU_PROGRAMS ?? new URL('../../build/release', import.meta.url).pathname;
export const kiroku = path.join(programs, 'kiroku');
export const transcoder = path.join(programs, 'kiroku-transcoder');
export const demoCatalog = new URL('../../catalog/demo/demo-catalog.json', import.meta.url).pathname;

/** An empty folder, removed when the test `t` is over. */
export async function folderFor(t) {
    const folder = await mkdtemp(path.join(tmpdir(), 'kiroku-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    return folder;
}

/** A recording of so many seconds, made by ffmpeg: counting picture, and a tone. */
export async function makeRecording(file, seconds, { size = '320x180', rate = 24 } = {}) {
    const made = await runProgram('ffmpeg', ['-v', 'error', '-y',
        '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`,
        '-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
        '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', file]);
    if (made.code !== 0) throw new Error(made.errors);
    return file;
}

/**
 * The real server on `data`. `stop` ends it gently, `kill` does not; `start` starts it again at the same address.
 * When the test is over, each finished recording is looked at: it keeps every rule, unless the test has `spoilt` some.
 */
export class Site {
    static async start(t, { data, clock, settings, more = [] } = {}) {
        const site = new Site();
        t.after(() => site.end());
        site.data = data ?? (await folderFor(t));
        site.clock = clock;
        site.more = more;
        site.port = await freePort();
        site.address = `http://127.0.0.1:${site.port}`;
        if (settings) await writeFile(path.join(site.data, 'kiroku.toml'), settings);
        await site.start();
        return site;
    }

    async start({ clock = this.clock } = {}) {
        const options = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, ...this.more];
        if (clock) options.push('--clock', clock);
        this.said = '';
        this.server = spawn(kiroku, options, { stdio: ['ignore', 'pipe', 'pipe'] });
        this.ended = new Promise((resolve) => this.server.once('close', (code, signal) => resolve(code ?? signal)));
        for (const stream of [this.server.stdout, this.server.stderr]) stream.on('data', (bytes) => (this.said += bytes));
        await eventually(`${kiroku} is ready`, () => {
            if (this.server.exitCode !== null) throw new Error(`the server ended:\n${this.said}`);
            return this.said.includes('Listening on');
        });
    }

    async kill() {
        this.server.kill('SIGKILL');
        await this.ended;
    }

    async end() {
        if (this.server) await this.kill();
        if (!this.spoilt) await assertKeepsRules(path.join(this.data, 'media'), path.join(programs, 'kiroku-hls-check'));
    }

    async stop() {
        this.server.kill('SIGTERM');
        return this.ended;
    }

    /** Runs `kiroku WORDS --data …` to its end. */
    command(words, input) {
        return runProgram(kiroku, [...words, '--data', this.data], { input });
    }

    async mustRun(words, input) {
        const ran = await this.command(words, input);
        if (ran.code !== 0) throw new Error(`kiroku ${words.join(' ')}: ${ran.errors}`);
        return ran.output.toString();
    }

    addSecretariat() {
        return this.mustRun(['account', 'add', 'jimukyoku', '--role', 'secretariat'], 'secretariat password\n');
    }

    /** A visitor who is not signed in. */
    visitor() {
        return new Visitor(this);
    }

    /** One who is; the secretariat unless told otherwise. */
    async signedIn(name = 'jimukyoku', password = 'secretariat password') {
        const visitor = this.visitor();
        const reply = await visitor.post('/api/sign-in', { name, password });
        if (reply.status !== 200) throw new Error(`no sign-in: ${reply.status} ${JSON.stringify(reply.body)}`);
        visitor.cookie = reply.headers.get('set-cookie').split(';')[0];
        return visitor;
    }

    /** What `kiroku check` finds wrong. */
    async broken() {
        const ran = await this.command(['check']);
        return ran.code === 0 ? '' : ran.output.toString() + ran.errors;
    }
}

/** Somebody with a browser. Replies are `{ status, headers, body }`; the body is JSON where it is some. */
export class Visitor {
    constructor(site) {
        this.site = site;
        this.cookie = '';
    }

    async ask(method, address, { body, headers = {} } = {}) {
        const reply = await fetch(this.site.address + address, {
            method,
            body,
            redirect: 'manual',
            headers: { Origin: this.site.address, ...(this.cookie && { Cookie: this.cookie }), ...headers },
        });
        const bytes = Buffer.from(await reply.arrayBuffer());
        const isJson = bytes.length > 0 && (reply.headers.get('content-type') ?? '').startsWith('application/json');
        return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(bytes) : bytes };
    }

    get(address, headers) {
        return this.ask('GET', address, { headers });
    }

    #send(method, address, value) {
        return this.ask(method, address, { body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } });
    }
    post(address, value = {}) {
        return this.#send('POST', address, value);
    }
    patch(address, value) {
        return this.#send('PATCH', address, value);
    }
    remove(address) {
        return this.ask('DELETE', address);
    }

    tus(method, address, headers = {}, body = undefined) {
        return this.ask(method, address, { body, headers: { 'Tus-Resumable': '1.0.0', ...headers } });
    }

    /** Begins an upload; gives its address and the video it is for. */
    async beginUpload(length, fileName, more = {}) {
        const encode = (text) => Buffer.from(text).toString('base64');
        const metadata = Object.entries({ filename: fileName, ...more }).map(([key, value]) => `${key} ${encode(value)}`).join(',');
        const reply = await this.tus('POST', '/api/uploads', { 'Upload-Length': String(length), 'Upload-Metadata': metadata });
        if (reply.status !== 201) throw new Error(`no upload: ${reply.status} ${JSON.stringify(reply.body)}`);
        return { address: reply.headers.get('location'), video: reply.headers.get('upload-video') };
    }

    async offset(address) {
        const reply = await this.tus('HEAD', address);
        return reply.status === 200 ? Number(reply.headers.get('upload-offset')) : null;
    }

    /** Sends `file` from `offset` on; `length` bytes of it, or what is left. Gives the answer's status, throws where the line breaks. */
    sendFile(address, file, offset, length) {
        const { hostname, port } = new URL(this.site.address);
        const stream = createReadStream(file, { start: offset, end: offset + length - 1 });
        const headers = {
            Cookie: this.cookie, 'Tus-Resumable': '1.0.0', 'Upload-Offset': offset,
            'Content-Type': 'application/offset+octet-stream', 'Content-Length': length,
        };
        return new Promise((resolve, reject) => {
            const sent = request({ hostname, port, path: address, method: 'PATCH', headers }, (reply) => {
                reply.resume();
                reply.once('end', () => resolve(reply.statusCode));
                reply.once('error', reject);
            });
            sent.once('error', (error) => {
                stream.destroy();
                reject(error);
            });
            stream.pipe(sent);
        });
    }

    /** Uploads a whole file as a new draft; gives the video's id. */
    async upload(file, size, fileName = path.basename(file), more = {}) {
        const { address, video } = await this.beginUpload(size, fileName, more);
        if (size > 0) {
            const status = await this.sendFile(address, file, 0, size);
            if (status !== 204) throw new Error(`no upload: ${status}`);
        }
        return video ?? more.video;
    }

    async deskVideo(id) {
        return (await this.get(`/api/desk/videos/${id}`)).body;
    }

    /** Waits until the recording of a video is in one of `states`; gives the video. */
    transcoded(id, states = ['ready'], limit = 120_000) {
        return eventually(`the recording of ${id} is ${states}`, async () => {
            const video = await this.deskVideo(id);
            return states.includes(video.recording?.state) && video;
        }, limit);
    }
}

/** Every address of the stills that a video has, once it has them: pictures, their lists, sound and slides. */
export async function addressesOfStills(visitor, video) {
    const stills = await eventually(`${video} has stills`, async () => {
        const { body } = await visitor.post(`/api/videos/${video}/play`);
        return body.stills?.slides && body.stills;
    });
    const folder = new URL('.', 'http://host' + stills.poster).pathname;
    const found = [stills.poster, stills.thumbnails, `${folder}slides.json`, ...await addressesBehind(visitor, stills.slides.url)];
    const tiles = (await visitor.get(stills.thumbnails)).body.toString();
    for (const [name] of tiles.matchAll(/thumbnails-\d+\.jpg/g)) found.push(folder + name);
    for (const { file } of (await visitor.get(`${folder}slides.json`)).body) found.push(folder + file);
    return [...new Set(found)];
}

/** Every address behind a playlist's: playlists, init sections, segments. */
export async function addressesBehind(visitor, main) {
    const found = [main];
    const lines = async (address) => {
        const reply = await visitor.get(address);
        if (reply.status !== 200) throw new Error(`${address}: ${reply.status}`);
        return reply.body.toString().split('\n');
    };
    const resolve = (base, uri) => new URL(uri, 'http://host' + base).pathname;
    const playlists = new Set();
    for (const line of await lines(main)) {
        const uri = line.startsWith('#') ? /URI="([^"]+)"/.exec(line)?.[1] : line;
        if (uri) playlists.add(resolve(main, uri));
    }
    for (const playlist of playlists) {
        found.push(playlist);
        for (const line of await lines(playlist)) {
            const uri = line.startsWith('#') ? /URI="([^"]+)"/.exec(line)?.[1] : line;
            if (uri) found.push(resolve(playlist, uri));
        }
    }
    return found;
}
