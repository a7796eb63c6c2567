/**
 * Portals with nothing but pages: those that the sitemaps list, and the schema.org Datasets in their JSON-LD. `endpoint`
 * is a sitemap, a sitemap index, or robots.txt, which names them. Options of the source: `pageMatch`, the beginning of a
 * path (`/dataset/`) or a part of it: only such pages are read; and `mostPages`, for a look at a portal: so many, from all
 * over the list. What robots.txt closes is not asked for, unless the source says `robots: ignore`.
 *
 * Of an incremental run, pages whose sitemap dates them before its `since` are not read.
 *
 * A page that is gone, or answers without a Dataset, has none. One that cannot be read, or that robots.txt closes, may
 * have one: the run is then incomplete, and nothing disappears.
 */
import type { HarvestEnd, HarvestEvent } from '../../model/source-record.ts';
import type { AdapterRun } from '../adapter-run.ts';
import { latestInstantMs, mayHaveChangedSince } from '../changed-since.ts';
import { changesOnly } from '../changes-only.ts';
import type { Harvest } from '../harvest-contract.ts';
import { harvestListed, parseListCursor } from '../listed-records.ts';
import { type PageTally, showPage } from './page.ts';
import { fetchPageList, fetchRules, type PageList } from './page-list.ts';

export const harvestSchemaOrg: Harvest = async function* harvestSchemaOrg(source, from, effects, signal) {
  const run: AdapterRun = { source, effects, signal };
  const listing = await fetchPageList(run, await fetchRules(run));
  const tally: PageTally = { datasets: 0, without: 0, gone: 0 };
  const listed = new Set(listing.pages);
  const reading = { run, tally, isListed: (address: string) => listed.has(address) };
  const names = changedPages(listing, effects.since);
  const list = { noun: 'pages', names, isId: () => false, show: (url: string) => showPage(reading, url) };
  const since = names.length < listing.pages.length ? effects.since : undefined;
  const pages = harvestListed(run, list, parseListCursor(from));
  for await (const event of changesOnly(pages, () => since)) {
    yield event.kind === 'end'
      ? ended(event, { run, tally, listing, read: names.length, isWhole: from === undefined && since === undefined })
      : event;
  }
};

function changedPages({ pages, lastModified }: PageList, since: string | undefined): readonly string[] {
  return since === undefined ? pages : pages.filter((page) => mayHaveChangedSince(since, lastModified.get(page)));
}

interface Ending {
  readonly run: AdapterRun;
  readonly tally: PageTally;
  readonly listing: PageList;
  /** Pages that were to be read. */
  readonly read: number;
  /** All pages were read in this call, so that the tally tells of all. */
  readonly isWhole: boolean;
}

/** The number of pages is no claim about the number of records. */
function ended({ claimedTotal, ...end }: HarvestEnd, { run, tally, listing, read, isWhole }: Ending): HarvestEvent {
  const { pages, holes } = listing;
  const { id } = run.source;
  run.effects.log(
    `${id}: ${pages.length} pages listed, ${read} to be read: ${tally.datasets} datasets in them, ${tally.without} without one, ${tally.gone} gone`,
  );
  // A portal whose pages all lost their descriptions at once has changed its software, not withdrawn its data.
  const isBare = isWhole && pages.length > 0 && tally.datasets === 0;
  const bare = `${id}: none of ${pages.length} pages describes a schema.org Dataset; expected some to`;
  const why = [end.why, ...(isBare ? [bare] : []), ...holes].filter((each) => each !== undefined);
  if (why.length > 0) return { kind: 'end', complete: false, why: why.join('; ') };
  return end.complete ? { ...end, decidedBy: decidingSitemaps(run, listing) } : end;
}

/** Sitemaps tell whether pages changed when the operator trusts their dates and each page has one. */
function decidingSitemaps({ source }: AdapterRun, { pages, lastModified, sitemaps }: PageList): readonly string[] {
  const isTrusted = source.harvest?.incremental === true;
  const areDated = pages.every((page) => latestInstantMs(lastModified.get(page) ?? '') !== undefined);
  return isTrusted && areDated ? sitemaps : [];
}
