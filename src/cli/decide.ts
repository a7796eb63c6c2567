/** `sampan decide`: what a person decides, written down for ever; the index follows. */
import type { CatalogueRecord } from '../model/dataset.ts';
import { isThemeId, themeIds, unclassified } from '../model/theme.ts';
import { type DecisionOutcome, type DecisionWish, decide } from '../pipeline/decide.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import { existsStore } from '../store/open-catalogue-store.ts';
import { isStoreError } from '../store/store-error.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { getRecord } from './named-record.ts';
import { openWriteHome, type WriteHome } from './open-home.ts';
import { wholeNumber } from './settings.ts';
import { updateIndexAtOnce } from './update-index.ts';

interface DecideOptions {
  readonly by: string;
  readonly why: string;
  readonly index: boolean;
  readonly json?: boolean;
}

/** `words`: what is decided and about what, e.g. `theme`, an id, `transport`. */
export async function decideCommand(
  context: CliContext,
  words: readonly string[],
  options: DecideOptions,
): Promise<void> {
  const author = { by: filled('--by', options.by), why: filled('--why', options.why), at: context.now().toISOString() };
  const wished = wishFrom(words);
  const { home: folder } = context.settings();
  if (!existsStore(folder)) {
    throw new CliError('failed', `decide: ${folder} has no store yet; expected one: run \`sampan harvest\` first`);
  }
  const home = await openWriteHome(context, folder);
  try {
    const outcome = await decide(home.catalogue, await wished(home.catalogue), author);
    context.out(options.json === true ? JSON.stringify({ ...outcome, ...author }) : outcomeForPeople(outcome));
    if (options.index) await followWithIndex(context, home);
  } finally {
    await home.close();
  }
}

function filled(option: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed !== '') return trimmed;
  throw new CliError('usage', `decide: ${option} is empty; expected ${option === '--by' ? 'a name' : 'a reason'}`);
}

type WishMaker = (catalogue: CatalogueReader) => Promise<DecisionWish>;

const usage = {
  theme: 'theme <dataset> <theme>',
  merge: 'merge <dataset> <dataset>…',
  unmerge: 'unmerge <dataset>',
  restore: 'restore <dataset>',
  'accept-run': 'accept-run <run>',
  undo: 'undo theme|merge|unmerge|restore <dataset>, undo accept-run <run>',
} as const;

/** The command line is judged before the store is opened. */
function wishFrom([kind = '', ...rest]: readonly string[]): WishMaker {
  if (kind === 'theme') return themeWish(rest);
  if (kind === 'undo') return undoWish(rest);
  if (kind === 'merge' && rest.length > 1) return mergeWish(rest);
  const [about, ...more] = rest;
  if (about !== undefined && more.length === 0) {
    if (kind === 'restore' || kind === 'unmerge')
      return async (catalogue) => ({ kind, record: await getRecord(catalogue, 'decide', about) });
    if (kind === 'accept-run') {
      const runId = wholeNumber('decide accept-run', about, Number.MAX_SAFE_INTEGER);
      return async () => ({ kind, runId });
    }
  }
  const known = Object.hasOwn(usage, kind) ? usage[kind as keyof typeof usage] : Object.values(usage).join('; ');
  throw new CliError('usage', `decide: found "${[kind, ...rest].join(' ')}", expected ${known}`);
}

function themeWish(words: readonly string[]): WishMaker {
  const [about, theme, ...more] = words;
  if (about === undefined || theme === undefined || more.length > 0) {
    throw new CliError('usage', `decide: found "${['theme', ...words].join(' ')}", expected ${usage.theme}`);
  }
  if (theme !== unclassified && !isThemeId(theme)) {
    throw new CliError('usage', `decide: no theme "${theme}"; expected ${[...themeIds, unclassified].join(', ')}`);
  }
  return async (catalogue) => ({ kind: 'theme', record: await getRecord(catalogue, 'decide', about), theme });
}

function mergeWish(ids: readonly string[]): WishMaker {
  return async (catalogue) => {
    const records: CatalogueRecord[] = [];
    for (const id of ids) records.push(await getRecord(catalogue, 'decide', id));
    return { kind: 'merge', records };
  };
}

function undoWish(words: readonly string[]): WishMaker {
  const [of, about, ...more] = words;
  if (about !== undefined && more.length === 0) {
    if (of === 'accept-run') {
      const runId = wholeNumber('decide undo accept-run', about, Number.MAX_SAFE_INTEGER);
      return async () => ({ kind: 'undo', of, runId });
    }
    if (of === 'theme' || of === 'restore' || of === 'merge' || of === 'unmerge') {
      return async (catalogue) => ({ kind: 'undo', of, record: await getRecord(catalogue, 'decide', about) });
    }
  }
  throw new CliError('usage', `decide: found "${['undo', ...words].join(' ')}", expected ${usage.undo}`);
}

function outcomeForPeople(outcome: DecisionOutcome): string {
  const { kind, of, datasetId, runId, changed = 0, theme, state } = outcome;
  const what = of ?? kind;
  const done = kind === 'undo' ? `${what} undone` : `${what} decided`;
  if (what === 'accept-run') {
    const became = kind === 'undo' ? 'live again' : 'tombstones now';
    return `run ${runId}: ${done}; ${changed.toLocaleString('en')} datasets are ${became}`;
  }
  if (what === 'merge')
    return `${(outcome.datasetIds ?? []).join(', ')}: ${done}; ${kind === 'undo' ? 'what the rules say holds again' : 'they are one dataset'}`;
  if (what === 'unmerge')
    return `${datasetId}: ${done}; ${kind === 'undo' ? 'what the rules say holds again' : 'it stands alone'}`;
  return what === 'theme'
    ? `${datasetId}: ${done}; its theme is ${theme?.value} (${theme?.by})`
    : `${datasetId}: ${done}; it is ${state}`;
}

async function followWithIndex(context: CliContext, home: WriteHome): Promise<void> {
  try {
    await updateIndexAtOnce(context, home);
  } catch (cause) {
    // The decision stands; whoever writes the index now, or the next one, takes it over by its change number.
    if (!isStoreError(cause) || cause.code !== 'lease-held') throw cause;
    context.errors.write(
      `sampan: decide: the decision is kept, the index was not updated (${cause.message}); the next harvest or \`sampan reindex\` takes it over\n`,
    );
  }
}
