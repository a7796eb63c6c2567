/**
 * One file of `sources/` → `Source`. Pure. Every field has a reader in `fields`; a key that has none is a mistake, and
 * every mistake is one `SourceFileError`: file, what was found, what was expected. To add a field: the model, a row
 * here, `docs/sources.md`.
 */
import { parseDocument } from 'yaml';
import { type CalendarHint, type Pace, type Protocol, protocols, type Source, sourceKinds } from '../model/source.ts';
import { themeIds } from '../model/theme.ts';
import { readCadence } from './cadence-fields.ts';
import {
  addressTemplate,
  encodingLabel,
  flag,
  integer,
  isMapping,
  languageTag,
  listOf,
  mapOf,
  matching,
  oneOf,
  scalar,
  text,
  timeZone,
  webAddress,
} from './field-readers.ts';
import { parsePlainLines } from './plain-lines.ts';
import { mistake, type ReadFields, readFields, shown } from './read-fields.ts';
import { certificates, isPem, isPemFileName, serviceKey, tlsProfile } from './trust-fields.ts';

/** A source file is about ten lines; one with a theme map has a hundred. Longest accepted, in characters. */
const maxFileLength = 200_000;

const mebibyte = 1024 * 1024;

/**
 * How politely a portal is asked when its file does not say: two requests a second, two at a time. Pages are read
 * whole (64 MiB is 100 times a page of Tokyo's CKAN).
 */
const pagePace: Pace = {
  minGapMs: 500,
  concurrency: 2,
  maxBodyBytes: 64 * mebibyte,
  timeoutMs: 30_000,
  attempts: 4,
};

/** A catalogue that is one file is streamed. */
const listPace: Pace = {
  minGapMs: 500,
  concurrency: 1,
  maxBodyBytes: 2048 * mebibyte,
  timeoutMs: 60_000,
  attempts: 4,
};

const defaultPace: Readonly<Record<Protocol, Pace>> = {
  ckan: pagePace,
  // A page of records is made from as many XML documents: one at a time, and time for it.
  csw: { ...pagePace, concurrency: 1, timeoutMs: 120_000 },
  'data-go-kr': listPace,
  'data-gov-my': pagePace,
  // 220 pages were read at one request a second without a refusal (a public account of 2026); it has no published limit.
  'data-gov-sg': { ...pagePace, minGapMs: 1_000, concurrency: 1 },
  'data-gov-tw': listPace,
  // A document is held whole, with its statements some ten times its size.
  'dcat-rdf': { ...pagePace, timeoutMs: 60_000 },
  'dcat-us': listPace,
  // `/lists` is slow (QUIRKS, table of national portals).
  'ogd-india': { ...pagePace, concurrency: 1, timeoutMs: 120_000 },
  // A page for people costs a portal more than a page of an API, and one is asked for each dataset.
  'schema-org': { ...pagePace, minGapMs: 1_000, concurrency: 1 },
};

const calendars: readonly CalendarHint[] = [
  ...(['gregorian', 'roc', 'buddhist', 'japanese'] as const),
  // Not computed: kept as written.
  ...(['bikram-sambat', 'solar-hijri'] as const),
];

const paceFields = {
  minGapMs: integer(0, 3_600_000),
  concurrency: integer(1, 16),
  maxBodyBytes: integer(1024, 16 * 1024 * mebibyte),
  timeoutMs: integer(100, 600_000),
  attempts: integer(1, 10),
};

const fields = {
  id: matching(
    /^[a-z]{2}(-[a-z0-9]+)+$/,
    'the country and the host with dashes, such as jp-catalog-data-metro-tokyo-lg-jp',
  ),
  name: mapOf(languageTag, text),
  country: matching(/^[A-Z]{2}$/, 'an ISO 3166-1 code of two capitals, such as JP'),
  subdivision: matching(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'an ISO 3166-2 code, such as JP-13'),
  homepage: webAddress,
  kind: oneOf(sourceKinds),
  from: text,
  protocol: oneOf(protocols),
  unproven: flag,
  endpoint: webAddress,
  enabled: flag,
  languages: listOf(languageTag, 1),
  timeZone,
  calendar: oneOf(calendars),
  encodings: listOf(encodingLabel),
  robots: oneOf(['heed', 'ignore'] as const),
  robotsWhy: text,
  recordPage: addressTemplate,
  defaultLicence: text,
  defaultLicenceFrom: webAddress,
  volatile: listOf(text),
  themes: mapOf(text, oneOf(themeIds)),
  options: mapOf(text, scalar),
  certificateAuthority: certificates,
  tls: tlsProfile,
  serviceKey,
  quirks: listOf(text),
};

const required = ['id', 'name', 'country', 'protocol', 'endpoint', 'languages', 'timeZone'] as const;

/** Text of a file beside the source file; undefined when there is none. */
type ReadBeside = (name: string) => string | undefined;

/** The source that a YAML text describes; `fileName` (`<id>.yaml`) is checked against its id. */
export function sourceFromYaml(yaml: string, fileName: string, readBeside: ReadBeside = () => undefined): Source {
  const spec = readYaml(yaml, fileName);
  const { pace: paceSpec, harvest: cadenceSpec, ...rest } = spec;
  const read = readFields(rest, fields, fileName, '');
  for (const key of required) {
    if (read[key] === undefined) throw mistake(fileName, `found no "${key}"`, fields[key].expects);
  }
  const {
    id,
    name,
    country,
    protocol,
    endpoint,
    languages,
    timeZone: zone,
    ...optional
  } = read as Complete<typeof read>;
  checkIdentity({ id, country, addresses: [endpoint, read.homepage], subdivision: read.subdivision }, fileName);
  checkReasons(read, fileName);
  const certificateAuthority = authorityOf(read.certificateAuthority, fileName, readBeside);
  return {
    ...{ enabled: false, calendar: 'gregorian' as const, volatile: [], themes: {}, options: {}, quirks: [] },
    ...optional,
    ...{ id, name, country, protocol, endpoint, languages, timeZone: zone },
    pace: { ...defaultPace[protocol], ...readPace(paceSpec, fileName) },
    ...(cadenceSpec !== undefined && { harvest: readCadence(cadenceSpec, protocol, fileName) }),
    ...(certificateAuthority !== undefined && { certificateAuthority }),
  };
}

/** The certificates themselves, where the file names another one that holds them. */
function authorityOf(text: string | undefined, fileName: string, readBeside: ReadBeside): string | undefined {
  if (text === undefined || !isPemFileName(text)) return text;
  const found = readBeside(text);
  if (found !== undefined && isPem(found)) return found;
  const what = found === undefined ? 'no such file' : 'no certificate in it';
  throw mistake(fileName, `found certificateAuthority: ${text}, and ${what}`, 'a file beside this one in PEM form');
}

type Complete<T> = T & { [K in (typeof required)[number]]-?: Exclude<T[K & keyof T], undefined> };

/** No tags, no aliases (they can grow without bound), no doubled keys. */
function readYaml(yaml: string, fileName: string): Readonly<Record<string, unknown>> {
  if (yaml.length > maxFileLength) {
    throw mistake(fileName, `found ${yaml.length} characters`, `at most ${maxFileLength}`);
  }
  const plain = parsePlainLines(yaml);
  if (plain !== undefined) return plain;
  const document = parseDocument(yaml, { schema: 'core', uniqueKeys: true, prettyErrors: true });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) {
    throw mistake(fileName, `found ${fault.message.split('\n', 1)[0]?.replace(/:$/, '')}`, 'plain YAML', fault);
  }
  let spec: unknown;
  try {
    spec = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw mistake(fileName, 'found an alias (*name)', 'plain YAML without aliases', cause);
  }
  if (!isMapping(spec)) throw mistake(fileName, `found ${shown(spec)}`, 'a mapping with id, name, country …');
  return spec;
}

function readPace(spec: unknown, fileName: string): Partial<Pace> {
  if (spec === undefined) return {};
  if (!isMapping(spec)) throw mistake(fileName, `found pace: ${shown(spec)}`, 'a mapping with minGapMs, concurrency …');
  return readFields(spec, paceFields, fileName, 'pace.');
}

/** What departs from the rule says why. */
function checkReasons(read: ReadFields<typeof fields>, fileName: string): void {
  if (read.defaultLicence !== undefined && read.defaultLicenceFrom === undefined) {
    throw mistake(fileName, 'found "defaultLicence" alone', '"defaultLicenceFrom" with it, the page that states it');
  }
  if (read.robots === 'ignore' && read.robotsWhy === undefined) {
    throw mistake(fileName, 'found "robots: ignore" alone', '"robotsWhy" with it, by which right');
  }
}

interface Identity {
  readonly id: string;
  readonly country: string;
  readonly addresses: readonly (string | undefined)[];
  readonly subdivision: string | undefined;
}

/** id = file name = country + host (of endpoint or homepage, without www.) + path or port where several share a host. */
function checkIdentity({ id, country, addresses, subdivision }: Identity, fileName: string): void {
  if (`${id}.yaml` !== fileName) throw mistake(fileName, `found id: ${id}`, 'the id to be the name of the file');
  const stems = addresses.filter((each) => each !== undefined).map((address) => idStem(country, address));
  if (!stems.some((stem) => id === stem || id.startsWith(`${stem}-`))) {
    throw mistake(fileName, `found id: ${id}`, `${stems.join(' or ')} (country and host)`);
  }
  if (subdivision !== undefined && !subdivision.startsWith(`${country}-`)) {
    throw mistake(fileName, `found subdivision: ${subdivision}`, `a part of the country ${country}`);
  }
}

function idStem(country: string, address: string): string {
  const host = new URL(address).hostname.replace(/^www\./, '');
  return `${country}-${host.replaceAll('.', '-')}`.toLowerCase();
}
