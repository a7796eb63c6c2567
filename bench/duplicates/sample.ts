/** Groups drawn by a seed, each with what a reader needs to judge it. */

import { quickHash } from '../../src/kit/quick-hash.ts';
import type { CatalogueRecord, CopyGroup } from '../../src/model/dataset.ts';
import type { CatalogueReader } from '../../src/store/catalogue-reader.ts';

export interface DrawnGroup {
  readonly group: CopyGroup;
  readonly records: readonly CatalogueRecord[];
}

/**
 * Of each country its share of `count`: three quarters Taiwan, where the copies stand at two portals, one quarter Japan, where
 * a portal lists a dataset twice. Drawn are those whose hash with the seed is smallest, so that a group that comes or goes
 * changes the sample by one.
 */
export async function drawnGroups(store: CatalogueReader, count: number, seed: number): Promise<readonly DrawnGroup[]> {
  const groups: CopyGroup[] = [];
  for (let after = ''; ; ) {
    const page = await store.copyGroups(after, 1_000);
    const last = page.at(-1);
    if (last === undefined) break;
    groups.push(...page);
    after = last.id;
  }
  const drawn = [...groups].sort((a, b) => quickHash(`${seed} ${a.id}`) - quickHash(`${seed} ${b.id}`));
  const ofCountry = (prefix: string, share: number): readonly CopyGroup[] =>
    drawn.filter(({ members }) => members[0]?.sourceId.startsWith(prefix)).slice(0, Math.round(count * share));
  return Promise.all(
    [...ofCountry('tw-', 0.75), ...ofCountry('jp-', 0.25)].map(async (group) => {
      const found = await store.records(group.members.map(({ id }) => id));
      return { group, records: group.members.flatMap(({ id }) => found.get(id) ?? []) };
    }),
  );
}

/** One line a record: number of the group, source, native id, title, agency, first address, score. */
export function sampleTable(drawn: readonly DrawnGroup[]): string {
  const lines = drawn.flatMap(({ group, records }, index) =>
    records.map(({ dataset }) =>
      [
        index + 1,
        dataset.sourceId,
        dataset.nativeId,
        dataset.title[0]?.text ?? '',
        dataset.publisher?.name[0]?.text ?? '',
        dataset.distributions[0]?.url ?? '',
        dataset.distributions.length,
        group.confidence,
        dataset.description[0]?.text ?? '',
      ]
        .map((value) => cell(String(value)))
        .join(','),
    ),
  );
  return ['group,source,native id,title,agency,first address,addresses,confidence,description', ...lines].join('\n');
}

function cell(text: string): string {
  const line = text.replace(/\s+/gu, ' ').slice(0, 160);
  return /[",]/u.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
