/**
 * Numbers in Chinese characters where they count blocks of an address or years of an era → digits, so that 二十二丁目 and
 * 22丁目 have one key (case `field N-17`). Pure. Elsewhere such characters are parts of words and names (三番町, 十日町) and
 * stay as they are.
 */
import type { NormalText } from './normal-text.ts';

const digits = '〇一二三四五六七八九';

/** `百`, `一百一十三`, `二十九`, and by places `一一三`, `二〇二四`; undefined for no number. */
export function kanjiNumber(text: string): number | undefined {
  const places = text.replace(/[○零]/g, '〇');
  const digit = (word: string | undefined): number => (word === undefined ? 0 : digits.indexOf(word));
  if (/^[〇一二三四五六七八九]+$/.test(places)) return Number([...places].map(digit).join(''));
  const match = /^(?:([一二三四五六七八九])?(百))?〇?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(
    places,
  );
  if (match === null) return undefined;
  const hundreds = match[2] === undefined ? 0 : (digit(match[1]) || 1) * 100;
  const tens = match[4] === undefined ? 0 : (digit(match[3]) || 1) * 10;
  return hundreds + tens + digit(match[5]);
}

/** What has to stand in a text before it is searched: most have none of it. */
const counters = ['丁目', '番地', '年'] as const;

/** No number of a block or an era is longer than 一百二十三. */
const counted =
  /[〇零一二三四五六七八九十百]{1,5}(?=丁目|番地)|(?<=明治|大正|昭和|平成|令和|民[國国])[〇零一二三四五六七八九十百]{1,6}(?=年)/g;

/** Each digit stands for the whole number in the display text. */
export function withDigits(normal: NormalText): NormalText {
  const { text, origin } = normal;
  if (!counters.some((counter) => text.includes(counter))) return normal;
  let made = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const keep = (from: number, to: number): void => {
    made += text.slice(from, to);
    for (let at = from; at < to; at++) {
      starts.push(origin?.starts[at] ?? at);
      ends.push(origin?.ends[at] ?? at + 1);
    }
  };
  let done = 0;
  for (const { 0: written, index } of text.matchAll(counted)) {
    const number = kanjiNumber(written);
    if (number === undefined) continue;
    keep(done, index);
    done = index + written.length;
    for (const digit of String(number)) {
      made += digit;
      starts.push(origin?.starts[index] ?? index);
      ends.push(origin?.ends[done - 1] ?? done);
    }
  }
  if (done === 0) return normal;
  keep(done, text.length);
  return { text: made, origin: { starts, ends } };
}
