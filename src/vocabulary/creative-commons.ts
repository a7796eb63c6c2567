/**
 * Reads Creative Commons licences by their parts (BY, NC, ND, SA, version) in any order and language. Pure. A text
 * with a word that is none of these is not read: "CC BY, but only for schools" must not become open.
 */
import type { Openness } from '../model/dataset.ts';
import type { LicencesFile } from './vocabulary-files.ts';

export interface ReadLicence {
  readonly id: string;
  readonly openness: Openness;
}

type Element = keyof LicencesFile['creativeCommons']['elements'];

const elementOrder = ['BY', 'NC', 'ND', 'SA'] as const;

/** `https://creativecommons.org/licenses/by-nc-sa/4.0/deed.ja` → CC-BY-NC-SA-4.0 */
export function creativeCommonsFromUrl(url: string): ReadLicence | undefined {
  const parts = /creativecommons\.org\/licenses\/(by(?:-nc)?(?:-nd|-sa)?)(?:\/(\d\.\d))?(?:\/|$)/i.exec(url);
  if (parts?.[1] === undefined) return undefined;
  return licenceOf(parts[1].toUpperCase().split('-') as Element[], parts[2]);
}

/** A reader of names such as `Creative Commons Attribution 4.0`, `クリエイティブ・コモンズ 表示-非営利 4.0 国際`. */
export function creativeCommonsReader(
  words: LicencesFile['creativeCommons'],
): (text: string) => ReadLicence | undefined {
  const brands = anyOf(words.brands);
  const noise = anyOf(words.noise);
  const elements = elementOrder
    .flatMap((element) => words.elements[element].map((word) => ({ element, word: spelled(word) })))
    .sort((a, b) => b.word.length - a.word.length)
    .map(({ element, word }) => ({ element, pattern: anyOf([word]) }));
  return (text) => {
    const branded = spelled(text);
    let rest = branded.replace(brands, ' ');
    if (rest === branded) return undefined;
    const version = /(?<![\d.])([1-4]\.[015])(?![\d.])/.exec(rest)?.[1];
    if (version !== undefined) rest = rest.replaceAll(version, ' ');
    const found = new Set<Element>();
    for (const { element, pattern } of elements) {
      const without = rest.replace(pattern, ' ');
      if (without !== rest) found.add(element);
      rest = without;
    }
    if (/[\p{L}\p{N}]/u.test(rest.replace(noise, ' ')) || !found.has('BY')) return undefined;
    return licenceOf([...found], version);
  };
}

function licenceOf(elements: readonly Element[], version: string | undefined): ReadLicence | undefined {
  if (elements.includes('ND') && elements.includes('SA')) return undefined;
  const parts = ['CC', ...elementOrder.filter((each) => elements.includes(each))];
  if (version !== undefined) parts.push(version);
  return { id: parts.join('-'), openness: elements.includes('NC') || elements.includes('ND') ? 'not-open' : 'open' };
}

function spelled(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Longest first; a Latin word must stand alone, a word of another script may touch its neighbours. */
function anyOf(words: readonly string[]): RegExp {
  const sorted = words.map(spelled).sort((a, b) => b.length - a.length);
  const patterns = sorted.map((word) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return /^[\x20-\x7e]+$/.test(word) ? `(?<![a-z])${escaped}(?![a-z])` : escaped;
  });
  return new RegExp(patterns.join('|'), 'gu');
}
