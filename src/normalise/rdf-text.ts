/** Texts of RDF → `LangText` and lines: literals keep their tags, nodes are read by their labels. Pure. */
import type { RdfTerm } from '../kit/rdf/triple.ts';
import type { LangString, LangText } from '../model/lang-text.ts';
import { languageTag } from './language-code.ts';
import type { Mapping } from './mapping.ts';
import { plainLine } from './plain-text.ts';
import { quoted } from './problem-log.ts';
import { lastPart, predicates, type RdfRecord, writtenText } from './rdf-record.ts';

type Plain = (text: string) => string | undefined;

/** One entry a language, the portal's languages first (cases `op E5`, `op E7`). */
export function langTextOf(terms: readonly RdfTerm[], path: string, mapping: Mapping, plain: Plain): LangText {
  const byLanguage = new Map<string, LangString>();
  for (const each of langStrings(terms, path, mapping, plain)) {
    if (!byLanguage.has(each.lang)) byLanguage.set(each.lang, each);
  }
  const { languages } = mapping.source;
  const rank = ({ lang }: LangString): number => {
    const at = languages.findIndex((language) => lang === language || lang.startsWith(`${language}-`));
    if (at >= 0) return at;
    // Most likely the portal's own language too.
    return lang === 'und' ? languages.length : languages.length + 1;
  };
  return [...byLanguage.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** Every text with its language, several of one language too. */
export function langStrings(
  terms: readonly RdfTerm[],
  path: string,
  { source, log }: Mapping,
  plain: Plain,
): readonly LangString[] {
  return terms.flatMap((term) => {
    const text = term.kind === 'literal' ? plain(term.value) : undefined;
    if (term.kind !== 'literal' || text === undefined) return [];
    if (term.lang === undefined) return [{ text, lang: 'und' }];
    const lang = languageTag(term.lang, source.languages);
    if (lang === undefined)
      log.add('language-unknown-code', path, `found ${quoted(term.lang)}; expected a language tag such as ja`);
    return [{ text, lang: lang ?? 'und' }];
  });
}

/** What a value is called: a literal is its own name, a node has labels, and an IRI that nobody describes its last part. */
export function namesOf(record: RdfRecord, term: RdfTerm, path: string, mapping: Mapping): LangText {
  if (term.kind === 'literal') return langTextOf([term], path, mapping, plainLine);
  const labels = langTextOf(record.all(term, predicates.label), path, mapping, plainLine);
  if (labels.length > 0) return labels;
  const values = langTextOf(record.all(term, predicates.value), path, mapping, plainLine);
  if (values.length > 0 || term.kind === 'blank') return values;
  const part = plainLine(lastPart(term.value));
  return part === undefined ? [] : [{ text: part, lang: 'und' }];
}

/** The first text that a value gives: its own, or that of a node one step further (`vcard:hasValue`, `rdf:value`). */
export function textOf(record: RdfRecord, term: RdfTerm | undefined): string | undefined {
  if (term === undefined) return undefined;
  const inner = [
    ...record.all(term, ['http://www.w3.org/2006/vcard/ns#hasValue', 'http://www.w3.org/2006/vcard/ns#value']),
    ...record.all(term, predicates.value),
  ];
  return writtenText(inner[0]) ?? writtenText(term);
}
