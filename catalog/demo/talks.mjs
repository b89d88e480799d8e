// What is said and shown in each of the demo's recordings, out of its catalog's facts alone.

const FOOTER = 'デモ用の作り物です(実在の講演・会議ではありません)';

/** Lines for a chapter that the facts say nothing more of: what its title and the talk's description give. */
function pointsFor(chapter, facts, cues) {
    const spoken = cues.filter((cue) => cue.start >= chapter.atSec && cue.start < chapter.until).map((cue) => cue.text);
    if (spoken.length > 0) return spoken;
    const items = facts.items?.find((item) => item.id === chapter.itemId);
    if (items) return [items.title, ...(items.subItems ?? []), ...(items.note ? [items.note] : [])];
    return [facts.description, `分野: ${facts.field ?? facts.title}`].filter(Boolean);
}

function withEnds(chapters, seconds) {
    return chapters.map((chapter, i) => ({ ...chapter, until: chapters[i + 1]?.atSec ?? seconds }));
}

function talkOf(entry, facts, series, catalog) {
    const seconds = entry.demoMediaSec;
    const cues = catalog.captions.find((track) => track.mediaId === entry.id)?.cues ?? [];
    const chapters = withEnds(entry.chapters, seconds).map((chapter) => ({
        ...chapter,
        points: pointsFor(chapter, facts, cues),
    }));
    return {
        id: entry.id,
        seconds,
        title: entry.title,
        series: series?.title ?? '',
        speaker: entry.speakerLabel ?? facts.venue?.name ?? '',
        topic: entry.topic ?? facts.series,
        footer: FOOTER,
        chapters,
        lines: linesOf(entry, chapters, cues),
    };
}

/** `{at, text}`: the captions where there are some, else each slide's heading and points read out. */
function linesOf(entry, chapters, cues) {
    const lines = cues.map((cue) => ({ at: cue.start, text: cue.text }));
    for (const chapter of chapters) {
        if (cues.some((cue) => cue.start >= chapter.atSec && cue.start < chapter.until)) continue;
        const texts = [chapter.atSec === 0 ? entry.title : chapter.title, ...chapter.points];
        const step = Math.min(10, (chapter.until - chapter.atSec) / texts.length);
        texts.forEach((text, i) => lines.push({ at: chapter.atSec + 1 + i * step, text }));
    }
    return lines.sort((a, b) => a.at - b.at);
}

/** Every recording of the catalog as a talk, the lectures first: those are open longest. */
export function talksOf(catalog) {
    const series = (id) => catalog.series.find((entry) => entry.id === id);
    const lectures = catalog.lectures.map((lecture) => talkOf(lecture, lecture, series(lecture.series), catalog));
    const records = catalog.recordings.map((record) => {
        const session = catalog.sessions.find((entry) => entry.id === record.sessionId);
        return talkOf(record, session, series(session.series), catalog);
    });
    return [...lectures, ...records];
}

/** A handout as a talk without speech: of a lecture its own slides, of a session its programme. */
export function handoutOf(material, catalog, talks) {
    const talk = talks.find((entry) => entry.id === material.sessionId);
    if (talk) return talk;
    const session = catalog.sessions.find((entry) => entry.id === material.sessionId);
    const items = session.items.filter((item) => !item.separator && (!material.itemId || item.id === material.itemId));
    return {
        seconds: 60,
        title: material.title,
        series: session.title,
        speaker: session.when.label,
        topic: session.series,
        footer: FOOTER,
        chapters: items.map((item, i) => ({
            atSec: i * 10,
            title: `〈${item.kindLabel}〉${item.title}`,
            points: [item.title, ...(item.subItems ?? []), ...(item.note ? [item.note] : [])],
        })),
    };
}
