/**
 * data.gov.sg, public API v2. `endpoint` is `…/v2/public/api/datasets`, or `…/collections`. Options of the source:
 * `listing` (`datasets`, the default; `collections`: series of datasets, about a third as many) and `metadata` (`true`:
 * each dataset is asked for at `datasets/{id}/metadata`, which adds contacts, size and columns to what the list says; in an
 * incremental run only those whose `lastUpdatedAt` in the list is not before its `since`).
 */
import { tokenValue, topLevelTokens } from '../../kit/json-tokens.ts';
import type { SourceRecord } from '../../model/source-record.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { addressPart } from '../address-part.ts';
import { fetchJson } from '../fetch-json.ts';
import type { Harvest } from '../harvest-contract.ts';
import { readJsonRecord } from '../json-record.ts';
import { harvestDetails } from '../listed-details.ts';
import { type Shown, shownFault } from '../listed-records.ts';
import { harvestPages, parsePageCursor } from '../paged-list.ts';
import { collection, dataset, envelope, numberedPages } from './pages.ts';

export const harvestDataGovSg: Harvest = (source, from, effects, signal) => {
  const run = { source, effects, signal };
  if (source.options['listing'] === 'collections') {
    return harvestPages(run, numberedPages(run, collection), parsePageCursor(from));
  }
  const pages = numberedPages(run, dataset);
  if (source.options['metadata'] !== true) return harvestPages(run, pages, parsePageCursor(from));
  const listing = harvestPages(run, pages, undefined);
  return harvestDetails(run, listing, { noun: 'datasets', show: (id) => show(run, id), changedAt: lastUpdated }, from);
};

function lastUpdated({ raw }: SourceRecord): string | undefined {
  const value = tokenValue(topLevelTokens(raw, ['lastUpdatedAt']).get('lastUpdatedAt'));
  return typeof value === 'string' ? value : undefined;
}

async function show(run: AdapterRun, id: string): Promise<Shown> {
  const { source } = run;
  const url = `${source.endpoint}/${addressPart(id)}/metadata`;
  const fetched = await fetchJson(run, url, { path: 'data', ...envelope, scalars: ['code'] });
  const { answer, fetchedAt } = fetched;
  const slices = answer.kind === 'ok' ? answer.slices : [];
  const [raw] = slices.flatMap((slice) => (slice.kind === 'element' ? [slice.bytes] : []));
  if (raw === undefined) return shownFault(`${source.id}: ${url}`, id, fetched);
  return { event: readJsonRecord(raw, { sourceId: source.id, url, fetchedAt, listedAs: id, ...dataset }).event };
}
