/**
 * Works out phrases of the forms "every N units" (`3か月ごと`, `ทุก 3 เดือน`) and "N times a unit" (`年４回`, `1回/3年`,
 * `연 2회`). The words come from `vocab/frequencies.json`, the grammar is here. Pure. A phrase with anything left over
 * (`2～6回/年`, `1年ごと不定期`) is not read.
 */
import type { FrequenciesFile } from './vocabulary-files.ts';

type Unit = keyof FrequenciesFile['units'];
type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'unit'; readonly unit: Unit; readonly word: string }
  | { readonly kind: 'every' | 'times' };
type Words = ReadonlyMap<string, Token>;

/** Periods a year, month or quarter; key = times a year with three decimals. */
const byYearRate: Readonly<Record<string, string>> = {
  '36.000': 'MONTHLY_3',
  '24.000': 'MONTHLY_2',
  '12.000': 'MONTHLY',
  '6.000': 'BIMONTHLY',
  '4.000': 'QUARTERLY',
  '3.000': 'ANNUAL_3',
  '2.000': 'ANNUAL_2',
  '1.000': 'ANNUAL',
  '0.500': 'BIENNIAL',
  '0.333': 'TRIENNIAL',
  '0.250': 'QUADRENNIAL',
  '0.200': 'QUINQUENNIAL',
  '0.100': 'DECENNIAL',
  '0.050': 'BIDECENNIAL',
  '0.033': 'TRIDECENNIAL',
};

/** Days and weeks; key = times a week with three decimals. */
const byWeekRate: Readonly<Record<string, string>> = {
  '14.000': 'DAILY_2',
  '7.000': 'DAILY',
  '5.000': 'WEEKLY_5',
  '3.000': 'WEEKLY_3',
  '2.000': 'WEEKLY_2',
  '1.000': 'WEEKLY',
  '0.500': 'BIWEEKLY',
};

/** Minutes and hours; key = times a day. */
const byDayRate: Readonly<Record<string, string>> = {
  '1440.000': '1MIN',
  '288.000': '5MIN',
  '144.000': '10MIN',
  '96.000': '15MIN',
  '48.000': '30MIN',
  '24.000': 'HOURLY',
  '12.000': 'BIHOURLY',
  '8.000': 'TRIHOURLY',
  '2.000': '12HRS',
  '1.000': 'DAILY',
};

const scales: Readonly<Record<Unit, { readonly per: number; readonly codes: Readonly<Record<string, string>> }>> = {
  minute: { per: 1440, codes: byDayRate },
  hour: { per: 24, codes: byDayRate },
  day: { per: 7, codes: byWeekRate },
  week: { per: 1, codes: byWeekRate },
  month: { per: 12, codes: byYearRate },
  quarter: { per: 4, codes: byYearRate },
  year: { per: 1, codes: byYearRate },
};

/** Longer is a sentence, not a phrase of this grammar. */
const maxPhraseLength = 100;

const kanjiDigits = '一二三四五六七八九十';

/** A reader of frequency phrases; it answers an EU frequency code or undefined. */
export function frequencyPhraseReader(file: FrequenciesFile): (text: string) => string | undefined {
  const words = wordTable(file);
  const longest = Math.max(...[...words.keys()].map((word) => word.length));
  const noise = [...file.noise].sort((a, b) => b.length - a.length);
  return (text) => {
    if (text.length > maxPhraseLength) return undefined;
    let plain = phraseText(text);
    for (const word of noise) plain = plain.replaceAll(word, '');
    const tokens = tokensOf(plain, words, longest);
    return tokens === undefined ? undefined : codeOf(tokens);
  };
}

/** Without width, case, what stands in brackets, and clock times (`毎日8:30更新`). */
function phraseText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)?/g, '')
    .replace(/\d{1,2}:\d{2}/g, '');
}

function wordTable(file: FrequenciesFile): Words {
  const words = new Map<string, Token>();
  for (const [unit, spellings] of Object.entries(file.units) as [Unit, readonly string[]][]) {
    for (const word of spellings) {
      const spelled = word.normalize('NFKC');
      words.set(spelled, { kind: 'unit', unit, word: spelled });
      if (/^[a-z]+$/.test(spelled)) words.set(`${spelled}s`, { kind: 'unit', unit, word: spelled });
    }
  }
  for (const word of file.every) words.set(word.normalize('NFKC'), { kind: 'every' });
  for (const word of file.times) words.set(word.normalize('NFKC'), { kind: 'times' });
  return words;
}

/** Longest word first; undefined when something is none of our words. */
function tokensOf(text: string, words: Words, longest: number): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const filler = /^(?:[\s/]+|に|ต่อ|a (?=[a-z]))/.exec(rest)?.[0];
    const number = /^\d{1,3}(?!\d)/.exec(rest)?.[0];
    const word = filler === undefined ? longestWord(rest, words, longest) : undefined;
    if (filler !== undefined) at += filler.length;
    else if (number !== undefined) {
      tokens.push({ kind: 'number', value: Number(number) });
      at += number.length;
    } else if (word !== undefined) {
      const token = words.get(word);
      if (token !== undefined) tokens.push(token);
      at += word.length;
    } else if (kanjiDigits.includes(rest.charAt(0))) {
      tokens.push({ kind: 'number', value: kanjiDigits.indexOf(rest.charAt(0)) + 1 });
      at += 1;
    } else return undefined;
  }
  return tokens;
}

function longestWord(text: string, words: Words, longest: number): string | undefined {
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    if (words.has(text.slice(0, length))) return text.slice(0, length);
  }
  return undefined;
}

function codeOf(tokens: readonly Token[]): string | undefined {
  const shape = tokens.map(({ kind }) => kind.charAt(0)).join('');
  const units = tokens.filter((token) => token.kind === 'unit');
  const first = units[0];
  if (first === undefined) return undefined;
  // A bare 3月 is the month of March, not "every three months"; 毎年7月 is yearly, in July.
  if (shape === 'nu' && first.word === '月') return undefined;
  if (shape === 'eunu') return first.unit === 'year' && units[1]?.unit === 'month' ? 'ANNUAL' : undefined;
  const numbers = tokens.filter((token) => token.kind === 'number').map((token) => token.value);
  const grammar = shapes.find(({ pattern }) => pattern.test(shape));
  return grammar === undefined ? undefined : rateCode(grammar.rate(numbers), first.unit);
}

/** Number, unit, every, times by their first letters → how often in how many units. */
const shapes: readonly { readonly pattern: RegExp; readonly rate: (numbers: readonly number[]) => number }[] = [
  { pattern: /^(?:e?nue?|eue?|ue)$/, rate: ([span = 1]) => 1 / span },
  { pattern: /^e?unte?$/, rate: ([times = 1]) => times },
  { pattern: /^e?nunte?$/, rate: ([span = 1, times = 1]) => times / span },
  { pattern: /^nte?n?u$/, rate: ([times = 1, span = 1]) => times / span },
  // Vietnamese: `3 tháng/lần`, `mỗi tháng một lần`.
  { pattern: /^(?:e?nut|eut)$/, rate: ([span = 1]) => 1 / span },
];

/** `rate` counts a unit; a rate of no sense (0 or without end) has no code. */
function rateCode(rate: number, unit: Unit): string | undefined {
  const { per, codes } = scales[unit];
  return codes[(per * rate).toFixed(3)];
}
