/** The dataset that an argument names. */
import type { CatalogueRecord } from '../model/dataset.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import { CliError } from './cli-error.ts';

/** By permanent id, or `source-id/native-id`; tombstones too. `command` is named when there is none. */
export async function getRecord(catalogue: CatalogueReader, command: string, id: string): Promise<CatalogueRecord> {
  const slash = id.indexOf('/');
  const permanent = slash < 0 ? id : await catalogue.datasetId(id.slice(0, slash), id.slice(slash + 1));
  const record = permanent === undefined ? undefined : (await catalogue.records([permanent])).get(permanent);
  if (record === undefined) {
    throw new CliError(
      'failed',
      `${command}: no dataset "${id}" in the store; expected a permanent id or source-id/native-id (see \`sampan search\`)`,
    );
  }
  return record;
}
