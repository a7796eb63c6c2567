/** What a file is said to be: the portal's string, else the ending of its address; a contradiction is noted. */
import type { FormatClaim } from '../model/dataset.ts';
import type { Mapping } from './mapping.ts';
import { quoted } from './problem-log.ts';

export interface WrittenFormat {
  readonly format?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly url?: string | undefined;
}

/** Formats of a wrapper say nothing against what is inside (`KML` in a `.zip`). */
const wrappers = new Set(['ZIP', '7Z', 'RAR', 'GZ', 'TAR', 'LZH']);

/** Pairs that are one thing in two spellings of an address. */
const kindred = new Set([
  'JSON GeoJSON',
  'JSON JSONL',
  'JSON TopoJSON',
  'JSON JSON-LD',
  'XML RDF',
  'XML KML',
  'XML GML',
  'TIFF GeoTIFF',
]);

export function formatField({ format, mediaType, url }: WrittenFormat, path: string, mapping: Mapping): FormatClaim {
  const { formats } = mapping.vocabulary;
  const original = format ?? mediaType;
  const claims = formats(format, undefined);
  const byEnding = formats(undefined, url)[0];
  const declared = claims.some(hasId) ? claims : formats(mediaType, undefined);
  const isTold = byEnding !== undefined && (isOther(declared) || isContainerOf(byEnding, declared));
  const claim = (isTold ? undefined : declared.find((each) => each.id === byEnding?.id)) ?? chosen(declared, byEnding);
  reportFormat({ original, declared, claim, byEnding }, path, mapping);
  const also = declared.flatMap(({ id }) => (id === undefined || id === claim?.id || isOther(declared) ? [] : [id]));
  return { ...claim, ...(also.length === 0 ? {} : { also }), ...(original === undefined ? {} : { original }) };
}

/** `其他` says nothing that an ending does not say better. */
function chosen(declared: readonly FormatClaim[], byEnding: FormatClaim | undefined): FormatClaim | undefined {
  return (isOther(declared) ? byEnding : undefined) ?? declared.find(hasId) ?? byEnding;
}

function isOther(declared: readonly FormatClaim[]): boolean {
  return declared.length === 1 && declared[0]?.id === 'other';
}

/** `shp (zip)` at an address that ends in `.zip`: the content comes first all the same. */
function isContainerOf({ id }: FormatClaim, declared: readonly FormatClaim[]): boolean {
  return declared.length === 2 && id !== undefined && wrappers.has(id) && declared[1]?.id === id;
}

interface Readings {
  readonly original: string | undefined;
  readonly declared: readonly FormatClaim[];
  readonly claim: FormatClaim | undefined;
  readonly byEnding: FormatClaim | undefined;
}

function reportFormat({ original, declared, claim, byEnding }: Readings, path: string, { log }: Mapping): void {
  if (original === undefined) {
    if (claim?.id === undefined) log.add('format-missing', path, 'found no format; expected one such as CSV');
    return;
  }
  if (!declared.some(hasId)) {
    log.add('format-unknown-text', path, `found ${quoted(original)}; expected a known format such as CSV`);
  } else if (declared.length > 1 && !declared.some(({ id }) => id !== undefined && wrappers.has(id))) {
    log.add('format-several', path, `found ${quoted(original)}; expected one format a resource, ${claim?.id} is taken`);
  } else if (contradicts(claim, byEnding)) {
    log.add(
      'format-conflict',
      path,
      `found ${quoted(original)} for an address that ends as ${byEnding?.id}; expected one`,
    );
  }
}

function contradicts(claim: FormatClaim | undefined, byEnding: FormatClaim | undefined): boolean {
  if (claim?.id === undefined || byEnding?.id === undefined || claim.id === byEnding.id) return false;
  if (wrappers.has(byEnding.id) || claim.id === 'other') return false;
  return !kindred.has(`${byEnding.id} ${claim.id}`) && !kindred.has(`${claim.id} ${byEnding.id}`);
}

function hasId(claim: FormatClaim): boolean {
  return claim.id !== undefined;
}
