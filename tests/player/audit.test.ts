import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Zone } from '../../player/common/zone.ts';
import type { Entry } from '../../player/desk/audit/audit_api.ts';
import { fieldInWords, valueInWords } from '../../player/desk/audit/field_words.ts';
import { sentence, SENTENCES } from '../../player/desk/audit/sentences.ts';
import { openPage } from './page_data.ts';

declare const PLAYER_FOLDER: string;

openPage();

const entry = (given: Partial<Entry>): Entry => ({
  number: 1,
  at: '2021-10-25T00:00:00Z',
  who: { id: 'a', name: 'jimukyoku' },
  action: 'video.update',
  title: '第1回講演',
  link: null,
  changes: [],
  undo: null,
  ...given,
});

test('every action that the server writes has its sentence, and no other', () => {
  const kinds = 'video|recording|captions|material|series|session|notice|question|adviser_link|department|registration|account|live|catalog';
  const written = new Set<string>();
  for (const room of ['api', 'upload', 'control', 'live']) {
    const folder = path.join(PLAYER_FOLDER, '../server', room);
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.cpp'))) {
      const source = readFileSync(path.join(folder, name), 'utf8');
      for (const [, action] of source.matchAll(new RegExp(`"((?:${kinds})\\.[a-z_]+)"`, 'g'))) if (action) written.add(action);
    }
  }
  assert.deepEqual([...written].sort(), Object.keys(SENTENCES).sort());
});

test('an entry is told in a sentence: publishing as that, who is gone, and commands', () => {
  const change = (field: string, before: unknown, after: unknown) => ({ field, before, after });
  const said = (given: Partial<Entry>) => sentence(entry(given));
  assert.equal(said({ changes: [change('published', false, true)] }), 'jimukyokuが「第1回講演」を公開しました。');
  assert.equal(said({ changes: [change('published', true, false), change('window', null, {})] }), 'jimukyokuが「第1回講演」の公開をやめました。');
  assert.equal(said({ changes: [change('window', null, {})] }), 'jimukyokuが「第1回講演」の公開期間を変えました。');
  assert.equal(said({ changes: [change('audience', null, 'staff')] }), 'jimukyokuが「第1回講演」の対象を変えました。');
  assert.equal(said({ changes: [change('title', 'a', 'b'), change('published', false, true)] }), 'jimukyokuが動画「第1回講演」の内容を変えました。');
  assert.equal(said({ who: { id: '', name: null }, action: 'catalog.import', title: null }), 'サーバーのコマンドで目録を取り込みました。');
  assert.equal(said({ who: { id: 'x', name: null }, action: 'video.remove' }), '今はないアカウントが動画「第1回講演」を削除しました。');
});

test('values are told as the desk shows them', () => {
  const told = (field: string, value: unknown) => valueInWords(field, value, new Zone('Asia/Tokyo'), Date.parse('2021-10-25T00:00:00Z'));
  assert.equal(told('window', { opens_at: null, closes_at: '2021-12-28T15:00:00Z' }), '12月28日(火)まで');
  assert.equal(told('window', null), 'シリーズに合わせる');
  assert.equal(told('published', true), '公開');
  assert.equal(told('audience', 'staff'), '62市区町村の職員');
  assert.equal(told('registered', ['適応策分科会', '緩和策分科会']), '適応策分科会、緩和策分科会');
  assert.equal(told('registered', []), 'なし');
  assert.equal(told('speaker', ''), 'なし');
  assert.equal(told('role', 'organiser'), '主催者（閲覧のみ）');
  assert.equal(fieldInWords('title'), '題名');
  assert.equal(fieldInWords('password_hash'), undefined);
});
