/** `sampan restore`: an empty home made from a backup, and its index built. */
import { resolve } from 'node:path';
import { restoreBackup } from '../store/backup/restore-backup.ts';
import type { CliContext } from './cli-context.ts';
import { copyForPeople, copying, copySummary } from './copy-report.ts';
import { openWriteHome } from './open-home.ts';
import { reindexWithProgress } from './update-index.ts';

export async function restore(context: CliContext, from: string, options: { readonly json?: boolean }): Promise<void> {
  const { home } = context.settings();
  const manifest = await copying(context, 'restore', (watch) =>
    restoreBackup({ home, folder: resolve(from), ...watch }),
  );
  const opened = await openWriteHome(context, home);
  try {
    await reindexWithProgress(context, opened);
  } finally {
    await opened.close();
  }
  context.out(
    options.json === true ? copySummary(home, manifest) : `Restored into ${home}: ${copyForPeople(manifest)}`,
  );
}
