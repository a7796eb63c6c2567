import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes how many tests passed, failed and were skipped to the file named by `SAMPAN_COUNTS`, for `scripts/test.mjs`. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      if (
        module.state() === 'failed' &&
        [...module.children.allTests()].every((each) => each.result().state !== 'failed')
      ) {
        counts.failed += 1;
      }
      for (const each of module.children.allTests()) {
        const state = each.result().state;
        if (state !== 'pending') counts[state] += 1;
        else counts.skipped += 1;
      }
    }
    const file = process.env['SAMPAN_COUNTS'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}
