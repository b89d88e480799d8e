import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codec as chapterCodec, draftOf } from '../../player/desk/chapters/draft.ts';
import { broughtUp, keptOf, merged, opened, plainCodec, savedAs, typedIn, type FormState, type Seen } from '../../player/desk/editing/form_state.ts';
import { forgetInput, keepInput, keptForms, keptInput, sweepInput } from '../../player/desk/editing/kept_input.ts';
import { openPage } from './page_data.ts';

interface Fields {
  readonly title: string;
  readonly venue: string;
  readonly ways: readonly string[];
}

const codec = plainCodec<Fields>();
const first: Seen<Fields> = { version: '1', fields: { title: '第2回', venue: '墨田区内', ways: ['zoom'] } };
const typed = (form: FormState<Fields>, change: Partial<Fields>) => ({ ...form, fields: { ...form.fields, ...change } });
const theirs = (change: Partial<Fields>): Seen<Fields> => ({ version: '2', fields: { ...first.fields, ...change } });

test('a form in which nothing is typed has nothing to keep, also when a word was typed and taken back', () => {
  const form = opened(first, undefined, codec);
  assert.equal(keptOf(form, codec), undefined);
  assert.deepEqual(typedIn(typed(form, { venue: '立川市内' }), codec), ['venue']);
  assert.equal(keptOf(typed(typed(form, { venue: '立川市内' }), { venue: '墨田区内' }), codec), undefined);
});

test('what was typed is there again when the form is opened again', () => {
  const kept = keptOf(typed(opened(first, undefined, codec), { venue: '立川市内' }), codec);
  const again = opened(first, kept, codec);
  assert.deepEqual(again, { seen: first, fields: { ...first.fields, venue: '立川市内' }, restored: true, clash: undefined });
});

test('what was typed and saved elsewhere meanwhile is not told as unsaved', () => {
  const kept = keptOf(typed(opened(first, undefined, codec), { venue: '立川市内' }), codec);
  const again = opened(theirs({ venue: '立川市内' }), kept, codec);
  assert.deepEqual([again.restored, again.clash, typedIn(again, codec)], [false, undefined, []]);
});

test('of two clerks nothing is lost: untouched fields become theirs, and what both have changed is told', () => {
  const form = typed(opened(first, undefined, codec), { venue: '立川市内' });
  const latest = theirs({ title: '第2回分科会', venue: '八王子市内', ways: ['zoom', 'venue'] });
  const after = broughtUp(form, latest, codec);
  assert.deepEqual(after.fields, { title: '第2回分科会', venue: '立川市内', ways: ['zoom', 'venue'] });
  assert.deepEqual(after.clash, { taken: ['title', 'ways'], contested: [{ name: 'venue', theirs: '八王子市内' }] });
  assert.equal(after.seen.version, '2', 'saving once more says that theirs was seen');
  assert.deepEqual(typedIn(after, codec), ['venue']);
});

test('what is typed while a form is being saved is kept, and still to be saved', () => {
  const sent = { ...first.fields, venue: '立川市内' };
  const saved = theirs({ title: '第2回分科会', venue: '立川市内' });
  const form = typed(opened(first, undefined, codec), sent);
  assert.deepEqual(savedAs(form, sent, saved, codec), opened(saved, undefined, codec));
  const after = savedAs(typed(form, { venue: '立川市内 本庁舎' }), sent, saved, codec);
  assert.deepEqual(after, { seen: saved, fields: { ...saved.fields, venue: '立川市内 本庁舎' }, restored: false, clash: undefined });
  assert.deepEqual(typedIn(after, codec), ['venue']);
});

test('the same change by both is no clash', () => {
  assert.deepEqual(merged({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 2, b: 1 }), { plain: { a: 2, b: 1 }, clash: { taken: [], contested: [] } });
});

test('a form that is opened again after somebody else has saved tells both', () => {
  const kept = keptOf(typed(opened(first, undefined, codec), { venue: '立川市内' }), codec);
  const again = opened(theirs({ title: '第2回分科会' }), kept, codec);
  assert.deepEqual(again.fields, { title: '第2回分科会', venue: '立川市内', ways: ['zoom'] });
  assert.deepEqual([again.restored, again.clash], [true, { taken: ['title'], contested: [] }]);
});

test('rows that have places of their own on a page are compared by what they say', () => {
  const chapters = () => [draftOf({ at_s: 0, title: '開会' }), draftOf({ at_s: 61.5, title: '講演' })];
  const seen = { version: '1', fields: { chapters: chapters() } };
  const form = opened(seen, undefined, chapterCodec);
  assert.deepEqual(typedIn({ ...form, fields: { chapters: chapters() } }, chapterCodec), []);
  const kept = keptOf({ ...form, fields: { chapters: [...chapters(), draftOf({ at_s: 90, title: '講評' })] } }, chapterCodec);
  const again = opened(seen, JSON.parse(JSON.stringify(kept)), chapterCodec).fields.chapters;
  assert.deepEqual(again.map(({ exact_s, title }) => [exact_s, title]), [[0, '開会'], [61.5, '講演'], [90, '講評']]);
  assert.equal(new Set([...again, ...seen.fields.chapters].map(({ row }) => row)).size, 5);
});

/** A browser's storage. */
function openStorage(): Record<string, string> {
  const items: Record<string, string> = {};
  const storage = Object.defineProperties(items, {
    getItem: { value: (key: string) => items[key] ?? null },
    setItem: { value: (key: string, value: string) => { items[key] = value; } },
    removeItem: { value: (key: string) => { delete items[key]; } },
  });
  Object.assign(globalThis, { localStorage: storage });
  return items;
}

test('input is kept for one account, by the form’s name, and forgotten', () => {
  openPage();
  const items = openStorage();
  const input = { version: '1', seen: { title: 'a' }, typed: { title: 'b' } };
  items['desk-input somebody-else session 1'] = JSON.stringify({ ...input, at: Date.now() });
  assert.equal(keptInput('session 1'), undefined);
  assert.equal(keepInput('session 1', input), true);
  assert.deepEqual({ ...keptInput('session 1'), at: 0 }, { ...input, at: 0 });
  assert.deepEqual(keptForms('session '), ['session 1']);
  assert.deepEqual(keptForms('notice '), []);
  forgetInput('session 1');
  assert.equal(keptInput('session 1'), undefined);
});

test('what lies for a month is swept, and what is no input', () => {
  openPage();
  const items = openStorage();
  const input = { version: '', seen: {}, typed: { a: 1 } };
  items['desk-input a old'] = JSON.stringify({ ...input, at: Date.now() - 31 * 24 * 3600 * 1000 });
  items['desk-input a fresh'] = JSON.stringify({ ...input, at: Date.now() });
  items['desk-input a broken'] = '{';
  items['volume'] = '1';
  sweepInput();
  assert.deepEqual(Object.keys(items), ['desk-input a fresh', 'volume']);
});

test('where the browser keeps nothing, that is said', () => {
  openPage();
  Object.assign(globalThis, { localStorage: { setItem: () => { throw new Error('full'); }, removeItem: () => undefined, getItem: () => null } });
  assert.equal(keepInput('session 1', { version: '', seen: {}, typed: {} }), false);
});
