/** A JSON object of a listing as a record: recognised by its id, kept as its bytes. Pure. */
import { isUtf8 } from 'node:buffer';
import { sha256Hex } from '../kit/hash.ts';
import { type JsonSlice, JsonSliceScanner } from '../kit/json-slices.ts';
import { tokenValue, topLevelTokens } from '../kit/json-tokens.ts';
import type { HarvestEvent, NativeForm } from '../model/source-record.ts';
import { rejection } from './rejection.ts';

export interface RecordOrigin {
  readonly sourceId: string;
  readonly url: string;
  readonly fetchedAt: string;
  readonly form: NativeForm;
  /** What it is called in messages: `package`. */
  readonly noun: string;
  /** Member that holds the id. */
  readonly idMember: string;
  /** The name it was asked for by, to say which one is rejected. */
  readonly listedAs?: string;
}

export interface ListedRow {
  readonly id: string | undefined;
  /** What the row is recognised by when pages overlap: its id, or its bytes. */
  readonly key: string;
  /** Undefined for a record that is not for the public. */
  readonly event: HarvestEvent | undefined;
}

/** An id is a text or a whole number, alone or as the only one in a list. */
export function readJsonRecord(raw: Uint8Array, origin: RecordOrigin): ListedRow {
  const id = memberText(raw, origin.idMember);
  if (!isUtf8(raw)) return notUtf8(raw, id, origin);
  if (id === undefined) return rejectedAs('record-without-id', `has no ${origin.idMember}`, raw, origin);
  const { form, url, fetchedAt } = origin;
  return { id, key: id, event: { kind: 'record', record: { nativeId: id, form, raw, url, fetchedAt } } };
}

/** Rows of a page; an element that could not be cut out is rejected, `position` (of the first) tells such ones apart. */
export function rowsOfPage(
  slices: readonly JsonSlice[],
  sourceId: string,
  position: number,
  read: (raw: Uint8Array) => ListedRow,
): readonly ListedRow[] {
  return slices.flatMap((slice): readonly ListedRow[] => {
    if (slice.kind === 'element') return [read(slice.bytes)];
    if (slice.kind === 'scalar' || slice.index < 0) return [];
    const message = `${sourceId}: ${slice.problem.message}`;
    const event = rejection({ slug: slice.problem.slug, message });
    return [{ id: undefined, key: `row ${position + slice.index}`, event }];
  });
}

/** Text of a member, or of the one element of a list (`"uuid": ["…"]`); a number as it is written. */
function memberText(raw: Uint8Array, name: string): string | undefined {
  const token = topLevelTokens(raw, [name]).get(name) ?? onlyToken(raw, name);
  const value = tokenValue(token);
  if (typeof value === 'number') return token;
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function onlyToken(raw: Uint8Array, name: string): string | undefined {
  const elements = new JsonSliceScanner({ path: `${name}[*]` }).push(raw);
  const [first, second] = elements.flatMap((each) => (each.kind === 'element' ? [each.bytes] : []));
  return first === undefined || second !== undefined ? undefined : new TextDecoder().decode(first);
}

/** Known by its id all the same, unless that is what was lost. */
function notUtf8(raw: Uint8Array, id: string | undefined, origin: RecordOrigin): ListedRow {
  const row = rejectedAs('record-not-utf8', 'holds bytes that are not UTF-8', raw, origin);
  if (id === undefined || id.includes('\uFFFD') || row.event?.kind !== 'rejected') return row;
  return { id, key: id, event: { ...row.event, nativeId: id } };
}

function rejectedAs(slug: string, found: string, raw: Uint8Array, origin: RecordOrigin): ListedRow {
  const which = origin.listedAs === undefined ? `a ${origin.noun}` : `${origin.noun} ${origin.listedAs}`;
  const message = `${origin.sourceId}: ${which} ${found}; expected a ${origin.noun} with the text \`${origin.idMember}\``;
  return { id: undefined, key: sha256Hex(raw), event: rejection({ slug, message, nativeId: origin.listedAs, raw }) };
}
