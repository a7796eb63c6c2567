import { expect, test } from 'vitest';
import { type HostPace, hostPace } from '../../../src/kit/http/host-pace.ts';

/** A clock that only sleeping moves; whoever sleeps least wakes first. */
function fakeTime() {
  let nowMs = 1_000_000;
  const sleepers: { untilMs: number; wake: () => void }[] = [];
  const effects = {
    nowMs: () => nowMs,
    sleep: (ms: number) => new Promise<void>((wake) => sleepers.push({ untilMs: nowMs + ms, wake })),
  };
  async function settle(): Promise<void> {
    for (let idle = 0; idle < 3; idle += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = sleepers.sort((a, b) => a.untilMs - b.untilMs).shift();
      if (next === undefined) continue;
      nowMs = Math.max(nowMs, next.untilMs);
      next.wake();
      idle = -1;
    }
  }
  const advance = (ms: number): void => {
    nowMs += ms;
  };
  return { effects, settle, advance };
}

const rule = { concurrency: 4, minGapMs: 500 };

async function startsOf(time: ReturnType<typeof fakeTime>, pace: HostPace, times: number, each = rule) {
  const starts: number[] = [];
  const all = Array.from({ length: times }, async () => {
    const leave = await pace.enter('a.example', each);
    starts.push(time.effects.nowMs());
    leave();
  });
  await time.settle();
  await Promise.all(all);
  return starts.slice(1).map((start, i) => start - (starts[i] ?? 0));
}

test('op D6: refusals double the gap of the host, a row of good answers halves it until it is gone', async () => {
  const time = fakeTime();
  const pace = hostPace(time.effects);
  expect(await startsOf(time, pace, 3)).toEqual([500, 500]);
  expect(pace.slowDown('a.example', rule)).toBe(1_000);
  expect(await startsOf(time, pace, 3)).toEqual([1_000, 1_000]);
  time.advance(1_000);
  expect(pace.slowDown('a.example', rule)).toBe(2_000);
  expect(await startsOf(time, pace, 2)).toEqual([2_000]);
  for (let i = 0; i < 10; i += 1) pace.ease('a.example');
  expect(await startsOf(time, pace, 2)).toEqual([1_000]);
  for (let i = 0; i < 20; i += 1) pace.ease('a.example');
  expect(await startsOf(time, pace, 2)).toEqual([500]);
});

test('op D6: the answers of requests that were under way together are one refusal', async () => {
  const time = fakeTime();
  const pace = hostPace(time.effects);
  expect([1, 2, 3, 4].map(() => pace.slowDown('a.example', rule))).toEqual([1_000, undefined, undefined, undefined]);
});

test('op D6: the gap stays within a minute, is forgotten after an hour, and is one host’s alone', async () => {
  const time = fakeTime();
  const pace = hostPace(time.effects);
  for (let i = 0; i < 12; i += 1) {
    pace.slowDown('a.example', rule);
    time.advance(60_000);
  }
  expect(await startsOf(time, pace, 2)).toEqual([60_000]);
  const leave = await pace.enter('b.example', rule);
  const before = time.effects.nowMs();
  leave();
  const entered = pace.enter('b.example', rule).then((done) => done());
  await time.settle();
  await entered;
  expect(time.effects.nowMs() - before).toBe(500);
  time.advance(3_600_001);
  expect(await startsOf(time, pace, 2)).toEqual([500]);
});

test('field F-09: what a host asks for holds for every request to it, whatever pace the request has', async () => {
  const time = fakeTime();
  const pace = hostPace(time.effects);
  pace.askGap('a.example', 10_000);
  expect(await startsOf(time, pace, 4, { concurrency: 8, minGapMs: 0 })).toEqual([10_000, 10_000, 10_000]);
});

test('field F-09: a gap that grows while requests wait holds for those that wait', async () => {
  const time = fakeTime();
  const pace = hostPace(time.effects);
  (await pace.enter('a.example', rule))();
  const starts: number[] = [];
  const began = time.effects.nowMs();
  const waiting = pace.enter('a.example', rule).then(() => starts.push(time.effects.nowMs() - began));
  pace.askGap('a.example', 10_000);
  await time.settle();
  await waiting;
  expect(starts).toEqual([10_000]);
});
