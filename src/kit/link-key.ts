/** Addresses compared: what is one address although it is written in several ways (case `field F-12`). Pure. */

/**
 * The address without its fragment as WHATWG URL writes it, escapes in upper case: `日本語.csv` and `%e6%97%a5…` are one
 * key, a path escaped from Big5 stays as it is. For comparison only; requests are made with what was published. Text that
 * is no address is its own key.
 */
export function linkKey(address: string): string {
  if (!URL.canParse(address)) return address.trim();
  const url = new URL(address);
  url.hash = '';
  return url.href.replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toUpperCase());
}
