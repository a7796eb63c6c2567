/**
 * Years that a text names, in whatever calendar, as years of the common era: 民國112年, 112學年度, 令和5年, R5年度, พ.ศ. 2566
 * and 2023 are one year. Pure. Precision first: a number is a year only where its own words or the script around it say
 * so; a bare 112, and a 2566 outside of Thai text, are numbers. A span names its first and its last year.
 */
import { characterClass, classMask, digitClass } from './character-class.ts';
import { foldCharacter } from './fold-character.ts';
import { kanjiNumber, withDigits } from './kanji-number.ts';
import { type NormalText, normalText } from './normal-text.ts';

export interface YearMention {
  /** Of the common era, ascending; two for a span. */
  readonly years: readonly number[];
  /** Half-open UTF-16 range of the display text, with the words that belong to the year (年度, ปี พ.ศ.). */
  readonly start: number;
  readonly end: number;
}

interface Context {
  readonly text: string;
  readonly hasKana: boolean;
  readonly hasThai: boolean;
  /** Somebody asks: a lone R5 is more likely the year than anything else. */
  readonly isQuery: boolean;
}

interface Form {
  readonly pattern: RegExp;
  /** Empty when it is no year after all. */
  readonly read: (match: RegExpExecArray, context: Context) => readonly number[];
}

/** First year and number of years of the Japanese eras (元号法, and the proclamations before it). */
const eras: Readonly<Record<string, readonly [first: number, years: number]>> = {
  明治: [1868, 45],
  大正: [1912, 15],
  昭和: [1926, 64],
  平成: [1989, 31],
  令和: [2019, 31],
};
const eraLetters: Readonly<Record<string, string>> = { M: '明治', T: '大正', S: '昭和', H: '平成', R: '令和' };

/** Year 1 of the Republic of China is 1912; the Buddhist era as Thailand counts it is 543 ahead since 1941. */
const rocOffset = 1911;
const buddhistOffset = 543;

const to = '\\s?(?:[-~～〜—–−]|至|到|から)\\s?';
const yearWord = '\\s?(?:[學学]?年度?|년도?)';
const wordBefore = '(?:(?:ปี(?:งบประมาณ|การศึกษา)?|năm|tahun|taong?|year|fy|ឆ្នាំ|वर्ष|सन्?)\\s?)?';

/** What makes a number of four digits an amount. */
const unitAfter =
  /^\s?(?:[%‰℃㎡㎢㎞元円圓人名件戶户冊個棟筆家원명개건여]|世帯|か所|箇所|가구|(?:km|kg|mm|cm|ha|mw|kwh|households?|people|persons?|villages?|schools?|orang|rumah|người|hộ)(?![a-z])|บาท|คน|ครัวเรือน|แห่ง)/i;

/** What makes 112年 a time of 112 years. */
const durationAfter =
  /^(?:[間间来來前後后内內以之老史慶祭餘余型の]|[週周]年|[紀纪]念|[歷歴历]史|一遇|[重再][現现]|頻率|频率|洪水)/;

/** The earlier form wins where two claim the same characters. */
const forms: readonly Form[] = [
  {
    pattern: /(明治|大正|昭和|平成|令和)\s?(\d{1,2}|元)(?!\d)(?:\s?年度?)?/g,
    read: ([, era = '', year]) => eraYear(era, year),
  },
  {
    pattern: /(?<![A-Za-z0-9])([MTSHR])\.?(\d{1,2}|元)(?:\s?年度?|(?=[./]\d{1,2}(?!\d))|(?![\d\p{L}.]|-\d))/gu,
    read: letterYear,
  },
  {
    pattern: new RegExp(
      `(?:中[華华])?民[國国]\\s?(\\d{1,3}|元)(?!\\d)(?:${yearWord})?(?:${to}(\\d{1,3})${yearWord})?`,
      'g',
    ),
    read: ([, first, last]) => [first, last].flatMap((year) => rocYear(year)),
  },
  {
    pattern: new RegExp(`(?<![\\d.,:/第-])(1[0-2]\\d)(?:\\s?年度?)?(?:${to}|[及、])(1[0-2]\\d)\\s?[學学]?年度?`, 'g'),
    read: ([, first, last]) => [first, last].flatMap((year) => rocYear(year)),
  },
  {
    pattern: /(?<![\d.,:/第-])(1[0-2]\d)\s?(?:[學学]年度?|年度|年(?=\s?(?:\d{1,2}\s?[月至-]|第|[上下]半|[底初])))/g,
    read: ([, year]) => rocYear(year),
  },
  { pattern: /(?<![\d.,:/第-])(1[01]\d)\s?年/g, read: bareRocYear },
  {
    pattern: /(?<![〇零○一二三四五六七八九十])([一二][〇零○九][〇零○一二三四五六七八九]{2})\s?年度?/g,
    read: ([, year = '']) => [kanjiNumber(year) ?? 0].filter((number) => number >= 1900 && number < 2100),
  },
  {
    pattern:
      /(?:ปี(?:งบประมาณ|การศึกษา)?\s?)?(?:พ\s?\.\s?ศ\s?\.?|พุทธศักราช|ព\s?\.\s?ស\s?\.?|(?<![a-z])b\.?e\.?)\s?(2[3-6]\d{2})(?!\d)/gi,
    read: ([, year]) => [Number(year) - buddhistOffset],
  },
  { pattern: /(?<![\d.,])(2[3-6]\d{2})\s?\(?b\.?e\b\.?\)?/gi, read: ([, year]) => [Number(year) - buddhistOffset] },
  {
    pattern: new RegExp(`${wordBefore}(?<!\\d)(24[5-9]\\d|25\\d{2}|26[0-2]\\d)(?!\\d|[.,]\\d)`, 'g'),
    read: (match, context) => (context.hasThai && isFree(match, context) ? [Number(match[1]) - buddhistOffset] : []),
  },
  {
    pattern: /(?<!\d)((?:19|20)\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/g,
    read: ([, year]) => [Number(year)],
  },
  {
    pattern: new RegExp(`${wordBefore}(?<!\\d)((?:19|20)\\d{2})\\s?[-–/]\\s?(\\d{2})(?![\\d.]|[-/]\\d)`, 'gi'),
    read: fiscalYears,
  },
  {
    pattern: new RegExp(
      `${wordBefore}(?<!\\d)((?:19|20)\\d{2})(?!\\d|,\\d|\\.\\d{3}|\\.(?:1[3-9]|[2-9]\\d)(?!\\d))(?:${yearWord}|\\s?-?ခုနှစ်)?`,
      'gi',
    ),
    read: (match, context) => (isFree(match, context) ? [Number(match[1])] : []),
  },
];

/** Most texts name no year: then nothing else is looked at. */
const mayHold = /\p{Nd}{2}|[MTSHR]\.?\p{Nd}|(?:明治|大正|昭和|平成|令和|民[國国])|[一二][〇零○九]/u;

/** In the order of the text, none over another. Never throws. */
export function yearMentions(display: string, isQuery = false): readonly YearMention[] {
  if (!mayHold.test(display)) return [];
  const normal = withDigits(normalText(display));
  const text = asciiDigits(normal.text);
  const context = { text, isQuery, hasKana: /[ぁ-ゖァ-ヺ]/.test(text), hasThai: /[ก-๎]/.test(text) };
  const taken = new Uint8Array(text.length);
  const mentions: YearMention[] = [];
  for (const { pattern, read } of forms) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (taken.subarray(match.index, end).includes(1)) continue;
      const years = [...new Set(read(match, context))].sort((a, b) => a - b);
      if (years.length === 0) continue;
      taken.fill(1, match.index, end);
      mentions.push({ years, ...displayed(normal, match.index, end) });
    }
  }
  return mentions.sort((a, b) => a.start - b.start);
}

function displayed({ origin }: NormalText, start: number, end: number): { start: number; end: number } {
  return origin === undefined ? { start, end } : { start: origin.starts[start] ?? 0, end: origin.ends[end - 1] ?? 0 };
}

/** Digits of the basic plane; each stays one code unit. */
function asciiDigits(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (character) => {
    const code = character.charCodeAt(0);
    return (characterClass(code) & classMask) === digitClass ? foldCharacter(code) : character;
  });
}

function eraYear(era: string, year: string | undefined): readonly number[] {
  const [first, years] = eras[era] ?? [0, 0];
  const count = year === '元' ? 1 : Number(year);
  return count >= 1 && count <= years ? [first + count - 1] : [];
}

/**
 * R5年 says so itself; R5.4.1 and a lone R5 need Kana around them, or somebody who asks. H5 and S3 are other things more
 * often than years.
 */
function letterYear(match: RegExpExecArray, { text, hasKana, isQuery }: Context): readonly number[] {
  const [whole, letter = '', year = ''] = match;
  const isNamed = whole.includes('年');
  const isDate = /^[./]\d/.test(text.slice(match.index + whole.length));
  const isLikely = (hasKana || isQuery) && (letter === 'R' || isDate || year.length === 2);
  return isNamed || (isLikely && 'HRS'.includes(letter)) ? eraYear(eraLetters[letter] ?? '', year) : [];
}

function rocYear(year: string | undefined): readonly number[] {
  const count = year === '元' ? 1 : Number(year ?? 0);
  return count >= 1 && count <= 150 ? [count + rocOffset] : [];
}

/** 112年 alone: from 101 on, because 100年 is mostly a century, and not beside Kana, where it is a duration. */
function bareRocYear(match: RegExpExecArray, { text, hasKana }: Context): readonly number[] {
  if (hasKana || match[1] === '100') return [];
  return durationAfter.test(text.slice(match.index + match[0].length)) ? [] : rocYear(match[1]);
}

/** `2022-23`; `2022-05` is a month. */
function fiscalYears([, first = '', last = '']: RegExpExecArray): readonly number[] {
  const year = Number(first);
  return (year + 1) % 100 === Number(last) ? [year, year + 1] : [];
}

/** No piece of a longer number, and no amount. */
function isFree(match: RegExpExecArray, { text }: Context): boolean {
  const end = match.index + match[0].length;
  if (/\d$/.test(match[0]) && unitAfter.test(text.slice(end, end + 16))) return false;
  return !/(?:^|[^\d.])\d+[.,]$/.test(text.slice(Math.max(0, match.index - 12), match.index));
}
