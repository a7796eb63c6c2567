/**
 * Burmese texts that are written for the font Zawgyi are reported and kept as published: converting them is a guess about
 * every syllable, and a wrong one would stand in the publisher's name. Pure.
 */
import type { Dataset } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import { isZawgyi } from '../text/zawgyi.ts';
import type { Mapping } from './mapping.ts';
import { quoted } from './problem-log.ts';

export function reportZawgyi(dataset: Dataset, { log }: Mapping): void {
  const report = (path: string, texts: LangText): void => {
    const found = texts.find(({ text }) => isZawgyi(text));
    if (found === undefined) return;
    log.add(
      'text-zawgyi',
      path,
      `found ${quoted(found.text)} in the order of the font Zawgyi; expected Unicode Burmese`,
    );
  };
  report('title', dataset.title);
  report('description', dataset.description);
  report('keywords', dataset.keywords);
  report('publisher', dataset.publisher?.name ?? []);
  report(
    'distributions',
    dataset.distributions.flatMap(({ title }) => title),
  );
}
