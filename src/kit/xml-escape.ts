/** Text as XML can hold it, in an element or a quoted attribute; characters that XML 1.0 forbids are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '')
    .replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
