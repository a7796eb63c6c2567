/** What is known of a portal → the ten lines of its source file. Pure. What nobody said follows from the country. */
import type { Pace, Protocol, SourceKind } from '../model/source.ts';
import { factsOf, timeZoneOf } from './country-facts.ts';

export interface NewSource {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
  readonly country: string;
  readonly subdivision?: string | undefined;
  readonly homepage: string;
  readonly kind?: SourceKind;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly enabled?: boolean;
  readonly unproven?: boolean;
  /** The country's own unless told. */
  readonly languages?: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
  readonly recordPage?: string | undefined;
  readonly pace?: Partial<Pace>;
  readonly from?: string;
}

export function sourceText(source: NewSource): string {
  const { country, subdivision, options = {} } = source;
  const facts = factsOf(country);
  const pace = { ...facts.pace, ...source.pace };
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['id', source.id],
    ['name', mapping(source.name)],
    ['country', country],
    ['subdivision', subdivision],
    ['homepage', source.homepage],
    ['kind', source.kind],
    ['protocol', source.protocol],
    ['endpoint', source.endpoint],
    ['enabled', source.enabled === true ? 'true' : undefined],
    ['unproven', source.unproven === true ? 'true' : undefined],
    ['languages', list(source.languages ?? facts.languages)],
    ['timeZone', timeZoneOf(country, subdivision)],
    ['calendar', facts.calendar],
    ['encodings', list(facts.encodings)],
    ['recordPage', source.recordPage],
    ['options', mapping(options)],
    ['pace', mapping(pace)],
    ['from', source.from],
  ];
  return lines.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}\n`])).join('');
}

/**
 * Id of the portal at `homepage`: country and host, then port and, where several catalogues share the host, the path
 * (design: the id is never changed, never reused).
 */
export function sourceIdOf(country: string, homepage: string, withPath: boolean): string {
  const { hostname, port, pathname } = new URL(homepage);
  return [country, hostname.replace(/^www\./, ''), port, ...(withPath ? pathname.split('/') : [])]
    .filter((part) => part !== '')
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
}

function mapping(entries: Readonly<Record<string, string | number>>): string | undefined {
  const items = Object.entries(entries);
  if (items.length === 0) return undefined;
  return `{ ${items.map(([key, value]) => `${key}: ${typeof value === 'string' ? scalar(value) : value}`).join(', ')} }`;
}

function list(items: readonly string[]): string | undefined {
  return items.length === 0 ? undefined : `[${items.join(', ')}]`;
}

/** Plain where YAML reads it as the same text inside `{ }`, else in double quotes. */
function scalar(text: string): string {
  const isPlain =
    /^\p{L}[\p{L}\p{M}\p{N} .()/&–-]*$/u.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
