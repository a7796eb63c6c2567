/**
 * The only way a harvested address becomes a link: http and https, nothing else (`javascript:`, `data:`, `ftp:` and
 * `//host` are shown as text). Parsed by the same rules as a browser does, so that tabs, line ends and case in the
 * scheme cannot hide anything.
 */
export function safeHref(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}
