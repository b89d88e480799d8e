import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Player, PlayerState } from '../../player/watch/player.ts';
import { keepPlace } from '../../player/watch/resume.ts';

/** What is kept of a video of 240 s, where `was` was kept before, while a player goes through `states`. */
function keptOf(was: number | null, states: readonly Partial<PlayerState>[]): readonly number[] {
  Object.assign(globalThis, { document: { hidden: false, addEventListener: () => undefined } });
  const keeps: number[] = [];
  let tell: (state: PlayerState) => void = () => undefined;
  const player = { state: {}, onChange: (listener: typeof tell) => (tell = listener) };
  keepPlace(player as unknown as Player, { was, keep: (place) => keeps.push(place) }, new AbortController().signal);
  for (const state of states) {
    player.state = { started: true, paused: false, ended: false, duration: 240, ...state };
    tell(player.state as PlayerState);
  }
  return keeps;
}

test('a place is kept each half minute, where playing pauses, and forgotten near the end', () => {
  assert.deepEqual(keptOf(null, [{ time: 0 }, { time: 29 }, { time: 30 }, { time: 45 }, { time: 50, paused: true }, { time: 51 }, { time: 230 }]), [30, 50, 0]);
});

test('who goes on and jumps to the end at once is not asked again', () => {
  assert.deepEqual(keptOf(130, [{ time: 130, started: false }, { time: 240, ended: true }]), [0]);
});

test('who begins and stops soon keeps the place of an earlier day; who goes back to the beginning does not', () => {
  assert.deepEqual(keptOf(130, [{ time: 0 }, { time: 5, paused: true }]), []);
  assert.deepEqual(keptOf(130, [{ time: 130 }, { time: 3 }, { time: 4, paused: true }]), [0]);
});
