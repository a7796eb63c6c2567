/** A portal's address → a source file for it, by asking the portal what it speaks. Writes nothing. */
import type { Source } from '../model/source.ts';
import { countryFacts } from './country-facts.ts';
import { type Detected, detectProtocol } from './detect-protocol.ts';
import { languageTag } from './field-readers.ts';
import { type PeekOptions, peek } from './peek.ts';
import { sourceFromYaml } from './source-from-yaml.ts';
import { sourceIdOf, sourceText } from './source-text.ts';

export type NewSourceOutcome =
  | { readonly kind: 'made'; readonly source: Source; readonly yaml: string; readonly records?: number }
  /** A source already asks this catalogue. */
  | { readonly kind: 'known'; readonly sourceId: string }
  | { readonly kind: 'no-country' }
  | Exclude<Detected, { kind: 'supported' }>;

export interface NewSourceOptions extends PeekOptions {
  /** ISO 3166-1; the host's top level tells it where it is one of the twelve countries'. */
  readonly country: string | undefined;
  readonly known: readonly Source[];
}

type Supported = Extract<Detected, { kind: 'supported' }>;

/** Throws `SourceError` where the portal does not answer. */
export async function newSource(address: string, options: NewSourceOptions): Promise<NewSourceOutcome> {
  const country = options.country ?? countryOfHost(new URL(address).hostname);
  if (country === undefined || !(country in countryFacts)) return { kind: 'no-country' };
  const detected = await detectProtocol(address, options);
  if (detected.kind !== 'supported') return detected;
  const twin = options.known.find(
    ({ endpoint, options: { query } }) => query === undefined && isSameAddress(endpoint, detected.endpoint),
  );
  if (twin !== undefined) return { kind: 'known', sourceId: twin.id };
  const isTaken = (id: string): boolean => options.known.some((source) => source.id === id);
  const short = sourceIdOf(country, detected.base, false);
  const id = isTaken(short) ? sourceIdOf(country, detected.base, true) : short;
  if (isTaken(id)) return { kind: 'known', sourceId: id };
  const yaml = sourceText({
    ...{ id, country, homepage: detected.base.replace(/\/$/, ''), protocol: detected.protocol },
    name: await nameOf(detected, options),
    endpoint: detected.endpoint,
    recordPage: detected.recordPage,
    ...(detected.options !== undefined && { options: detected.options }),
  });
  const source = sourceFromYaml(yaml, `${id}.yaml`);
  return { kind: 'made', source, yaml, ...(detected.records !== undefined && { records: detected.records }) };
}

/** CKAN tells its title in `status_show`; else the host is the name, until a person writes a better one. */
async function nameOf(detected: Supported, options: PeekOptions): Promise<Readonly<Record<string, string>>> {
  const host = { en: new URL(detected.base).host };
  if (detected.protocol !== 'ckan') return host;
  const { text } = await peek(`${detected.endpoint}status_show`, options);
  const title = /"site_title"\s*:\s*("(?:[^"\\]|\\.){1,200}")/.exec(text)?.[1];
  const locale = /"locale_default"\s*:\s*"([A-Za-z_-]{2,12})"/.exec(text)?.[1]?.replace('_', '-') ?? 'en';
  const name =
    title === undefined
      ? ''
      : textOfJson(title)
          .replace(/[\p{C}\s]+/gu, ' ')
          .trim();
  return name === '' ? host : { [languageTag.read(locale) ?? 'en']: name };
}

function textOfJson(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch (cause) {
    // A title with broken escapes is as good as none.
    if (cause instanceof SyntaxError) return '';
    throw cause;
  }
}

function countryOfHost(hostname: string): string | undefined {
  const topLevel = hostname.slice(hostname.lastIndexOf('.') + 1).toUpperCase();
  return topLevel in countryFacts ? topLevel : undefined;
}

function isSameAddress(one: string, other: string): boolean {
  const plain = (address: string): string => address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/*$/, '');
  return plain(one) === plain(other);
}
