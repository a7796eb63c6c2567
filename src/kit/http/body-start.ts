/** Looks at the beginning of a body without taking it from whoever reads the body afterwards. */
import type { HttpAnswer } from './http-door.ts';

export interface PeekedAnswer {
  /** The first bytes: at least as many as wanted, all of a shorter body. */
  readonly start: Uint8Array;
  /** The same answer, its body whole again. */
  readonly answer: HttpAnswer;
}

/** Throws what reading the body throws. */
export async function peekBody(answer: HttpAnswer, wantedBytes: number): Promise<PeekedAnswer> {
  const chunks = answer.body[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < wantedBytes) {
    const next = await chunks.next();
    if (next.done) break;
    taken.push(next.value);
    length += next.value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield* taken;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  const start = taken.length === 1 && taken[0] !== undefined ? taken[0] : Buffer.concat(taken);
  return { start, answer: { ...answer, body: whole(), discard: async () => void (await chunks.return?.()) } };
}
