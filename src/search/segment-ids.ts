/** Which ids a segment holds, as the writer needs it: the rest of the segment stays on disk. */
import { join } from 'node:path';
import { hasBit } from './bitmap.ts';
import { readLive } from './live-file.ts';
import type { SegmentEntry } from './manifest.ts';
import { sectionU16, sectionU32 } from './section.ts';
import { readSegmentFile } from './segment-file.ts';
import { findString, type StringTable, stringAt } from './string-table.ts';

export interface SegmentIds {
  readonly entry: SegmentEntry;
  readonly ids: StringTable;
  /** Number in `ids` → document; the last one, when a batch held an id twice. */
  readonly documentOf: Uint32Array;
  readonly live: Uint8Array;
}

export async function readSegmentIds(folder: string, entry: SegmentEntry): Promise<SegmentIds> {
  const path = join(folder, entry.file);
  const sections = await readSegmentFile(path, (name) => name.startsWith('ids.'));
  const ids = { units: sectionU16(sections, 'ids.units', path), offsets: sectionU32(sections, 'ids.offsets', path) };
  const idOf = sectionU32(sections, 'ids.values', path);
  const documentOf = new Uint32Array(ids.offsets.length - 1);
  for (let document = 0; document < idOf.length; document++) documentOf[idOf[document] ?? 0] = document;
  return { entry, ids, documentOf, live: await readLive(folder, entry) };
}

export function findDocument(segment: SegmentIds, id: string): number | undefined {
  const number = findString(segment.ids, id);
  return number < 0 ? undefined : segment.documentOf[number];
}

/** Live ids of the segment, ascending. */
export function* liveIds(segment: SegmentIds): Generator<string> {
  for (let number = 0; number < segment.documentOf.length; number++) {
    if (hasBit(segment.live, segment.documentOf[number] ?? 0)) yield stringAt(segment.ids, number);
  }
}
