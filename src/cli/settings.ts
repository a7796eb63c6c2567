/**
 * The settings of Sampan as data: name, default, one line of help. Read once, here; every other module gets values as
 * parameters. `docs/settings.md` must name each (a test reads it).
 */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseDuration } from '../kit/duration.ts';
import { CliError } from './cli-error.ts';

export const settingRows = [
  { name: 'SAMPAN_HOME', default: './sampan-data', help: 'folder that holds all state: store, archive, index' },
  { name: 'SAMPAN_SOURCES', default: '', help: 'a folder of your own source files, read besides the built-in ones' },
  {
    name: 'SAMPAN_BASE_URL',
    default: '',
    help: 'public address of the portal, for permanent links (http://localhost:PORT when empty)',
  },
  { name: 'SAMPAN_HOST', default: '127.0.0.1', help: 'address that `serve` listens on' },
  { name: 'SAMPAN_PORT', default: '4000', help: 'port that `serve` and `demo` listen on' },
  {
    name: 'SAMPAN_QUERY_WORKERS',
    default: '',
    help: 'threads that answer searches (one less than the cores, 1 to 8, when empty)',
  },
  { name: 'SAMPAN_LINK_CONCURRENCY', default: '16', help: 'links that `check-links` asks at a time, over all hosts' },
  { name: 'SAMPAN_PARALLEL', default: '4', help: 'sources that `harvest --watch` harvests at a time' },
  { name: 'SAMPAN_RUN_LIMIT', default: 'PT12H', help: 'longest harvest of one source in one go (ISO 8601 duration)' },
  {
    name: 'SAMPAN_RUN_IDLE',
    default: 'PT30M',
    help: 'longest time without a sign of the portal before its harvest is ended (ISO 8601 duration)',
  },
  {
    name: 'SAMPAN_CONTACT',
    default: 'https://sampan.example/about',
    help: 'address in the User-Agent where portal operators reach you',
  },
  {
    name: 'SAMPAN_SECRETS',
    default: '',
    help: 'a file of lines SAMPAN_KEY_…=key: the keys that sources name, where the environment has none',
  },
] as const;

export interface Settings {
  readonly home: string;
  readonly sourcesFolder: string | undefined;
  readonly baseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly queryWorkers: number;
  readonly linkConcurrency: number;
  /** Sources that a watch harvests at a time. */
  readonly parallel: number;
  readonly runLimitMs: number;
  readonly runIdleMs: number;
  readonly contact: string;
  readonly secretsFile: string | undefined;
  /** Variables `SAMPAN_KEY_…`, the keys that sources name. Never to be printed. */
  readonly serviceKeys: Readonly<Record<string, string>>;
}

/** Throws `CliError` (usage) for a value that cannot be meant. */
export function settingsFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = (name: (typeof settingRows)[number]['name']): string =>
    environment[name] || (settingRows.find((row) => row.name === name)?.default ?? '');
  const sources = read('SAMPAN_SOURCES');
  const workers = read('SAMPAN_QUERY_WORKERS');
  const secrets = read('SAMPAN_SECRETS');
  return {
    home: resolve(read('SAMPAN_HOME')),
    sourcesFolder: sources === '' ? undefined : resolve(sources),
    baseUrl: baseUrlFrom(read('SAMPAN_BASE_URL')),
    host: read('SAMPAN_HOST'),
    port: wholeNumber('SAMPAN_PORT', read('SAMPAN_PORT'), 65_535),
    queryWorkers:
      workers === ''
        ? Math.min(8, Math.max(1, availableParallelism() - 1))
        : wholeNumber('SAMPAN_QUERY_WORKERS', workers, 64),
    linkConcurrency: Math.max(1, wholeNumber('SAMPAN_LINK_CONCURRENCY', read('SAMPAN_LINK_CONCURRENCY'), 1_000)),
    parallel: Math.max(1, wholeNumber('SAMPAN_PARALLEL', read('SAMPAN_PARALLEL'), 64)),
    runLimitMs: durationOf('SAMPAN_RUN_LIMIT', read('SAMPAN_RUN_LIMIT')),
    runIdleMs: durationOf('SAMPAN_RUN_IDLE', read('SAMPAN_RUN_IDLE')),
    contact: read('SAMPAN_CONTACT'),
    secretsFile: secrets === '' ? undefined : resolve(secrets),
    serviceKeys: serviceKeysFrom(environment),
  };
}

function serviceKeysFrom(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const keys = Object.entries(environment).filter(([name, value]) => name.startsWith('SAMPAN_KEY_') && value !== '');
  return Object.fromEntries(keys.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The demo keeps a home of its own inside the given one, never the operator's data. */
export function demoHome(settings: Settings): string {
  return join(settings.home, 'demo');
}

export function wholeNumber(name: string, text: string, maximum: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= maximum) return value;
  throw new CliError('usage', `${name}: found "${text}", expected a whole number from 0 to ${maximum}`);
}

function durationOf(name: string, text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new CliError('usage', `${name}: found "${text}", expected an ISO 8601 duration such as PT12H or PT30M`);
}

function baseUrlFrom(text: string): string | undefined {
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The portal's links begin at the root of its host.
  if (
    url === undefined ||
    !['http:', 'https:'].includes(url.protocol) ||
    `${url.pathname}${url.search}${url.hash}` !== '/'
  ) {
    throw new CliError(
      'usage',
      `SAMPAN_BASE_URL: found "${text}", expected an address without a path, such as https://data.example.org`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
