/** What harvesting has to know of a CKAN package: its id and whether it is for the public. */
import { isUtf8 } from 'node:buffer';
import { sha256Hex } from '../../kit/hash.ts';
import { tokenValue, topLevelTokens } from '../../kit/json-tokens.ts';
import type { HarvestEvent } from '../../model/source-record.ts';
import { rejection } from '../rejection.ts';

export interface PackageOrigin {
  readonly sourceId: string;
  readonly url: string;
  readonly fetchedAt: string;
  /** The name it was asked for by, to say which one is rejected. */
  readonly listedAs?: string;
  /** DKAN sets `private` on packages that everybody sees (fixture `ckan-dkan/udata`): there it means nothing. */
  readonly isDkan?: boolean;
}

export interface ReadPackage {
  /** `package_search` and `package_show` agree on it, names may repeat (Tokyo: 4,845 names of 5,077 packages). */
  readonly id: string | undefined;
  /** What the row is recognised by when pages overlap: its id, or its bytes. */
  readonly key: string;
  /** Undefined for a package that is not for the public. */
  readonly event: HarvestEvent | undefined;
}

/** States of CKAN packages that are not published; DKAN writes `Active` with a capital. */
const hiddenStates: ReadonlySet<string> = new Set(['draft', 'deleted']);

const members = ['id', 'state', 'private'];

export function readPackage(raw: Uint8Array, origin: PackageOrigin): ReadPackage {
  if (!isUtf8(raw)) return rejectedAs('record-not-utf8', 'holds bytes that are not UTF-8', raw, origin);
  const tokens = topLevelTokens(raw, members);
  const id = tokenValue(tokens.get('id'));
  if (typeof id !== 'string' || id === '') return rejectedAs('record-without-id', 'has no id', raw, origin);
  const state = tokenValue(tokens.get('state'));
  const isPrivate = tokenValue(tokens.get('private')) === true && !origin.isDkan;
  const isHidden = isPrivate || hiddenStates.has(String(state).toLowerCase());
  if (isHidden) return { id, key: id, event: undefined };
  const { url, fetchedAt } = origin;
  const record = { nativeId: id, form: 'ckan-package', raw, url, fetchedAt } as const;
  return { id, key: id, event: { kind: 'record', record } };
}

function rejectedAs(slug: string, found: string, raw: Uint8Array, origin: PackageOrigin): ReadPackage {
  const which = origin.listedAs === undefined ? 'a package' : `package ${origin.listedAs}`;
  const message = `${origin.sourceId}: ${which} ${found}; expected a package with the text \`id\``;
  return { id: undefined, key: sha256Hex(raw), event: rejection({ slug, message, nativeId: origin.listedAs, raw }) };
}
