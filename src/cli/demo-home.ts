/** The demo's own home: emptied at each start, and only when it is certainly the demo's. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from './cli-error.ts';

const marker = '.sampan-demo';

/** Throws `CliError` when the folder holds something that the demo has not made. */
export async function emptyDemoHome(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new CliError('failed', `${folder}: cannot be read (${error.code}); expected the demo's own folder`, {
      cause: error,
    });
  });
  if (names.length > 0 && !names.includes(marker)) {
    throw new CliError(
      'failed',
      `${folder}: holds files that the demo has not made (${names[0]}); expected an empty folder: move them, or set SAMPAN_HOME to another place`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, marker), 'Made by `sampan demo`, which empties this folder at each start.\n');
}
