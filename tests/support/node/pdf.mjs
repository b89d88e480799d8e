// Small PDF files for tests.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from './program.mjs';

/** A PDF with a text a page, as rsvg-convert draws it; its bytes. */
export async function drawPdf(texts) {
    const folder = await mkdtemp(path.join(tmpdir(), 'kiroku-pdf-'));
    try {
        const pages = [];
        for (const [at, text] of texts.entries()) {
            const page = path.join(folder, `${at}.svg`);
            await writeFile(page, `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720">
                <rect width="100%" height="100%" fill="#fff"/><rect y="640" width="1280" height="80" fill="#165e83"/>
                <text x="80" y="200" font-size="60" font-family="Noto Sans CJK JP">${text}</text></svg>`);
            pages.push(page);
        }
        const file = path.join(folder, 'drawn.pdf');
        const drawn = await runProgram('rsvg-convert', ['-f', 'pdf', '-o', file, ...pages]);
        if (drawn.code !== 0) throw new Error(drawn.errors);
        return await readFile(file);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** A PDF that cannot be opened without its password. */
export function lockedPdf() {
    const secret = '5'.repeat(64);
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>'];
    let text = '%PDF-1.4\n';
    const places = objects.map((object, at) => {
        const place = text.length;
        text += `${at + 1} 0 obj\n${object}\nendobj\n`;
        return place;
    });
    const table = text.length;
    text += `xref\n0 3\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`;
    return Buffer.from(`${text}trailer\n<< /Root 1 0 R /Size 3 /ID [<31> <31>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 ` +
        `/O <${secret}> /U <${secret}> >> >>\nstartxref\n${table}\n%%EOF\n`);
}
