/** A catalogue record as `/api/v1/datasets/{id}` answers it. */
import type { CatalogueRecord } from '../../model/dataset.ts';
import type { RecordVersion } from '../../store/catalogue-reader.ts';
import { permanentAddress, rawAddress } from '../addresses.ts';
import type { DatasetAnswer } from './dataset-schema.ts';

export function datasetBody(
  baseUrl: string,
  record: CatalogueRecord,
  history: readonly RecordVersion[],
): DatasetAnswer {
  const { dataset, state, changeNumber, firstSeen, lastSeen, lastChanged, theme, problems } = record;
  return {
    dataset,
    state,
    changeNumber,
    firstSeen,
    lastSeen,
    lastChanged,
    theme,
    problems,
    history: history.map(({ version, sha256, bytes, fetchedAt, url }) => ({
      version,
      sha256,
      bytes,
      fetchedAt,
      url,
      raw: `${baseUrl}${rawAddress(dataset.id, version)}`,
    })),
    permanentAddress: `${baseUrl}${permanentAddress(dataset.id)}`,
  };
}
