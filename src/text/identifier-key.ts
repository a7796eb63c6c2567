/** Keys of the exact lane: native ids, names, numbers, whole titles. */

/** Equal for texts that people take for the same identifier: width, case and white space folded, nothing else. */
export function identifierKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('\u301c', '~')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
