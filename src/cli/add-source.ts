/** `sampan sources --add <url>`: what the portal speaks, and a source file of ten lines for it. */
import { mkdir } from 'node:fs/promises';
import type { HttpDoor } from '../kit/http/http-door.ts';
import { newSource } from '../registry/new-source.ts';
import { writeOwnSource } from '../registry/own-source-file.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { openDoor } from './open-door.ts';
import { readSources } from './open-home.ts';
import type { SourcesOptions } from './sources-options.ts';

export async function addSource(context: CliContext, address: string, options: SourcesOptions): Promise<void> {
  const http = openDoor(context, false);
  try {
    await addThrough(http, context, { ...options, add: address });
  } finally {
    await http.close();
  }
}

export async function addThrough(http: HttpDoor, context: CliContext, options: SourcesOptions): Promise<void> {
  const { add: address = '' } = options;
  const { sourcesFolder } = context.settings();
  if (sourcesFolder === undefined) {
    throw new CliError('usage', 'sources --add: found no SAMPAN_SOURCES; expected the folder of your own source files');
  }
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new CliError(
      'usage',
      `sources --add: found "${address}"; expected an address such as https://data.example.org`,
    );
  }
  await mkdir(sourcesFolder, { recursive: true });
  const known = await readSources(context);
  const country = options.country?.[0]?.toUpperCase();
  const outcome = await newSource(url.href, { http, signal: context.signal, country, known });
  if (outcome.kind !== 'made') throw new CliError('failed', `sources --add: ${sentence(url.href, outcome)}`);
  const { source, yaml, records } = outcome;
  const written = await writeOwnSource(sourcesFolder, source.id, yaml);
  if (options.json === true) {
    context.out(JSON.stringify({ id: source.id, protocol: source.protocol, records: records ?? null, written }));
  } else {
    context.out(`${yaml}\nWritten to ${written}; \`sampan sources --probe ${source.id}\` tries it and switches it on.`);
  }
}

function sentence(address: string, outcome: Exclude<Awaited<ReturnType<typeof newSource>>, { kind: 'made' }>): string {
  switch (outcome.kind) {
    case 'known':
      return `${address} is here already: ${outcome.sourceId}`;
    case 'no-country':
      return `${address} does not tell its country; expected --country with one of the twelve, such as --country JP`;
    case 'recognised':
      return `${address}: recognised, not supported yet: ${outcome.name} answers at ${outcome.url}`;
    case 'unknown':
      return `${address}: found no protocol known here in ${outcome.asked} requests; expected CKAN, DCAT-US or another of docs/sources.md`;
  }
}
