/**
 * What is compared while somebody types: the folded text (`duong` begins đường, `台` begins 臺), Hangul letter by letter.
 * Everything that stands in a text box on the way to a text is a beginning of the text's key. Pure.
 */
import { characterClass, classMask, isBigramClass, joinerClass, markFlag, separatorClass } from './character-class.ts';
import { foldCharacter } from './fold-character.ts';
import { hangulLetters } from './hangul-letters.ts';
import { identifierKey } from './identifier-key.ts';
import { normalText } from './normal-text.ts';

export interface TypingKey {
  /** Holds no NUL. */
  readonly key: string;
  /** UTF-16 offsets in the key, ascending, where a word begins, or a unit of a script without spaces. */
  readonly starts: readonly number[];
}

/** NFKC takes SARA AM to pieces: they are put together again. */
const nikhahit = /[\u0e4d\u0ecd]/;

export function typingKey(text: string): TypingKey {
  const starts: number[] = [];
  let key = '';
  let before = separatorClass;
  let stacks = false;
  const plain = identifierKey(text);
  for (const character of nikhahit.test(plain) ? normalText(plain).text : plain) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0) continue;
    const found = characterClass(code);
    const script = found & classMask;
    if (beginsUnit(found, before) && !stacks) starts.push(key.length);
    key += hangulLetters(code) ?? foldCharacter(code);
    // Khmer coeng and Burmese virama: the next consonant stands below.
    stacks = code === 0x17d2 || code === 0x1039;
    before = script === joinerClass ? before : script;
  }
  return { key, starts };
}

function beginsUnit(found: number, before: number): boolean {
  const script = found & classMask;
  if (script === separatorClass || script === joinerClass || (found & markFlag) !== 0) return false;
  return script !== before || isBigramClass(script);
}
