/** The registry's languages → BCP 47. Pure. */
import { factsOf } from '../../src/registry/country-facts.ts';

/** The registry's codes → BCP 47. `VN` and `JP` are its slips; `ZH` says no script, which follows from the country. */
const languageTags: Readonly<Record<string, string>> = {
  ...{ EN: 'en', JA: 'ja', JP: 'ja', KO: 'ko', TH: 'th', ID: 'id', MS: 'ms', VN: 'vi', VI: 'vi' },
  ...{ KM: 'km', MY: 'my', HI: 'hi', TL: 'fil', ZH: 'zh-Hant', ZH_TW: 'zh-Hant' },
};

/**
 * The country's languages, then those the registry names besides. English alone is not believed where the country's own
 * language differs: that is how the registry describes most national portals of Taiwan and Japan.
 */
export function languagesOf(country: string, given: readonly string[]): readonly string[] {
  const own = factsOf(country).languages;
  const named = given.map((code) => {
    const tag = languageTags[code.toUpperCase()];
    if (tag === undefined) throw new Error(`registry: found the language ${code}; expected one the generator knows`);
    return tag;
  });
  const isEnglishAlone = named.every((tag) => tag === 'en');
  return [...new Set([...own, ...(isEnglishAlone ? [] : named)])];
}
