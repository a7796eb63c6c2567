/** The portals that need attention as an Atom feed (RFC 4287): one entry for the newest failing run of each. Pure. */
import { escapeXml } from '../../kit/xml-escape.ts';
import type { HarvestRun } from '../../model/harvest-run.ts';
import type { Source } from '../../model/source.ts';
import type { SourceSummary } from '../../store/catalogue-reader.ts';
import { failuresFeedPath, sourceAddress, statusAddress } from '../addresses.ts';
import { listedSources } from '../listed-sources.ts';
import type { PageContext } from '../page-context.ts';
import { failingSources, type SourceStatus } from '../source-status.ts';

export const atomMediaType = 'application/atom+xml; charset=utf-8';

/** As new as the newest run of any source: a harvest that went well may have taken an entry away. */
export function failuresFeed(
  page: PageContext,
  sources: readonly Source[],
  summaries: ReadonlyMap<string, SourceSummary>,
): string {
  const { baseUrl, lang, texts } = page;
  const updated = [...summaries.values()]
    .flatMap(({ recentRuns }) => recentRuns.map(endOf))
    .sort()
    .at(-1);
  const entries = failingSources(listedSources(sources, summaries)).flatMap((status) =>
    status.health.run === undefined ? [] : [{ status, run: status.health.run }],
  );
  const newestFirst = entries.sort((a, b) => b.run.id - a.run.id);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">
  <id>${escapeXml(`${baseUrl}${failuresFeedPath}`)}</id>
  <title>${escapeXml(texts.status.feedTitle)}</title>
  <subtitle>${escapeXml(texts.status.lead)}</subtitle>
  <updated>${updated ?? '1970-01-01T00:00:00.000Z'}</updated>
  <author><name>${escapeXml(texts.siteName)}</name></author>
  <link rel="self" type="application/atom+xml" href="${escapeXml(`${baseUrl}${failuresFeedPath}`)}"/>
  <link rel="alternate" type="text/html" href="${escapeXml(`${baseUrl}${statusAddress(lang, {})}`)}"/>
${newestFirst.map((each) => entry(page, each.status, each.run)).join('')}</feed>
`;
}

function entry(page: PageContext, { id, country, health }: SourceStatus, run: HarvestRun): string {
  const { texts, names, baseUrl, lang } = page;
  const { meaning, action } = texts.status.advice[health.state];
  const title = `${names.source(id).text}: ${texts.status.states[health.state]}`;
  const content = [meaning, run.why, `${texts.status.whatToDo}: ${action}`].filter((each) => each !== undefined);
  const terms = [health.state, ...(country === undefined ? [] : [country])];
  return `  <entry>
    <id>${escapeXml(runTag(baseUrl, run))}</id>
    <title>${escapeXml(title)}</title>
    <updated>${endOf(run)}</updated>
    <published>${endOf(run)}</published>
    <link rel="alternate" type="text/html" href="${escapeXml(`${baseUrl}${sourceAddress(lang, id)}`)}"/>
${terms.map((term) => `    <category term="${escapeXml(term)}"/>\n`).join('')}    <content type="text">${escapeXml(content.join('\n'))}</content>
  </entry>
`;
}

/** RFC 4151: stays the same for one run, whatever is later found out about it. */
function runTag(baseUrl: string, run: HarvestRun): string {
  return `tag:${new URL(baseUrl).hostname},2026:${encodeURIComponent(run.sourceId)}/runs/${run.id}`;
}

function endOf(run: HarvestRun): string {
  return run.endedAt ?? run.startedAt;
}
