/** Bounded concurrency that keeps the order. */

type Settled<R> = { readonly ok: true; readonly value: R } | { readonly ok: false; readonly failure: unknown };

/** Works on up to `width` items at a time and yields the results in the order of the items; the first failure is thrown in its turn. */
export async function* inOrder<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<Settled<R>>[] = [];
  let next = 0;
  const start = () => {
    const item = items[next];
    next += 1;
    // Settled at once: a failure that waits for its turn is not an unhandled one.
    if (item !== undefined) running.push(settled(work(item)));
  };
  while (next < items.length && running.length < Math.max(1, width)) start();
  for (;;) {
    const first = running.shift();
    if (first === undefined) return;
    const result = await first;
    if (!result.ok) throw result.failure;
    if (next < items.length) start();
    yield result.value;
  }
}

async function settled<R>(promise: Promise<R>): Promise<Settled<R>> {
  return promise.then(
    (value) => ({ ok: true, value }),
    (failure: unknown) => ({ ok: false, failure }),
  );
}
