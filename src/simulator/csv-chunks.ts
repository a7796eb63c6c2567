/** A CSV made of verbatim rows, in pieces as a server sends them. */
import type { PortalRecord } from './simulated-portal.ts';

/** Bytes sent at a time. */
const chunkBytes = 262_144;

export function* csvChunks(header: Uint8Array, records: readonly PortalRecord[]): Generator<Uint8Array> {
  const lineEnd = Buffer.from('\r\n');
  let parts: Uint8Array[] = [header, lineEnd];
  let held = 0;
  for (const { bytes } of records) {
    parts.push(bytes, lineEnd);
    held += bytes.length;
    if (held < chunkBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    held = 0;
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}
