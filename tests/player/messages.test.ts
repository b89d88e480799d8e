import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import en from '../../player/messages/en.json';
import ja from '../../player/messages/ja.json';

declare const PLAYER_FOLDER: string;

const catalogue: Readonly<Record<string, string>> = ja;
const room = (...parts: string[]) => path.join(PLAYER_FOLDER, ...parts);

function sourcesBelow(folder: string, ending: RegExp): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}

const templates = sourcesBelow(room('templates'), /\.mustache$/);
const scripts = ['common', 'site', 'check', 'watch', 'desk', 'clip'].map((folder) => sourcesBelow(room(folder), /\.tsx?$/)).join('\n');
const server = ['pages', 'handover'].map((folder) => sourcesBelow(room('../server', folder), /\.cpp$/)).join('\n');
const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, key]) => key ?? '');
const used = new Set([
  ...named(templates, /\{\{t\.([a-z_.]+)\}\}/g),
  ...named(scripts, /\btext\(\s*'([a-z_.]+)'/g),
  ...named(server, /"([a-z_]+\.[a-z_.]+)"/g).filter((key) => !/\.(css|html|js|svg|json|m3u8)$/.test(key)),
]);
/** Keys whose last word is a value of the catalog. */
const families = ['audience.', 'session.status_', 'session.participation_', 'live.state_', 'search.kind_', 'check.mode_'];

test('both languages have the same messages, with the same values in them', () => {
  assert.deepEqual(Object.keys(en), Object.keys(ja));
  const values = (text: string) => [...new Set(named(text, /\{(\w+)\}/g))];
  // What a language leaves out (an English month's number) is its own affair; what it adds would stay unfilled.
  const filled: Readonly<Record<string, readonly string[]>> = {
    'date.day': ['year', 'month', 'month_name', 'day', 'weekday'],
    'date.day_with_year': ['year', 'month', 'month_name', 'day', 'weekday'],
  };
  for (const [key, text] of Object.entries(en))
    for (const value of values(text))
      assert.ok((filled[key] ?? values(catalogue[key] ?? '')).includes(value), `${key}: {${value}}`);
});

test('every message that something names is there', () => {
  assert.deepEqual([...used].filter((key) => !(key in ja) && !families.includes(key)), []);
});

test('every message that is there is named by something', () => {
  const unused = Object.keys(ja).filter((key) => !used.has(key) && !families.some((family) => key.startsWith(family)));
  assert.deepEqual(unused, []);
});

test('no key is both a message and a folder of messages', () => {
  const keys = Object.keys(ja);
  assert.deepEqual(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`))), []);
});
