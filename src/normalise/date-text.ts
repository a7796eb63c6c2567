/**
 * A date as written → one spelling of it: one width, ASCII digits, numbers in characters as digits where they count
 * years, months or days, no day of the week, no name of the common era; a year named as Buddhist becomes Gregorian. Pure.
 */
import { kanjiNumber } from '../text/kanji-number.ts';
import { buddhistOffset } from './calendar-date.ts';

const zeros = [0x0e50, 0x17e0, 0x1040, 0x0ed0, 0x0966];

/** Days of the week at the end, in brackets or as a word; at the start with a comma or a blank. */
const weekdayAtEnd =
  /\.? ?(?:\((?:[日月火水木金土一二三四五六日월화수목금토일]|[a-z]{3,9}|[日月火水木金土]曜日?|[월화수목금토일]요일)\)|(?:星期|週|周)[一二三四五六日天]|[日月火水木金土]曜日|[월화수목금토일]요일)$/i;
const weekdayAtStart = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{3,6})?,? (?=.)/i;

/** Words before a date that add nothing to it: common era, "day", "year". */
const wordsBefore = /^(?:西元|公元|서기|วันที่|ค\.ศ\.|ngày|tanggal|tarikh) ?(?=\S)/i;

/** `พ.ศ. 2567`, `ปี พ.ศ. 2567`, `2567 (B.E.)` name the calendar of their year. */
const thaiYear = /(?:ปี ?)?(?:พ\.ศ\.|พุทธศักราช) ?(2[456]\d{2})(?!\d)/;
const buddhistMark = / ?(?:B\.?E\.?|\(B\.?E\.?\))$/i;

/** At most `maxDateLength` characters come here (`local-date.ts`). */
export function dateText(original: string): string {
  if (/^[\d:.TZ+-]+$/.test(original)) return original;
  let text = asciiDigits(original.normalize('NFKC')).trim().replace(/\s+/g, ' ');
  text = text.replace(/[〇○零一二三四五六七八九十百]+(?= ?[年月日號号])/g, (number) =>
    String(kanjiNumber(number) ?? number),
  );
  text = text.replace(weekdayAtEnd, '').replace(weekdayAtStart, '').replace(wordsBefore, '');
  text = text.replace(thaiYear, (_, year: string) => String(Number(year) - buddhistOffset));
  return text.replace(/^ปี (?=\d)/, '').replace(buddhistMark, '');
}

/** Thai, Khmer, Burmese, Lao and Devanagari digits as ASCII ones. */
function asciiDigits(text: string): string {
  return text.replace(/[๐-๙០-៩၀-၉໐-໙०-९]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    return String(code - (zeros.find((start) => code >= start && code <= start + 9) ?? code));
  });
}
