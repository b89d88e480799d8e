// The secretariat's desk as the demo uses it: the same addresses as its pages.

import { open, stat } from 'node:fs/promises';

const CHUNK = 8 * 1024 * 1024;
const base64 = (text) => Buffer.from(text, 'utf8').toString('base64');

export class Desk {
    #base;
    #cookie;

    constructor(base, cookie) {
        this.#base = base;
        this.#cookie = cookie;
    }

    static async signIn(base, name, password) {
        const reply = await fetch(`${base}/api/sign-in`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ name, password }),
        });
        if (!reply.ok) throw new Error(`sign-in was refused: ${reply.status} ${await reply.text()}`);
        return new Desk(base, reply.headers.get('set-cookie').split(';')[0]);
    }

    async #ask(method, path, headers = {}, body = undefined) {
        const reply = await fetch(this.#base + path, { method, headers: { Cookie: this.#cookie, ...headers }, body });
        if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
        return reply;
    }

    async videos() {
        return (await (await this.#ask('GET', '/api/desk/videos')).json()).videos;
    }

    async hasMaterial(id) {
        const reply = await fetch(`${this.#base}/api/desk/materials/${id}`, { headers: { Cookie: this.#cookie } });
        return reply.ok && (await reply.json()).bytes > 0;
    }

    /** Uploads a file by tus 1.0; `subject` is `{video: id}` or `{material: id}`. */
    async upload(file, name, type, subject) {
        const { size } = await stat(file);
        const metadata = Object.entries({ filename: name, filetype: type, ...subject })
            .map(([key, value]) => `${key} ${base64(value)}`)
            .join(',');
        const created = await this.#ask('POST', '/api/uploads', {
            'Tus-Resumable': '1.0.0',
            'Upload-Length': String(size),
            'Upload-Metadata': metadata,
        });
        const { pathname } = new URL(created.headers.get('location'), this.#base);
        const handle = await open(file);
        try {
            for (let offset = 0; offset < size; ) {
                const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(CHUNK, size - offset)), 0, null, offset);
                const reply = await this.#ask(
                    'PATCH',
                    pathname,
                    { 'Tus-Resumable': '1.0.0', 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
                    buffer.subarray(0, bytesRead),
                );
                offset = Number(reply.headers.get('upload-offset'));
            }
        } finally {
            await handle.close();
        }
    }
}
