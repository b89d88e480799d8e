// What is not a recording, and is told so in one sentence.
import { mkdir } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { contains, film, refused } from '../recipe.mjs';
import { noise } from '../bytes.mjs';

const text = '議事次第\n1. 開会\n2. 講演「地域の緩和策」\n'.repeat(200);
const html = `<!doctype html><html><head><title>404</title></head><body>${text}</body></html>`;

const written = (name, file, bytes, ...kinds) => ({ name, file, make: contains(bytes), expect: refused(...kinds) });

/** A picture by ffmpeg. */
const still = (name, file, ...args) => ({
    name, file, make: (kit, target) => kit.ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=5:d=1', ...args, target),
    expect: refused('not_a_recording', 'unsupported'),
});

/** A zip of one file without checksums that anybody would look at. */
function zipped(name, content) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(content.length, 22);
    head.writeUInt16LE(name.length, 26);
    return Buffer.concat([head, Buffer.from(name), packed]);
}

export const cases = [
    written('nothing', 'film.mp4', '', 'empty'),
    written('one-byte', 'film.mp4', 'x', 'not_a_recording', 'damaged'),
    written('text-named-mp4', 'film.mp4', text, 'not_a_recording'),
    written('text', 'notes.txt', text, 'not_a_recording'),
    written('web-page', 'film.mp4', html, 'not_a_recording'),
    written('web-page-of-a-sign-in', 'film.mkv', `\n\n  ${html}`, 'not_a_recording'),
    written('json', 'film.mp4', JSON.stringify({ error: text }), 'not_a_recording'),
    written('noise', 'film.mp4', noise(10_000_000), 'not_a_recording', 'damaged'),
    written('noise-named-ts', 'film.ts', noise(3_000_000, 7), 'not_a_recording', 'damaged'),
    written('noise-behind-a-beginning', 'film.mp4', Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), noise(100_000, 3)]), 'damaged', 'truncated', 'not_a_recording'),
    written('zeros', 'film.mp4', Buffer.alloc(3_000_000), 'not_a_recording', 'damaged'),
    written('beginning-alone', 'film.mp4', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), 'truncated', 'damaged'),
    written('zip', 'film.zip', zipped('film.mp4', Buffer.alloc(200_000, 5)), 'not_a_recording'),
    written('zip-named-mp4', 'film.mp4', zipped('a.txt', noise(200_000, 4)), 'not_a_recording', 'damaged'),
    written('pdf', 'slides.pdf', `%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n${noise(50_000, 9).toString('base64')}\n%%EOF`, 'not_a_recording'),
    written('playlist', 'main.m3u8', '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n', 'playlist'),
    written('playlist-named-mp4', 'film.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n/etc/passwd\n#EXT-X-ENDLIST\n', 'playlist'),
    written('playlist-behind-a-mark', 'film.mp4', '\ufeff#EXTM3U\n#EXTINF:6,\nfile:///etc/hostname\n', 'playlist', 'not_a_recording'),
    written('list-to-join', 'film.mp4', 'ffconcat version 1.0\nfile /etc/passwd\n', 'playlist'),
    written('list-to-join-unsafe', 'film.ffconcat', "ffconcat version 1.0\nfile 'subfile,,start,0,end,0,,:/etc/passwd'\n", 'playlist'),
    written('dash', 'film.mpd', '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>http://127.0.0.1:9/</BaseURL></Period></MPD>\n', 'playlist'),
    written('session-description', 'film.sdp', 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n', 'not_a_recording', 'playlist', 'unsupported'),
    written('playlist-of-winamp', 'film.pls', '[playlist]\nFile1=http://127.0.0.1:9/a.mp3\n', 'playlist'),
    written('captions', 'film.srt', '1\n00:00:01,000 --> 00:00:02,000\n字幕\n', 'not_a_recording', 'unsupported'),
    written('captions-web', 'film.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n字幕\n', 'not_a_recording', 'unsupported'),
    written('drawing', 'film.svg', '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/x"/></svg>', 'not_a_recording'),
    written('program', 'film.mp4', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), noise(60_000, 11)]), 'not_a_recording', 'damaged'),
    still('picture-png', 'film.png', '-frames:v', '1'),
    still('picture-jpeg', 'film.jpg', '-frames:v', '1'),
    still('picture-jpeg-named-mp4', 'film.mp4', '-frames:v', '1', '-c:v', 'mjpeg', '-f', 'image2'),
    still('picture-gif', 'film.gif', '-frames:v', '1'),
    still('picture-gif-moving', 'film.gif'),
    still('picture-webp', 'film.webp', '-frames:v', '1'),
    still('picture-bmp', 'film.bmp', '-frames:v', '1'),
    still('picture-tiff', 'film.tiff', '-frames:v', '1'),
    { name: 'captions-alone-matroska', file: 'film.mkv', make: async (kit, target) => {
        const { writeFile } = await import('node:fs/promises');
        await writeFile(kit.path('a.srt'), '1\n00:00:01,000 --> 00:00:02,000\n字幕\n');
        await kit.ffmpeg('-i', 'a.srt', '-c:s', 'srt', target);
    }, expect: refused('not_a_recording') },
    { name: 'raw-h264', file: 'film.h264', make: film({ sound: null }), expect: refused('unsupported', 'not_a_recording') },
    { name: 'a-folder', file: 'film.mp4', make: (kit, target) => mkdir(target), expect: refused('not_a_recording') },
    { name: 'not-there', file: 'film.mp4', make: async () => {}, absent: true, expect: refused('not_a_recording', 'internal', 'empty') },
];
