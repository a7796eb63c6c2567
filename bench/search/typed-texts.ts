/** What people type before it is a query: beginnings of words, growing letter by letter, and words with a slip in them. */
import type { IndexDocument } from '../../src/search/search-contract.ts';
import { typingKey } from '../../src/text/typing-key.ts';
import type { Random } from './random.ts';

export interface TypedTexts {
  /** One to six characters of a title, from a word on that need not be the first. */
  readonly beginnings: readonly string[];
  /** A word of letters of a title, with two neighbours swapped. */
  readonly misspelt: readonly string[];
}

const beginningsWanted = 1_200;
const misspeltWanted = 200;

export function typedTexts(documents: readonly IndexDocument[], random: Random): TypedTexts {
  const beginnings: string[] = [];
  const misspelt = new Set<string>();
  while (beginnings.length < beginningsWanted || misspelt.size < misspeltWanted) {
    const title = random.pick(documents).titles[0] ?? '';
    if (beginnings.length < beginningsWanted) beginnings.push(...growing(title, random));
    const word = random.pick([...title.matchAll(/[a-z]{6,}/gi)].map(([found]) => found).concat(''));
    if (misspelt.size < misspeltWanted && word !== '') misspelt.add(swapped(word, random));
  }
  return { beginnings, misspelt: [...misspelt] };
}

function growing(title: string, random: Random): readonly string[] {
  const words = title.split(/(?<=[\s、，/()])|(?=\p{Script=Han})/u).filter((each) => typingKey(each).key.trim() !== '');
  if (words.length === 0) return [];
  const from = random.below(words.length);
  const characters = [...words.slice(from).join('')].slice(0, 6);
  return characters.map((_, count) => characters.slice(0, count + 1).join(''));
}

function swapped(word: string, random: Random): string {
  const at = 1 + random.below(word.length - 2);
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}
