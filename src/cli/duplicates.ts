/** `sampan duplicates`: which records are one dataset, and why; with `--rebuild` it is worked out anew. */
import type { CopyGroup } from '../model/dataset.ts';
import type { CatalogueReader } from '../store/catalogue-reader.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { getRecord } from './named-record.ts';
import { openReadHome, openWriteHome } from './open-home.ts';
import { wholeNumber } from './settings.ts';
import { type Column, formatTable } from './table.ts';
import { updateGroups } from './update-groups.ts';
import { updateIndexAtOnce } from './update-index.ts';

interface DuplicatesOptions {
  readonly rebuild?: boolean;
  readonly group?: string;
  readonly limit: string;
  readonly index: boolean;
  readonly json?: boolean;
}

export async function duplicates(context: CliContext, options: DuplicatesOptions): Promise<void> {
  if (options.rebuild === true) return rebuild(context, options);
  const home = await openReadHome(context);
  try {
    if (options.group !== undefined) await showGroup(context, home.catalogue, options.group, options.json === true);
    else await listGroups(context, home.catalogue, options);
  } finally {
    await home.close();
  }
}

async function rebuild(context: CliContext, options: DuplicatesOptions): Promise<void> {
  const home = await openWriteHome(context);
  try {
    const report = await updateGroups(context, home, { rebuild: true });
    const { groups, copies } = await home.catalogue.copyFigures();
    const { datasets } = await home.catalogue.totals();
    const figures = { records: datasets, datasets: datasets - copies, groups, copies, ...changeOf(report) };
    context.out(options.json === true ? JSON.stringify(figures) : figuresForPeople(figures));
    if (options.index) await updateIndexAtOnce(context, home);
  } finally {
    await home.close();
  }
}

function changeOf(report: { readonly changed: number; readonly proposals: number } | undefined) {
  return { changed: report?.changed ?? 0, proposals: report?.proposals ?? 0 };
}

type Figures = ReturnType<typeof changeOf> & {
  readonly records: number;
  readonly datasets: number;
  readonly groups: number;
  readonly copies: number;
};

function figuresForPeople(figures: Figures): string {
  const { records, datasets, groups, copies, proposals } = figures;
  const [r, d, g, c, p] = [records, datasets, groups, copies, proposals].map((n) => n.toLocaleString('en'));
  return `${r} records are ${d} datasets: ${g} stand at several portals or twice at one, ${c} copies; ${p} pairs more were too weak`;
}

/** A group with what people want to see of its copies. */
interface ListedGroup extends Omit<CopyGroup, 'members'> {
  readonly members: readonly (CopyGroup['members'][number] & { readonly nativeId: string; readonly title: string })[];
}

async function withTitles(catalogue: CatalogueReader, groups: readonly CopyGroup[]): Promise<readonly ListedGroup[]> {
  const records = await catalogue.records(groups.flatMap(({ members }) => members.map(({ id }) => id)));
  return groups.map((group) => ({
    ...group,
    members: group.members.map((member) => {
      const dataset = records.get(member.id)?.dataset;
      return { ...member, nativeId: dataset?.nativeId ?? '', title: dataset?.title[0]?.text ?? '' };
    }),
  }));
}

async function showGroup(context: CliContext, catalogue: CatalogueReader, id: string, json: boolean): Promise<void> {
  const { group } = await getRecord(catalogue, 'duplicates', id);
  if (group === undefined) {
    throw new CliError(
      'failed',
      `duplicates: "${id}" has no copies; expected a dataset that \`sampan duplicates\` lists`,
    );
  }
  const [listed] = await withTitles(catalogue, [group]);
  if (listed === undefined) return;
  context.out(json ? JSON.stringify(listed) : formatTable(memberColumns, listed.members));
}

async function listGroups(context: CliContext, catalogue: CatalogueReader, options: DuplicatesOptions): Promise<void> {
  const limit = wholeNumber('duplicates --limit', options.limit, 1_000_000);
  const rows: ListedGroup[] = [];
  for (let after = '', left = limit; left > 0; ) {
    const page = await withTitles(catalogue, await catalogue.copyGroups(after, Math.min(left, 500)));
    const last = page.at(-1);
    if (last === undefined) break;
    for (const group of page) {
      if (options.json === true) context.out(JSON.stringify(group));
      else rows.push(group);
    }
    after = last.id;
    left -= page.length;
  }
  if (options.json === true) return;
  const { groups } = await catalogue.copyFigures();
  context.out(rows.length === 0 ? 'No copies are known.' : formatTable(groupColumns, rows));
  if (groups > rows.length) context.out(`${rows.length} of ${groups.toLocaleString('en')}; --limit shows more`);
}

const groupColumns: readonly Column<ListedGroup>[] = [
  { title: 'group', value: (row) => row.id },
  { title: 'sure', value: (row) => (row.by === 'person' ? 'decided' : row.confidence.toFixed(2)), align: 'right' },
  { title: 'title', value: (row) => row.members[0]?.title ?? '', maxWidth: 50 },
  {
    title: 'portals, the authoritative one first',
    value: (row) => row.members.map(({ sourceId }) => sourceId).join(', '),
  },
];

const memberColumns: readonly Column<ListedGroup['members'][number]>[] = [
  { title: 'dataset', value: (row) => row.id },
  { title: 'portal', value: (row) => row.sourceId },
  { title: 'native id', value: (row) => row.nativeId, maxWidth: 40 },
  { title: 'title', value: (row) => row.title, maxWidth: 50 },
  { title: 'because', value: (row) => row.evidence.join(', ') },
];
