/**
 * The form in which spellings are compared: without width (NFKC), case, spaces and punctuation. Letters, their marks
 * (Thai vowels are marks) and digits stay. For look-up only, never for display.
 */
export function textKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
