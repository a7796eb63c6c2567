/** Licence names and addresses → canonical id and openness, from `vocab/licences.json`. Pure after it is made. */
import type { Licence } from '../model/dataset.ts';
import { remembered } from './bounded-cache.ts';
import { creativeCommonsFromUrl, creativeCommonsReader, type ReadLicence } from './creative-commons.ts';
import { textKey } from './text-key.ts';
import { addOnce, type LicencesFile } from './vocabulary-files.ts';

type Find = (text: string) => ReadLicence | undefined;

const unknown: ReadLicence = { id: 'unknown', openness: 'unknown' };

/** Different licence fields kept at once: portals use fewer than a hundred. */
const cacheLimit = 10_000;

/**
 * `License not specified`, `未指定` … is silence in words: it leaves no original, so that it is the same as an empty
 * field in display and score (case N-12).
 */
export function licenceTable(file: LicencesFile, path: string): (original: Licence['original']) => Licence {
  const find = remembered(cacheLimit, licenceFinder(file, path));
  const silences = new Set(['', ...file.notSpecified.map(textKey)]);
  const isSilent = remembered(cacheLimit, (text) => silences.has(textKey(text)));
  return (original) => {
    const { id, title, url } = original;
    const texts = [id, title, url].filter((each) => each !== undefined);
    if (texts.every(isSilent)) return { ...unknown, original: {} };
    return { ...mostCareful(texts.map(find).filter((each) => each !== undefined)), original };
  };
}

/**
 * Of the readings of one licence's id, title and address: the first, made more exact by another with a version; but a
 * reading that is not open wins over one that is, because rights are never inferred upward.
 */
function mostCareful(read: readonly ReadLicence[]): ReadLicence {
  const first = read.find((each) => each.openness === 'not-open') ?? read[0] ?? unknown;
  return read.find((each) => each.id.startsWith(`${first.id}-`) && /\d$/.test(each.id)) ?? first;
}

function licenceFinder(file: LicencesFile, path: string): Find {
  const byName = new Map<string, ReadLicence>();
  const byUrl = new Map<string, ReadLicence>();
  for (const { id, openness, label, spellings, urls } of file.licences) {
    const licence = { id, openness };
    for (const name of [id, label, ...spellings]) addOnce(byName, textKey(name), licence, path);
    for (const url of urls) addOnce(byUrl, urlKey(url), licence, path);
  }
  for (const name of file.notSpecified) byName.delete(textKey(name));
  const creativeCommons = creativeCommonsReader(file.creativeCommons);
  return (text) => {
    if (/^\s*(https?:)?\/\/|^\s*(www\.)?[\w-]+(\.[\w-]+)+\//i.test(text)) {
      return byUrl.get(urlKey(text)) ?? creativeCommonsFromUrl(text);
    }
    return byName.get(textKey(text)) ?? creativeCommons(text);
  };
}

/** Address without scheme, `www.`, language deed, query, fragment and closing slash, in lower case. */
function urlKey(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/[?#].*$/, '')
    .replace(/^(https?:)?\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/(deed|legalcode)(\.[a-z-_]+)?$/, '')
    .replace(/\.html?$/, '')
    .replace(/\/+$/, '');
}
