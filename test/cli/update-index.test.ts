import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/cli-context.ts';
import type { WriteHome } from '../../src/cli/open-home.ts';
import { reindexWithProgress, updateIndexAtOnce, updateIndexWithProgress } from '../../src/cli/update-index.ts';
import { runSource } from '../../src/pipeline/run-source.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import { littleRecord, newHome, openStore, portalOf, runOptions } from '../pipeline/little-portal.ts';
import { littleKnowledge } from '../support/little-knowledge.ts';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

const at = '2026-11-25T00:00:00.000Z';

test('a command that finds the index being written says so, waits, and then writes it; unless it will not wait', async () => {
  const folder = newHome();
  const other = await openStore(folder, 'other');
  const catalogue = await openCatalogueStore({ home: folder, owner: { name: 'this', isGone: () => false } });
  const versions = async () => ({
    analysis: 'test',
    icu: process.versions['icu'] ?? '',
    knowledge: littleKnowledge.version,
  });
  const knowledge = async () => littleKnowledge;
  const home = { catalogue, indexFolder: join(folder, 'index'), versions, knowledge } as unknown as WriteHome;
  const said: string[] = [];
  // Once it has said that it waits, the other lets go.
  const write = (text: string): void => {
    said.push(text);
    if (text.includes('waiting')) void other.releaseLease('indexer');
  };
  const signal = new AbortController().signal;
  const settings = () => ({ home: folder });
  const context = {
    errors: { write },
    now: () => new Date(at),
    signal,
    packageRoot,
    settings,
  } as unknown as CliContext;
  await runSource(runOptions(other, portalOf([littleRecord('n', { title: 'bus stop' })])));
  await other.takeLease('indexer', at);
  await expect(updateIndexAtOnce(context, home)).rejects.toMatchObject({ code: 'lease-held' });
  expect(await updateIndexWithProgress(context, home)).toMatchObject({ documents: 1, generation: 1 });
  const wait = /^sampan: index: indexer: other is at work on it until .*; waiting up to 10 minutes for it\n$/;
  expect(said.filter((text) => wait.test(text))).toHaveLength(1);
  await other.takeLease('indexer', at);
  expect(await reindexWithProgress(context, home)).toMatchObject({ documents: 1, generation: 2 });
  expect(said.filter((text) => wait.test(text))).toHaveLength(2);
  await Promise.all([other.close(), catalogue.close()]);
  rmSync(folder, { recursive: true, force: true });
});
