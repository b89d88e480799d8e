// A plain web server of one folder on the loopback: what a recording's folder must play from without Kiroku.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.m3u8': 'application/vnd.apple.mpegurl',
    '.mp4': 'video/mp4',
    '.m4s': 'video/iso.segment',
    '.vtt': 'text/vtt; charset=utf-8',
    '.jpg': 'image/jpeg',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.json': 'application/json',
};

/**
 * Serves the files below `folder`, and those of `extra` (`{ '/hls.js': '/…/hls.min.js' }`), with single byte ranges.
 * Gives `{ address, close() }`.
 */
export async function serveFolder(folder, extra = {}) {
    const server = createServer((request, reply) => {
        answer(folder, extra, request, reply).catch(() => reply.destroy());
    });
    await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const close = () => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
    };
    return { address: `http://127.0.0.1:${server.address().port}`, close };
}

async function answer(folder, extra, request, reply) {
    const path = decodeURIComponent(new URL(request.url, 'http://loopback').pathname);
    const file = extra[path] ?? join(folder, normalize(path));
    const found = extra[path] || file.startsWith(folder + sep) ? await stat(file).catch(() => null) : null;
    if (!found?.isFile()) {
        reply.writeHead(404).end();
        return;
    }
    const headers = { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Accept-Ranges': 'bytes', 'Cache-Control': 'no-store' };
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const first = range ? Number(range[1]) : 0;
    const last = Math.min(found.size - 1, range?.[2] ? Number(range[2]) : found.size - 1);
    if (range && first > last) {
        reply.writeHead(416, { 'Content-Range': `bytes */${found.size}` }).end();
        return;
    }
    if (range) headers['Content-Range'] = `bytes ${first}-${last}/${found.size}`;
    reply.writeHead(range ? 206 : 200, { ...headers, 'Content-Length': last - first + 1 });
    if (request.method === 'HEAD' || last < first) {
        reply.end();
        return;
    }
    createReadStream(file, { start: first, end: last }).on('error', () => reply.destroy()).pipe(reply);
}
