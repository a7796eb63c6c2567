/** A name or id as one part of an address; half a character, which no address can hold, as U+FFFD. */
export function addressPart(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}
