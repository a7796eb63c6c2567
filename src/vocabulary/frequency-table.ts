/** Free text about renewal → EU frequency code, from `vocab/frequencies.json`. Pure after it is made. */
import type { Frequency } from '../model/dataset.ts';
import { remembered } from './bounded-cache.ts';
import { frequencyPhraseReader } from './frequency-phrase.ts';
import { textKey } from './text-key.ts';
import { addOnce, type FrequenciesFile } from './vocabulary-files.ts';

/** Different phrases kept at once; Tokyo alone has 97. */
const cacheLimit = 10_000;

export function frequencyTable(file: FrequenciesFile, path: string): (original: string) => Frequency {
  const bySpelling = new Map<string, { readonly id: string }>();
  for (const { id, spellings } of file.frequencies) {
    for (const spelling of [id, ...spellings]) addOnce(bySpelling, textKey(spelling), { id }, path);
  }
  const phrase = frequencyPhraseReader(file);
  return remembered(cacheLimit, (original) => {
    const id = bySpelling.get(textKey(original)) ?? bySpelling.get(textKey(withoutBrackets(original)));
    const code = id?.id ?? phrase(original) ?? bySpelling.get(addressTail(original))?.id;
    return code === undefined ? { original } : { id: code, original };
  });
}

function withoutBrackets(text: string): string {
  return text.normalize('NFKC').replace(/\([^)]*\)?/g, '');
}

/** `http://publications.europa.eu/resource/authority/frequency/ANNUAL` → the key of `ANNUAL`. */
function addressTail(text: string): string {
  return /^https?:\/\/.*[/#](\w+)$/.test(text.trim()) ? textKey(text.trim().replace(/^.*[/#]/, '')) : '';
}
