// Slides as SVG, 1280×720: what a lecturer would show, made of the facts of the demo's catalog.

export const WIDTH = 1280;
export const HEIGHT = 720;
/** Where the speaker's picture stands, in the slide's pixels. */
export const SPEAKER = { x: 1024, y: 528, width: 240, height: 176 };

const INK = '#1c2733';
const QUIET = '#566473';
const ACCENTS = { mitigation: '#2b6a4d', adaptation: '#2a5d8f', meeting: '#6a4a7d' };
const FONT = "'Noto Sans CJK JP','IPAGothic','Hiragino Sans',sans-serif";

const escape = (text) =>
    text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);

/** How many full-width characters a text is wide. */
const widthOf = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) < 0x2000 ? 0.55 : 1), 0);

/** Breaks a text into lines of at most `limit` full-width characters; no line begins with a closing mark. */
export function wrap(text, limit) {
    const lines = [];
    let line = '';
    for (const c of text) {
        if (widthOf(line + c) > limit && !'、。」』）)！？ー'.includes(c)) {
            lines.push(line);
            line = '';
        }
        line += c;
    }
    return line ? [...lines, line] : lines;
}

const textLines = (lines, { x, y, size, leading, weight = 400, fill = INK }) =>
    lines
        .map((line, i) => `<text x="${x}" y="${y + i * size * leading}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escape(line)}</text>`)
        .join('');

const page = (accent, body, footer) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="${FONT}">` +
    `<rect width="100%" height="100%" fill="#fbfcfa"/><rect width="18" height="100%" fill="${accent}"/>${body}` +
    `<text x="72" y="692" font-size="20" fill="${QUIET}">${escape(footer)}</text></svg>`;

function titleSlide({ accent, title, series, speaker, footer }) {
    const lines = wrap(title, 17);
    return page(
        accent,
        textLines([series], { x: 72, y: 150, size: 30, leading: 1.4, fill: accent, weight: 700 }) +
            textLines(lines, { x: 72, y: 250, size: 62, leading: 1.35, weight: 700 }) +
            textLines([speaker], { x: 72, y: 270 + lines.length * 84, size: 34, leading: 1.4, fill: QUIET }),
        footer,
    );
}

function pointSlide({ accent, heading, points, number, footer }) {
    let y = 210;
    const body = points.map((point) => {
        const lines = wrap(point, 24);
        const block = `<circle cx="88" cy="${y - 13}" r="8" fill="${accent}"/>` + textLines(lines, { x: 118, y, size: 40, leading: 1.4 });
        y += lines.length * 56 + 26;
        return block;
    });
    return page(
        accent,
        textLines(wrap(heading, 22).slice(0, 1), { x: 72, y: 112, size: 48, leading: 1.3, weight: 700, fill: accent }) +
            `<rect x="72" y="138" width="1136" height="3" fill="${accent}" opacity="0.35"/>` + body.join('') +
            `<text x="1208" y="60" text-anchor="end" font-size="24" fill="${QUIET}">${number}</text>`,
        footer,
    );
}

/**
 * The slides of a talk in order: `{at, svg}`, `at` in seconds.
 * A talk is `{title, series, speaker, topic, footer, chapters: [{atSec, title, points}]}`.
 */
export function slidesOf(talk) {
    const accent = ACCENTS[talk.topic] ?? ACCENTS.meeting;
    const slides = [{ at: 0, svg: titleSlide({ ...talk, accent }) }];
    talk.chapters.forEach((chapter, i) => {
        const at = i === 0 ? 8 : chapter.atSec;
        // A slide holds four points; more go onto a second one, half-way to the next chapter.
        const end = talk.chapters[i + 1]?.atSec ?? talk.seconds;
        const halves = chapter.points.length > 3 ? [chapter.points.slice(0, 3), chapter.points.slice(3, 6)] : [chapter.points];
        halves.forEach((points, half) => {
            const number = `${i + 1}${halves.length > 1 ? `-${half + 1}` : ''} / ${talk.chapters.length}`;
            const svg = pointSlide({ accent, heading: chapter.title, points, number, footer: talk.footer });
            slides.push({ at: at + (half * (end - at)) / halves.length, svg });
        });
    });
    return slides;
}

/** One picture of the speaker: `phase` 0…1 is where the head and hands are in their movement. */
export function speakerSvg(phase, accent = '#3b4a5a') {
    const swing = Math.sin(phase * 2 * Math.PI);
    const nod = Math.sin(phase * 4 * Math.PI);
    const mouth = 3 + 5 * Math.abs(Math.sin(phase * 10 * Math.PI));
    const { width, height } = SPEAKER;
    const head = 120 + swing * 7;
    return (
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
        `<rect width="${width}" height="${height}" fill="#dfe6e3"/><rect y="0" width="${width}" height="44" fill="#cbd6d1"/>` +
        `<path d="M52 176 q8 -66 68 -66 q60 0 68 66 z" fill="${accent}"/>` +
        `<path d="M${70 - swing * 10} ${150 + nod * 9} q-22 6 -14 26 l22 0 z" fill="#e3b995"/>` +
        `<path d="M${172 + swing * 12} ${146 - nod * 11} q24 8 14 30 l-24 0 z" fill="#e3b995"/>` +
        `<ellipse cx="${head}" cy="${74 + nod * 3}" rx="30" ry="36" fill="#ecc7a6"/>` +
        `<path d="M${head - 31} ${70 + nod * 3} q2 -40 31 -38 q29 -2 31 38 q-12 -20 -31 -20 q-19 0 -31 20 z" fill="#2e2a28"/>` +
        `<circle cx="${head - 11}" cy="${74 + nod * 3}" r="3" fill="#222"/><circle cx="${head + 11}" cy="${74 + nod * 3}" r="3" fill="#222"/>` +
        `<ellipse cx="${head}" cy="${92 + nod * 3}" rx="9" ry="${mouth / 2}" fill="#8d4a42"/></svg>`
    );
}
