/**
 * Hangul as the row of letters that are typed for it on the Korean standard keyboard (KS X 5002): 학교 is ㅎㅏㄱㄱㅛ. What
 * stands on the screen while a syllable is being composed (ㅎ, 하, 학, then 학ㄱ) is then always a beginning of the whole.
 */

const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const vowels = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
const finals =
  ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ');

/** Of a syllable U+AC00 … or a conjoining jamo of modern Korean (Unicode 3.12); undefined for any other code. */
export function hangulLetters(code: number): string | undefined {
  if (code >= 0xac00 && code <= 0xd7a3) {
    const index = code - 0xac00;
    const initial = initials[Math.floor(index / 588)] ?? '';
    return initial + (vowels[Math.floor((index % 588) / 28)] ?? '') + (finals[index % 28] ?? '');
  }
  if (code >= 0x1100 && code <= 0x1112) return initials[code - 0x1100];
  if (code >= 0x1161 && code <= 0x1175) return vowels[code - 0x1161];
  return code >= 0x11a8 && code <= 0x11c2 ? finals[code - 0x11a7] : undefined;
}
