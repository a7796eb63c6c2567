/** Hits of the lexicon to be read by a person: drawn with a seed, evenly over the countries, one a title. */
import { type Random, seededRandom } from '../search/random.ts';
import type { CapturedTitle } from './captured-titles.ts';

export interface DrawnHit {
  readonly source: string;
  readonly id: string;
  readonly title: string;
  /** The words of the title that were read as the concept. */
  readonly words: string;
  readonly concept: string;
}

export function drawHits(titles: readonly CapturedTitle[], size: number, seed: number): readonly DrawnHit[] {
  const random = seededRandom(seed);
  const countries = [...new Set(titles.map(({ country }) => country))];
  return countries.flatMap((country, place) => {
    const withHit = titles.filter((each) => each.country === country && each.concepts.length > 0);
    const share = Math.floor((size * (place + 1)) / countries.length) - Math.floor((size * place) / countries.length);
    return drawTitles(withHit, share, random).map((title) => hitOf(title, random));
  });
}

/** Without putting back; fewer when there are fewer. */
export function drawTitles(titles: readonly CapturedTitle[], size: number, random: Random): readonly CapturedTitle[] {
  const left = [...titles];
  const drawn: CapturedTitle[] = [];
  while (drawn.length < size && left.length > 0) drawn.push(...left.splice(random.below(left.length), 1));
  return drawn;
}

function hitOf({ source, id, title, concepts }: CapturedTitle, random: Random): DrawnHit {
  const { words, id: concept } = random.pick(concepts);
  return { source, id, title, words, concept };
}

export function hitsAsCsv(hits: readonly DrawnHit[]): string {
  const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = hits.map(({ source, id, title, words, concept }) => [source, id, title, words, concept]);
  return [['source', 'id', 'title', 'words', 'concept'], ...lines].map((line) => line.map(cell).join(',')).join('\n');
}
