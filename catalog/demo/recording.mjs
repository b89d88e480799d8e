// Makes a talk's recording (MP4) and a handout (PDF) with rsvg-convert, kakasi, espeak-ng and ffmpeg.

import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { slidesOf, speakerSvg, SPEAKER } from './slides.mjs';

const run = promisify(execFile);

const FRAMES_PER_SECOND = 12; // smooth enough for a head, and made in time on two cores
const SPEAKER_FRAMES = 24;
const SAMPLE_RATE = 22050; // espeak-ng's own

/** Runs a program with `input` on its standard input; gives its standard output. */
function pipe(program, args, input) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
        const chunks = [];
        child.stdout.on('data', (chunk) => chunks.push(chunk));
        child.on('error', reject);
        child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(chunks)) : reject(new Error(`${program} ended with ${code}`))));
        child.stdin.end(input);
    });
}

/** What espeak-ng can read of Japanese is kana: kanji are turned into it first. */
async function inKana(text) {
    const digits = { 〇: 'ぜろ', 一: 'いち', 二: 'に', 三: 'さん', 五: 'ご' };
    const plain = text.replace(/二〇五〇年/g, 'にせんごじゅうねん').replace(/[〇]/g, (c) => digits[c]);
    return (await pipe('kakasi', ['-JH', '-KH', '-i', 'utf8', '-o', 'utf8'], `${plain}\n`)).toString('utf8');
}

/** Samples (16 bit, mono) of a spoken line, at most `seconds` long. */
async function spoken(text, seconds) {
    const wave = await pipe('espeak-ng', ['-v', 'ja', '-s', '165', '--stdout'], await inKana(text));
    const data = wave.indexOf('data') + 8;
    const length = Math.min(wave.length - data, Math.floor(seconds * SAMPLE_RATE) * 2);
    return wave.subarray(data, data + length - (length % 2));
}

function waveHeader(bytes) {
    const header = Buffer.alloc(44);
    header.write('RIFF', 0);
    header.writeUInt32LE(36 + bytes, 4);
    header.write('WAVEfmt ', 8);
    header.writeUInt32LE(16, 16);
    header.writeUInt16LE(1, 20);
    header.writeUInt16LE(1, 22);
    header.writeUInt32LE(SAMPLE_RATE, 24);
    header.writeUInt32LE(SAMPLE_RATE * 2, 28);
    header.writeUInt16LE(2, 32);
    header.writeUInt16LE(16, 34);
    header.write('data', 36);
    header.writeUInt32LE(bytes, 40);
    return header;
}

async function writeSpeech(talk, file) {
    const samples = Buffer.alloc(Math.floor(talk.seconds * SAMPLE_RATE) * 2);
    for (const [i, line] of talk.lines.entries()) {
        const until = talk.lines[i + 1]?.at ?? talk.seconds;
        const sound = await spoken(line.text, until - line.at);
        sound.copy(samples, Math.floor(line.at * SAMPLE_RATE) * 2);
    }
    await writeFile(file, Buffer.concat([waveHeader(samples.length), samples]));
}

async function drawPng(svg, file) {
    await pipe('rsvg-convert', ['-o', file], svg);
}

async function drawSpeaker(folder) {
    for (let i = 0; i < SPEAKER_FRAMES; ++i) {
        await drawPng(speakerSvg(i / SPEAKER_FRAMES), path.join(folder, `speaker_${String(i).padStart(2, '0')}.png`));
    }
}

/** Makes `file` of a talk. `folder` is for what is needed on the way. */
export async function makeRecording(talk, folder, file) {
    await mkdir(folder, { recursive: true });
    const slides = slidesOf(talk);
    const list = [];
    for (const [i, slide] of slides.entries()) {
        const name = `slide_${i}.png`;
        await drawPng(slide.svg, path.join(folder, name));
        const until = slides[i + 1]?.at ?? talk.seconds;
        list.push(`file '${name}'`, `duration ${until - slide.at}`);
    }
    list.push(`file 'slide_${slides.length - 1}.png'`);
    await writeFile(path.join(folder, 'slides.txt'), `${list.join('\n')}\n`);
    await drawSpeaker(folder);
    await writeSpeech(talk, path.join(folder, 'speech.wav'));
    // Colours are turned once a slide and once a picture of the speaker, not once a frame.
    const toYuv = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
    const graph = [
        `[0:v]${toYuv},fps=${FRAMES_PER_SECOND}[slides]`,
        `[1:v]${toYuv},loop=-1:${SPEAKER_FRAMES},setpts=N/${FRAMES_PER_SECOND}/TB[speaker]`,
        `[slides][speaker]overlay=${SPEAKER.x}:${SPEAKER.y}`,
    ];
    await run('ffmpeg', [
        '-v', 'error', '-y', '-f', 'concat', '-i', path.join(folder, 'slides.txt'),
        '-framerate', String(FRAMES_PER_SECOND), '-i', path.join(folder, 'speaker_%02d.png'),
        '-i', path.join(folder, 'speech.wav'), '-filter_complex', graph.join(';'),
        '-map_metadata', '-1', '-t', String(talk.seconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20',
        '-g', String(FRAMES_PER_SECOND * 4), '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709',
        '-color_range', 'tv', '-c:a', 'aac', '-b:a', '96k', '-ar', '48000', '-movflags', '+faststart', file,
    ]);
}

/** Makes `file` (PDF, a page a slide) of a handout. */
export async function makeHandout(handout, folder, file) {
    await mkdir(folder, { recursive: true });
    const pages = [];
    for (const [i, slide] of slidesOf(handout).entries()) {
        const name = path.join(folder, `page_${i}.svg`);
        await writeFile(name, slide.svg);
        pages.push(name);
    }
    await run('rsvg-convert', ['-f', 'pdf', '-o', file, ...pages]);
}

export async function readCatalog(file) {
    return JSON.parse(await readFile(file, 'utf8'));
}
