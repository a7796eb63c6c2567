/** A JSON answer around records whose bytes are passed through as they are. */
import type { PortalRecord, Reply } from './simulated-portal.ts';

const utf8 = new TextEncoder();

/** `head`, the records with commas between them, `tail`. */
export function enveloped(head: string, records: readonly PortalRecord[], tail: string): Reply['body'] {
  const separated = records.flatMap((record, i) => (i === 0 ? [record.bytes] : [utf8.encode(', '), record.bytes]));
  return [utf8.encode(head), ...separated, utf8.encode(tail)];
}
