/** Places: bounds in any shape, or a name as text. Pure (cases `op F5`, `op F6`, `field P-16`). */
import type { Place } from '../model/dataset.ts';
import { boxField } from './bounding-box.ts';
import type { Mapping } from './mapping.ts';
import { isObject, parsedIfJson } from './native-value.ts';
import { plainLine } from './plain-text.ts';
import { quoted } from './problem-log.ts';
import { isShapeText } from './wkt-box.ts';
import { isNumbersOnly, writtenBounds } from './written-bounds.ts';

/** What forms and people write where they name no place. */
const nothing =
  /^(?:[-–—.?]+|n\/?a|none|null|nil|unknown|not (?:applicable|available|specified)|無|无|なし|該当なし|未指定|不明|없음|해당 ?없음|미상|ไม่ระบุ|ไม่มี|không có|tidak ada|tiada)$/iu;

/** A list of names or shapes gives several places; a list inside a list is a structure of another kind (case F5). */
export function placesOf(value: unknown, path: string, mapping: Mapping): Place[] {
  const content = parsedIfJson(value);
  const isList = Array.isArray(content) && content.every((each) => typeof each === 'string' || isObject(each));
  const isBounds =
    isList && content.length === 4 && content.every((each) => typeof each === 'string' && isNumbersOnly(each));
  const parts: readonly unknown[] = isList && !isBounds ? content : [content];
  return parts.flatMap((part) => placeOf(part, path, mapping) ?? []);
}

function placeOf(value: unknown, path: string, mapping: Mapping): Place | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const bounds = writtenBounds(value);
  if (bounds !== undefined) {
    const bbox = boxField(bounds, path, mapping);
    return bbox === undefined ? undefined : { name: [], bbox };
  }
  const text = typeof value === 'string' ? value : undefined;
  const name = text === undefined || !isName(text) ? undefined : plainLine(text);
  if (name !== undefined) return { name: [{ text: name, lang: 'und' }] };
  const shown = text === undefined ? 'a value of another shape' : quoted(text);
  mapping.log.add('spatial-unreadable', path, `found ${shown}; expected a name, four numbers or a GeoJSON shape`);
  return undefined;
}

function isName(text: string): boolean {
  return !(/^[[{]/.test(text.trim()) || isShapeText(text) || isNumbersOnly(text) || nothing.test(text.trim()));
}
