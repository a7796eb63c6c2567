/** A section of a segment with the type that the reader counts on. */
import { damaged, type Sections } from './segment-file.ts';

export function sectionU8(sections: Sections, name: string, path: string): Uint8Array {
  const array = sections.get(name);
  if (!(array instanceof Uint8Array)) throw damaged(path, `has no byte section ${name}`);
  return array;
}

export function sectionU16(sections: Sections, name: string, path: string): Uint16Array {
  const array = sections.get(name);
  if (!(array instanceof Uint16Array)) throw damaged(path, `has no 16-bit section ${name}`);
  return array;
}

export function sectionU32(sections: Sections, name: string, path: string): Uint32Array {
  const array = sections.get(name);
  if (!(array instanceof Uint32Array)) throw damaged(path, `has no 32-bit section ${name}`);
  return array;
}

export function sectionF64(sections: Sections, name: string, path: string): Float64Array {
  const array = sections.get(name);
  if (!(array instanceof Float64Array)) throw damaged(path, `has no floating section ${name}`);
  return array;
}
