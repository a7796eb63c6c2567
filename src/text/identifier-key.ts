/** Keys of the exact lane: native ids, names, numbers, whole titles. */

/** Ids mostly: nothing in it but the case can differ. */
const plain = /^[!-~]*$/;

/** Equal for texts that people take for the same identifier: width, case and white space folded, nothing else. */
export function identifierKey(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll('\u301c', '~')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      // After what can be ignored has gone: marks that it kept apart now change places.
      .normalize('NFC')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}
