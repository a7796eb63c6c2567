/** One long body that breaks off is asked for again and read on from where it broke. */
import { isSourceError } from '../model/source-error.ts';
import type { HarvestEvent } from '../model/source-record.ts';

export interface ResumeOptions {
  readonly from: string | undefined;
  /** Tries in all, the first included. */
  readonly attempts: number;
  readonly log: (line: string) => void;
}

const passing: ReadonlySet<string> = new Set(['truncated', 'timeout', 'unreachable']);

/** `read` yields a checkpoint before it throws, so that nothing is yielded twice. */
export async function* resumeStream(
  options: ResumeOptions,
  read: (from: string | undefined) => AsyncIterable<HarvestEvent>,
): AsyncGenerator<HarvestEvent> {
  let cursor = options.from;
  for (let attempt = 1; ; attempt += 1) {
    try {
      for await (const event of read(cursor)) {
        if (event.kind === 'checkpoint') cursor = event.cursor;
        yield event;
      }
      return;
    } catch (failure) {
      if (!isSourceError(failure) || !passing.has(failure.code) || attempt >= options.attempts) throw failure;
      options.log(`${failure.message}; reading on (try ${attempt + 1} of ${options.attempts})`);
    }
  }
}
