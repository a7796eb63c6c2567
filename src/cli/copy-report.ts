/** What `backup` and `restore` say while they copy and when they are done. */
import type { BackupManifest } from '../store/backup/backup-manifest.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { createProgress, type Progress } from './progress-bar.ts';

interface CopyWatch {
  readonly signal: AbortSignal;
  readonly progress: (doneBytes: number, ofBytes: number) => void;
}

/** With progress on stderr; a stop by a person is a sentence. */
export async function copying<T>(
  context: CliContext,
  command: string,
  work: (watch: CopyWatch) => Promise<T>,
): Promise<T> {
  const bar: Progress = createProgress(context.errors, () => context.now().getTime());
  try {
    return await work({
      signal: context.signal,
      progress: (doneBytes, ofBytes) => bar.update(doneBytes, ofBytes, 'bytes copied'),
    });
  } catch (cause) {
    if (!context.signal.aborted) throw cause;
    throw new CliError('interrupted', `${command}: stopped; what was copied was removed`, { cause });
  } finally {
    bar.clear();
  }
}

const bytesOf = (manifest: BackupManifest): number => manifest.files.reduce((sum, file) => sum + file.bytes, 0);

/** One object, as `--json` gives it. */
export function copySummary(folder: string, manifest: BackupManifest): string {
  const { createdAt, schema, counts, files } = manifest;
  return JSON.stringify({ folder, createdAt, schema, files: files.length, bytes: bytesOf(manifest), counts });
}

export function copyForPeople(manifest: BackupManifest): string {
  const figures = ['datasets', 'decisions', 'archivedVersions', 'runs'] as const;
  const counts = figures.map((name) => `${(manifest.counts[name] ?? 0).toLocaleString('en')} ${words[name]}`);
  return `${manifest.files.length} files, ${bytesOf(manifest).toLocaleString('en')} bytes; ${counts.join(', ')}; as of ${manifest.createdAt}`;
}

const words = {
  datasets: 'datasets',
  decisions: 'decisions',
  archivedVersions: 'archived versions',
  runs: 'runs',
} as const;
