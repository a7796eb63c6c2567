/** Sizes of files: numbers, digits in a string, `1.2 MB`. Pure. */

/** Decimal prefixes as SI has them, binary ones as IEC has them. */
const unitBytes: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  // DKAN of French speakers writes `42 octets` (fixture `ckan-dkan/udata`).
  octet: 1,
  octets: 1,
  k: 1e3,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** `1,234,567.8 bytes` has seventeen characters. */
const maxSizeLength = 40;

/** Bytes; undefined when it is no size. */
export function byteSize(value: unknown): number | undefined {
  if (typeof value === 'number') return validBytes(value);
  if (typeof value !== 'string' || value.length > maxSizeLength) return undefined;
  const match = /^\s*([\d,]+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(value.normalize('NFKC'));
  const factor = match?.[2] === '' ? 1 : unitBytes[match?.[2]?.toLowerCase() ?? ''];
  return match?.[1] === undefined || factor === undefined
    ? undefined
    : validBytes(Number(match[1].replaceAll(',', '')) * factor);
}

function validBytes(bytes: number): number | undefined {
  return Number.isFinite(bytes) && bytes >= 0 && bytes <= Number.MAX_SAFE_INTEGER ? Math.round(bytes) : undefined;
}
