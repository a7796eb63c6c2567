/** The other records of a dataset as the API names them. */
import type { CopyMember } from '../../model/dataset.ts';
import { datasetApiAddress, permanentAddress } from '../addresses.ts';

interface Group {
  readonly id: string;
  readonly members: readonly Pick<CopyMember, 'id' | 'sourceId'>[];
}

/** Of a dataset without copies: none. */
export function otherCopies(baseUrl: string, datasetId: string, group: Group | undefined) {
  const others = (group?.members ?? []).filter(({ id }) => id !== datasetId);
  return others.map(({ id, sourceId }) => ({
    id,
    sourceId,
    authoritative: id === group?.id,
    permanentAddress: `${baseUrl}${permanentAddress(id)}`,
    dataset: `${baseUrl}${datasetApiAddress(id)}`,
  }));
}
