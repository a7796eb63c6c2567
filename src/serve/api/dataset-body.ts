/** A catalogue record as `/api/v1/datasets/{id}` answers it. */
import type { CatalogueRecord } from '../../model/dataset.ts';
import { type LinkCheck, linkCheckOf } from '../../model/link-check.ts';
import type { RecordVersion } from '../../store/catalogue-reader.ts';
import { permanentAddress, rawAddress } from '../addresses.ts';
import type { DatasetAnswer } from './dataset-schema.ts';

export function datasetBody(
  baseUrl: string,
  record: CatalogueRecord,
  history: readonly RecordVersion[],
  links: ReadonlyMap<string, LinkCheck>,
): DatasetAnswer {
  const { dataset, state, changeNumber, firstSeen, lastSeen, lastChanged, theme, problems, rejectedVersion } = record;
  return {
    dataset,
    state,
    changeNumber,
    firstSeen,
    lastSeen,
    lastChanged,
    theme,
    problems,
    ...(rejectedVersion !== undefined && {
      rejectedVersion: { ...rejectedVersion, raw: `${baseUrl}${rawAddress(dataset.id, rejectedVersion.version)}` },
    }),
    links: dataset.distributions.map((each) => ({ distributionId: each.id, ...linkCheckOf(each, links) })),
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
