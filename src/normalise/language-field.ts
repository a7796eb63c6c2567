/** Languages of the data as declared → BCP 47, once each; `en, zh-Hant` in one string is two. */
import { languageTag } from './language-code.ts';
import type { Mapping } from './mapping.ts';
import { textsOf } from './native-value.ts';
import { quoted } from './problem-log.ts';

export function languagesOf(value: unknown, path: string, { source, log }: Mapping): readonly string[] {
  const codes = textsOf(value)
    .flatMap((text) => text.split(/[,;|]/))
    .filter((code) => code.trim() !== '');
  const tags = codes.map((code) => {
    const tag = languageTag(code, source.languages);
    if (tag === undefined)
      log.add('language-unknown-code', path, `found ${quoted(code)}; expected a language tag such as ja`);
    return tag;
  });
  return [...new Set(tags.filter((tag) => tag !== undefined))];
}
