import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../../player/common/api.ts';
import { united, without, type Span } from '../../player/watch/spans.ts';
import { PlayReport } from '../../player/watch/watched.ts';

test('spans are united, in order and apart from each other', () => {
  assert.deepEqual(united([[5, 9], [0, 2], [2, 3], [6, 7], [8, 12], [20, 20]]), [[0, 3], [5, 12]]);
  assert.deepEqual(united([]), []);
});

test('what is known is taken out of what was played', () => {
  assert.deepEqual(without([[0, 10], [20, 30]], [[2, 4], [8, 22], [29, 40]]), [[0, 2], [4, 8], [22, 29]]);
  assert.deepEqual(without([[0, 10]], []), [[0, 10]]);
  assert.deepEqual(without([[3, 4]], [[0, 10]]), []);
});

/** A server that answers as told, and what it was sent. */
function server() {
  const sent: (readonly Span[])[] = [];
  const line: { answer: () => Promise<void> } = { answer: () => Promise.resolve() };
  return { sent, line, report: new PlayReport((spans) => (sent.push(spans), line.answer())) };
}

test('each second is told once, and again where it did not arrive', async () => {
  const { sent, line, report } = server();
  await report.tell();
  assert.deepEqual(sent, [], 'nothing was played');
  report.add([[0, 30.4001]]);
  await report.tell();
  line.answer = () => Promise.reject(new TypeError('the line is gone'));
  report.add([[0, 60]]);
  await report.tell();
  report.add([[100, 110]]);
  line.answer = () => Promise.resolve();
  await report.tell();
  await report.tell();
  assert.deepEqual(sent, [[[0, 30.4]], [[30.4, 60]], [[30.4, 60], [100, 110]]]);
});

test('what is refused for good is not told again, what the server could not do is', async () => {
  const { sent, line, report } = server();
  report.add([[0, 10]]);
  for (const status of [503, 429, 403]) {
    line.answer = () => Promise.reject(new Refusal(status, '', ''));
    await report.tell();
  }
  await report.tell();
  assert.equal(sent.length, 3);
});

test('a report that is on its way is waited for, but when the page is left', async () => {
  const { sent, line, report } = server();
  let arrive = () => undefined as void;
  line.answer = () => new Promise((resolve) => (arrive = resolve));
  report.add([[0, 10]]);
  const first = report.tell();
  report.add([[10, 20]]);
  await report.tell();
  assert.equal(sent.length, 1);
  void report.tell(true);
  assert.deepEqual(sent[1], [[0, 20]]);
  arrive();
  void first;
});

test('many spans are told in several requests', async () => {
  const { sent, report } = server();
  report.add(Array.from({ length: 350 }, (_, at): Span => [at * 10, at * 10 + 1]));
  await report.tell();
  await report.tell();
  assert.deepEqual(sent.map(({ length }) => length), [200, 150]);
});
