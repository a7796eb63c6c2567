/** Numbers: one unit each, in ASCII digits, thousands closed up, a decimal in one piece. */
import { characterClass, classMask, digitClass } from './character-class.ts';
import { foldCharacter } from './fold-character.ts';
import { codeAt, type Scan } from './scan.ts';

/** The scan stands at a digit. */
export function scanNumber(scan: Scan): void {
  const { text } = scan;
  const start = scan.at;
  const whole = groupedEnd(text, start, digitsEnd(text, start));
  const end = decimalEnd(text, start, whole);
  scan.at = end;
  let term = '';
  for (let at = start; at < end; ) {
    const code = codeAt(text, at);
    if (code === 0x2e) term += '.';
    else if (code !== 0x2c) term += foldCharacter(code);
    at += code > 0xffff ? 2 : 1;
  }
  scan.emit(term, scan.position, start, end, 'unit');
  scan.position++;
}

function isDigit(code: number): boolean {
  return code >= 0x80 ? (characterClass(code) & classMask) === digitClass : code >= 0x30 && code <= 0x39;
}

function digitsEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = codeAt(text, at);
    if (!isDigit(code)) break;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

/** End of `1,234,567`: groups of exactly three digits after one to three. */
function groupedEnd(text: string, start: number, wholeEnd: number): number {
  let end = wholeEnd;
  if (end - start > 3) return end;
  while (text.charCodeAt(end) === 0x2c && digitsEnd(text, end + 1) === end + 4) end += 4;
  return end;
}

/** `2.5` is a decimal; `1.2.3`, `10.0.0.1` and `2024.01.15` are rows of numbers, and so is the month `2024.01`. */
function decimalEnd(text: string, start: number, wholeEnd: number): number {
  if (text.charCodeAt(wholeEnd) !== 0x2e || isDigit(codeBefore(text, start, 0x2e))) return wholeEnd;
  const end = digitsEnd(text, wholeEnd + 1);
  const goesOn = text.charCodeAt(end) === 0x2e && isDigit(codeAt(text, end + 1));
  if (end === wholeEnd + 1 || goesOn || isYearMonth(text, start, wholeEnd, end)) return wholeEnd;
  return end;
}

/** Code unit that stands before `separator` and `start`; NaN when something else is before it. */
function codeBefore(text: string, start: number, separator: number): number {
  return text.charCodeAt(start - 1) === separator ? text.charCodeAt(start - 2) : Number.NaN;
}

function isYearMonth(text: string, start: number, wholeEnd: number, end: number): boolean {
  if (wholeEnd - start !== 4 || end - wholeEnd !== 3) return false;
  const year = Number(text.slice(start, wholeEnd));
  const month = Number(text.slice(wholeEnd + 1, end));
  return year >= 1900 && year < 2100 && month >= 1 && month <= 12;
}
