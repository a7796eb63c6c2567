/** The web portal on a port until the process is asked to stop. */
import { join } from 'node:path';
import type { Source } from '../model/source.ts';
import { createApp } from '../serve/create-app.ts';
import { startServer } from '../serve/start-server.ts';
import { loadLicenceLabels } from '../vocabulary/load-licence-labels.ts';
import { loadThemes } from '../vocabulary/load-themes.ts';
import type { CliContext } from './cli-context.ts';
import type { ReadHome } from './open-home.ts';

export interface PortalOptions {
  readonly context: CliContext;
  readonly home: ReadHome;
  readonly sources: readonly Source[];
  readonly port: number;
  readonly host: string;
}

export interface Portal {
  /** What to type into a browser. */
  readonly address: string;
  /** Settles when the portal has been stopped by the context's signal. */
  readonly closed: Promise<void>;
}

/** How often the manifest of the index is looked at, in ms: a new index answers within this time. */
const indexPollMs = 2_000;

export async function startPortal({ context, home, sources, port, host }: PortalOptions): Promise<Portal> {
  const settings = context.settings();
  const vocabularyFolder = join(context.packageRoot, 'vocab');
  const log = (line: string): void => void context.errors.write(`${line}\n`);
  const index = await home.openIndex({ workers: settings.queryWorkers, pollMs: indexPollMs, log });
  const app = createApp({
    catalogue: home.catalogue,
    index,
    sources,
    terminology: (await home.knowledge()).terminology,
    themes: await loadThemes(vocabularyFolder),
    licenceLabels: await loadLicenceLabels(vocabularyFolder),
    baseUrl: settings.baseUrl ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`,
    now: context.now,
    log,
  });
  try {
    // Puts the vocabulary's names in order, which takes a second: now, and not while somebody types.
    await index.suggest('a', 1);
    const server = await startServer({ app, port, host });
    const closed = aborted(context.signal).then(async () => {
      await server.close();
      await index.close();
    });
    return { address: `http://${host === '127.0.0.1' ? 'localhost' : host}:${server.port}`, closed };
  } catch (error) {
    await index.close();
    throw error;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
