// Two clerks at once: whatever form of the desk both have open, the later one is told, and nothing is written over unseen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoCatalog, Site } from './site.mjs';

const cues = [{ start_s: 0, end_s: 2, text: '適応' }];

test('whoever saves second is told, of everything that the desk has a form for', async (t) => {
    const site = await Site.start(t, { clock: '2021-10-25T09:00:00+09:00', settings: '[transcoding]\njobs = 0\n' });
    await site.addSecretariat();
    await site.mustRun(['import', demoCatalog]);
    await site.mustRun(['account', 'add', 'chiyoda', '--role', 'viewer', '--municipality', '131016', '--department', '環境課'], 'himitsu-no-kotoba\n');
    const desk = await site.signedIn();
    const other = await site.signedIn();
    const viewer = await site.signedIn('chiyoda', 'himitsu-no-kotoba');
    const video = '/api/desk/videos/lec-01';
    const material = `/api/desk/materials/${(await desk.post('/api/desk/materials', { session: 'adaptation-2021-2', title: '次第' })).body.id}`;
    const question = (await viewer.post('/api/questions', { video: '', text: '予算はどう確保しましたか。' })).body.id;
    await desk.post('/api/desk/notices', { date: '2021-10-25', title: 'お知らせ', body: '', links: [] });
    const notice = async () => (await desk.get('/api/desk/notices')).body.notices.find(({ title }) => title.startsWith('お知らせ'));
    const ofQuestion = async () => (await desk.get('/api/desk/questions')).body.questions.find(({ id }) => id === question);
    const version = async (address) => (await desk.get(address)).body.version;
    await desk.post(`${video}/captions/ja/cues`, { cues });

    const forms = {
        session: [() => version('/api/desk/sessions/adaptation-2021-2'), (seen, who) => who.patch('/api/desk/sessions/adaptation-2021-2', { venue: `会場${seen}`, version: seen })],
        video: [() => version(video), (seen, who) => who.patch(video, { speaker: `講師${seen}`, version: seen })],
        material: [() => version(material), (seen, who) => who.patch(material, { title: `次第${seen}`, version: seen })],
        notice: [async () => (await notice()).version, async (seen, who) =>
            who.patch(`/api/desk/notices/${(await notice()).id}`, { date: '2021-10-25', title: `お知らせ${seen}`, body: '', links: [], version: seen })],
        question: [async () => (await ofQuestion()).version, (seen, who) => who.patch(`/api/desk/questions/${question}`, { text: '予算は。', answer: seen, version: seen })],
        chapters: [() => version(`${video}/chapters`), (seen, who) => who.post(`${video}/chapters`, { chapters: [{ at_s: 0, title: seen }], version: seen })],
        captions: [() => version(`${video}/captions/ja`), (seen, who) => who.post(`${video}/captions/ja/cues`, { cues: [{ ...cues[0], text: seen }], version: seen })],
        'words of captions': [() => version(`${video}/captions/ja`), async (seen, who) => {
            const { body } = await desk.get(`${video}/captions/ja`);
            return who.post(`${video}/captions/ja/replace`, { from: body.cues[0].text, to: `緩和${seen.slice(0, 8)}`, version: seen });
        }],
    };
    for (const [name, [seenNow, save]] of Object.entries(forms)) {
        const seen = await seenNow();
        assert.match(seen, /^[0-9a-f]{64}$/, name);
        assert.equal(Math.floor((await save(seen, desk)).status / 100), 2, `${name}: the first saves`);
        const after = await seenNow();
        assert.notEqual(after, seen, name);
        const late = await save(seen, other);
        assert.equal(late.status, 409, `${name}: the second is told`);
        assert.match(late.body.error.message, /^画面を開いた後に、ほかの人がこの.+を変えました。/);
        assert.equal(await seenNow(), after, `${name}: and changes nothing`);
        assert.equal(Math.floor((await save(after, other)).status / 100), 2, `${name}: having seen it, it does`);
    }
    // Publishing is none of the form's fields: a colleague who publishes meanwhile takes nobody's input.
    const seen = await version(material);
    await other.patch(material, { published: false });
    assert.equal((await desk.patch(material, { title: '式次第', version: seen })).status, 200);
    // Captions that went meanwhile are not made again unseen.
    const seenCaptions = await version(`${video}/captions/ja`);
    await other.remove(`${video}/captions/ja`);
    assert.equal((await desk.post(`${video}/captions/ja/cues`, { cues, version: seenCaptions })).status, 409);
});
