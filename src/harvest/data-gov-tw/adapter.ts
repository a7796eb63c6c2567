/**
 * data.gov.tw: the bulk export of the whole catalogue as CSV (`/api/front/dataset/export?format=csv`, served as
 * text/html with a BOM). Option of the source: `details` (address that a dataset's id is put behind, such as
 * `https://data.gov.tw/api/v2/rest/dataset/`): each dataset is then asked for by the id that the export gives, and its
 * detail is the record; it names files one by one, which the export joins with semicolons.
 */
import type { AdapterRun } from '../adapter-run.ts';
import { addressPart } from '../address-part.ts';
import { harvestCsvList } from '../csv-list.ts';
import { fetchJson } from '../fetch-json.ts';
import type { Harvest } from '../harvest-contract.ts';
import { readJsonRecord } from '../json-record.ts';
import { harvestDetails } from '../listed-details.ts';
import { type Shown, shownFault } from '../listed-records.ts';
import { detailShape, errorMessage } from './answers.ts';

export const harvestDataGovTw: Harvest = (source, from, effects, signal) => {
  const run = { source, effects, signal };
  const { details } = source.options;
  const list = { form: 'data-gov-tw-row', key: '資料集識別碼', name: '資料集名稱', refusal: errorMessage } as const;
  if (typeof details !== 'string') return harvestCsvList(run, list, from);
  const listing = harvestCsvList(run, list, undefined);
  return harvestDetails(run, listing, { noun: 'datasets', show: (id) => show(run, details, id) }, from);
};

async function show(run: AdapterRun, details: string, id: string): Promise<Shown> {
  const url = `${details}${addressPart(id)}`;
  const fetched = await fetchJson(run, url, detailShape);
  const { answer, fetchedAt } = fetched;
  const slices = answer.kind === 'ok' ? answer.slices : [];
  const [raw] = slices.flatMap((slice) => (slice.kind === 'element' ? [slice.bytes] : []));
  const who = run.source.id;
  if (raw === undefined) return shownFault(`${who}: ${url}`, id, fetched);
  const kind = { form: 'data-gov-tw-detail', noun: 'dataset', idMember: 'datasetId' } as const;
  return { event: readJsonRecord(raw, { sourceId: who, url, fetchedAt, listedAs: id, ...kind }).event };
}
