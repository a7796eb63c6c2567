/** `sampan backup`: the store and the archive copied, also while a harvest runs. */
import { resolve } from 'node:path';
import { writeBackup } from '../store/backup/write-backup.ts';
import type { CliContext } from './cli-context.ts';
import { copyForPeople, copying, copySummary } from './copy-report.ts';

export async function backup(context: CliContext, to: string, options: { readonly json?: boolean }): Promise<void> {
  const { home } = context.settings();
  const folder = resolve(to);
  const manifest = await copying(context, 'backup', (watch) =>
    writeBackup({ home, folder, sampan: context.version, at: context.now().toISOString(), ...watch }),
  );
  context.out(
    options.json === true ? copySummary(folder, manifest) : `Backup in ${folder}: ${copyForPeople(manifest)}`,
  );
}
