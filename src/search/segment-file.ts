/**
 * The file of a segment: named sections of numbers, one after the other. Little-endian, as every machine Node runs on.
 *
 *   0  8 bytes   magic `SAMPANSG`
 *   8  u32       format version
 *  12  u32       length of the table of contents in bytes
 *  16  u32       CRC-32 of the table of contents
 *  20  JSON      table of contents: [{ name, type, offset, bytes, crc32 }]
 *      sections, each at a multiple of 8
 */
import { open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { IndexDamagedError } from './search-error.ts';

/** Counts up whenever the meaning of a section changes; an index of another version is refused. */
export const segmentFormat = 4;

const magic = 'SAMPANSG';
const headBytes = 20;

type SectionType = 'u8' | 'u16' | 'u32' | 'f64';
export type SectionArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;
export type Sections = ReadonlyMap<string, SectionArray>;

interface SectionEntry {
  readonly name: string;
  readonly type: SectionType;
  readonly offset: number;
  readonly bytes: number;
  readonly crc32: number;
}

/** Writes and syncs the file. Whoever refers to it does so after this has come back. */
export async function writeSegmentFile(path: string, sections: Sections): Promise<void> {
  let offset = 0;
  const contents: SectionEntry[] = [];
  for (const [name, array] of sections) {
    const bytes = bytesOf(array);
    contents.push({ name, type: typeOf(array), offset, bytes: bytes.length, crc32: crc32(bytes) });
    offset = align(offset + bytes.length);
  }
  const table = Buffer.from(JSON.stringify(contents));
  const head = Buffer.alloc(align(headBytes + table.length));
  head.write(magic, 0, 'latin1');
  head.writeUInt32LE(segmentFormat, 8);
  head.writeUInt32LE(table.length, 12);
  head.writeUInt32LE(crc32(table), 16);
  table.copy(head, headBytes);
  const file = await open(path, 'w');
  try {
    await file.writev([head]);
    for (const array of sections.values()) {
      const bytes = bytesOf(array);
      await file.writeFile(bytes);
      await file.writeFile(Buffer.alloc(align(bytes.length) - bytes.length));
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Reads the sections that are `wanted` into shared memory and checks them against their checksums. */
export async function readSegmentFile(path: string, wanted: (name: string) => boolean): Promise<Sections> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new IndexDamagedError('missing', `${path}: cannot be opened, but the index needs it. ${remedy}`, { cause });
  });
  try {
    const head = await readExactly(file, path, 0, headBytes);
    if (head.toString('latin1', 0, 8) !== magic) throw damaged(path, 'does not begin as a segment does');
    if (head.readUInt32LE(8) !== segmentFormat)
      throw damaged(path, `has format ${head.readUInt32LE(8)}, not ${segmentFormat}`);
    const tableBytes = head.readUInt32LE(12);
    if (tableBytes > (await file.stat()).size) throw damaged(path, 'ends inside its table of contents');
    const table = await readExactly(file, path, headBytes, tableBytes);
    if (crc32(table) !== head.readUInt32LE(16)) throw damaged(path, 'has an altered table of contents');
    const base = align(headBytes + tableBytes);
    const sections = new Map<string, SectionArray>();
    for (const entry of JSON.parse(table.toString()) as SectionEntry[]) {
      if (!wanted(entry.name)) continue;
      const bytes = await readExactly(file, path, base + entry.offset, entry.bytes);
      if (crc32(bytes) !== entry.crc32) throw damaged(path, `has altered bytes in section ${entry.name}`);
      sections.set(entry.name, arrayOf(entry.type, bytes.buffer));
    }
    return sections;
  } finally {
    await file.close();
  }
}

/** The whole small file, or the error that says that the index needs it. */
export async function readIndexFile(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new IndexDamagedError('missing', `${path}: cannot be read, but the index needs it. ${remedy}`, { cause });
  });
}

export function damaged(path: string, found: string, options?: ErrorOptions): IndexDamagedError {
  return new IndexDamagedError('damaged', `${path}: ${found}. ${remedy}`, options);
}

const remedy = 'Run `npx sampan reindex` to build the index again; no dataset is lost.';

async function readExactly(
  file: Awaited<ReturnType<typeof open>>,
  path: string,
  position: number,
  length: number,
): Promise<Buffer> {
  const buffer = Buffer.from(new SharedArrayBuffer(length));
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw damaged(path, `ends after ${position + filled} bytes, inside what it announces`);
    filled += bytesRead;
  }
  return buffer;
}

function bytesOf(array: SectionArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function arrayOf(type: SectionType, buffer: ArrayBufferLike): SectionArray {
  if (type === 'u8') return new Uint8Array(buffer);
  if (type === 'u16') return new Uint16Array(buffer);
  return type === 'u32' ? new Uint32Array(buffer) : new Float64Array(buffer);
}

function typeOf(array: SectionArray): SectionType {
  if (array instanceof Uint8Array) return 'u8';
  if (array instanceof Uint16Array) return 'u16';
  return array instanceof Uint32Array ? 'u32' : 'f64';
}

function align(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
