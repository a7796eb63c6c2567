import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the real captures; `SAMPAN_CAPTURES`, or `shared` beside the project. Read only. */
export const capturesFolder =
  process.env['SAMPAN_CAPTURES'] ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared');

/** Whether the captures are here. With `SAMPAN_REQUIRE=captures` their absence is an error instead. */
export const hasCaptures = existsSync(join(capturesFolder, 'data', 'QUIRKS.md'));

if (!hasCaptures && (process.env['SAMPAN_REQUIRE'] ?? '').split(',').includes('captures')) {
  throw new Error(
    `SAMPAN_REQUIRE=captures, but ${capturesFolder} holds no data/QUIRKS.md; set SAMPAN_CAPTURES to the folder of captures`,
  );
}

/** Path of a capture, e.g. `capture('data', 'kr', …)`. */
export function capture(...parts: readonly string[]): string {
  return join(capturesFolder, ...parts);
}
