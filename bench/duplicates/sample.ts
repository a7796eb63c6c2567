/** Groups drawn by a seed, each with what a reader needs to judge it. */
import type { CatalogueRecord, CopyGroup } from '../../src/model/dataset.ts';
import type { CatalogueReader } from '../../src/store/catalogue-reader.ts';
import { seededRandom } from '../harvest/seeded-random.ts';

export interface DrawnGroup {
  readonly group: CopyGroup;
  readonly records: readonly CatalogueRecord[];
}

/** All groups in the order of their ids, shuffled by the seed (Fisher–Yates), the first `count` taken. */
export async function drawnGroups(store: CatalogueReader, count: number, seed: number): Promise<readonly DrawnGroup[]> {
  const groups: CopyGroup[] = [];
  for (let after = ''; ; ) {
    const page = await store.copyGroups(after, 1_000);
    const last = page.at(-1);
    if (last === undefined) break;
    groups.push(...page);
    after = last.id;
  }
  const random = seededRandom(seed);
  for (let i = groups.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [groups[i], groups[j]];
    if (a !== undefined && b !== undefined) [groups[i], groups[j]] = [b, a];
  }
  return Promise.all(
    groups.slice(0, count).map(async (group) => {
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
