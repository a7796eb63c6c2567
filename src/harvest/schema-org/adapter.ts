/**
 * Portals with nothing but pages: those that the sitemaps list, and the schema.org Datasets in their JSON-LD. `endpoint`
 * is a sitemap, a sitemap index, or robots.txt, which names them. Options of the source: `pageMatch`, the beginning of a
 * path (`/dataset/`) or a part of it: only such pages are read; and `mostPages`, for a look at a portal: so many, from all
 * over the list. What robots.txt closes is not asked for, unless the source says `robots: ignore`.
 *
 * A page that is gone, or answers without a Dataset, has none. One that cannot be read, or that robots.txt closes, may
 * have one: the run is then incomplete, and nothing disappears.
 */
import type { HarvestEvent } from '../../model/source-record.ts';
import type { AdapterRun } from '../adapter-run.ts';
import type { Harvest } from '../harvest-contract.ts';
import { harvestListed, parseListCursor } from '../listed-records.ts';
import { type PageTally, showPage } from './page.ts';
import { fetchPageList, fetchRules } from './page-list.ts';

export const harvestSchemaOrg: Harvest = async function* harvestSchemaOrg(source, from, effects, signal) {
  const run: AdapterRun = { source, effects, signal };
  const { pages, holes } = await fetchPageList(run, await fetchRules(run));
  const tally: PageTally = { datasets: 0, without: 0, gone: 0 };
  const listed = new Set(pages);
  const reading = { run, tally, isListed: (address: string) => listed.has(address) };
  const list = { noun: 'pages', names: pages, isId: () => false, show: (url: string) => showPage(reading, url) };
  for await (const event of harvestListed(run, list, parseListCursor(from))) {
    yield event.kind === 'end'
      ? ended(event, { run, tally, holes, pages: pages.length, isWhole: from === undefined })
      : event;
  }
};

interface Ending {
  readonly run: AdapterRun;
  readonly tally: PageTally;
  readonly holes: readonly string[];
  readonly pages: number;
  /** All pages were read in this call, so that the tally tells of all. */
  readonly isWhole: boolean;
}

/** The number of pages is no claim about the number of records. */
function ended(end: Extract<HarvestEvent, { kind: 'end' }>, ending: Ending): HarvestEvent {
  const { run, tally, holes, pages, isWhole } = ending;
  const { id } = run.source;
  run.effects.log(
    `${id}: ${pages} pages listed: ${tally.datasets} datasets in those read, ${tally.without} without one, ${tally.gone} gone`,
  );
  // A portal whose pages all lost their descriptions at once has changed its software, not withdrawn its data.
  const isBare = isWhole && pages > 0 && tally.datasets === 0;
  const bare = `${id}: none of ${pages} pages describes a schema.org Dataset; expected some to`;
  const why = [end.why, ...(isBare ? [bare] : []), ...holes].filter((each) => each !== undefined);
  return why.length === 0
    ? { kind: 'end', complete: end.complete }
    : { kind: 'end', complete: false, why: why.join('; ') };
}
