/** What harvesting has to know of a CKAN package: its id and whether it is for the public. */
import { tokenValue, topLevelTokens } from '../../kit/json-tokens.ts';
import { type ListedRow, type RecordOrigin, readJsonRecord } from '../json-record.ts';

export interface PackageOrigin extends Pick<RecordOrigin, 'sourceId' | 'url' | 'fetchedAt' | 'listedAs'> {
  /** DKAN sets `private` on packages that everybody sees (fixture `ckan-dkan/udata`): there it means nothing. */
  readonly isDkan?: boolean;
}

/** States of CKAN packages that are not published; DKAN writes `Active` with a capital. */
const hiddenStates: ReadonlySet<string> = new Set(['draft', 'deleted']);

/** By `id`: `package_search` and `package_show` agree on it, names may repeat (Tokyo: 4,845 names of 5,077 packages). */
export function readPackage(raw: Uint8Array, { isDkan, ...origin }: PackageOrigin): ListedRow {
  const row = readJsonRecord(raw, { ...origin, form: 'ckan-package', noun: 'package', idMember: 'id' });
  if (row.event?.kind !== 'record') return row;
  const tokens = topLevelTokens(raw, ['state', 'private']);
  const isPrivate = tokenValue(tokens.get('private')) === true && isDkan !== true;
  const isHidden = isPrivate || hiddenStates.has(String(tokenValue(tokens.get('state'))).toLowerCase());
  return isHidden ? { ...row, event: undefined } : row;
}
