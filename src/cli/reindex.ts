/** `sampan reindex`: the index built anew, or compared with the store. */
import { checkIndex, type IndexCheck } from '../pipeline/reindex.ts';
import type { CliContext } from './cli-context.ts';
import { exitCodes } from './cli-error.ts';
import { openReadHome, openWriteHome } from './open-home.ts';
import { reindexWithProgress } from './update-index.ts';

interface ReindexCommandOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

export function reindexOrCheck(context: CliContext, options: ReindexCommandOptions): Promise<void> {
  return options.check === true ? check(context, options) : build(context, options);
}

async function build(context: CliContext, options: ReindexCommandOptions): Promise<void> {
  const home = await openWriteHome(context);
  try {
    const report = await reindexWithProgress(context, home);
    if (options.json === true) context.out(JSON.stringify(report));
  } finally {
    await home.close();
  }
}

async function check(context: CliContext, options: ReindexCommandOptions): Promise<void> {
  const home = await openReadHome(context);
  try {
    const result = await checkIndex({
      store: home.catalogue,
      folder: home.indexFolder,
      versions: await home.versions(),
    });
    context.out(options.json === true ? JSON.stringify(result) : checkForPeople(result));
    if (!result.agrees) context.setExitCode(exitCodes.failed);
  } finally {
    await home.close();
  }
}

function checkForPeople(check: IndexCheck): string {
  const numbers = `store: ${check.storeDatasets.toLocaleString('en')} datasets at change ${check.storeChangeNumber}; index: ${check.indexDocuments.toLocaleString('en')} at change ${check.indexChangeNumber}`;
  if (check.agrees) return `Index and store agree (${numbers}).`;
  const lines = [
    `Index and store differ (${numbers}).`,
    ...difference('In the store, not in the index', check.notIndexed),
    ...difference('In the index, not in the store', check.notInStore),
    'Run `sampan reindex` to build the index anew.',
  ];
  return lines.join('\n');
}

function difference(title: string, { count, examples }: IndexCheck['notIndexed']): string[] {
  return count === 0 ? [] : [`  ${title}: ${count.toLocaleString('en')}, e.g. ${examples.slice(0, 3).join(', ')}`];
}
