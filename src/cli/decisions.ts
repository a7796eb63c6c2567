/** `sampan decisions`: all that people decided, in the order they did. */
import type { CatalogueReader, LoggedDecision } from '../store/catalogue-reader.ts';
import type { CliContext } from './cli-context.ts';
import { openReadHome } from './open-home.ts';
import { type Column, formatTable } from './table.ts';

const pageSize = 1_000;

export async function listDecisions(context: CliContext, options: { readonly json?: boolean }): Promise<void> {
  const home = await openReadHome(context);
  try {
    if (options.json === true) {
      for await (const decision of allDecisions(home.catalogue)) context.out(JSON.stringify(decision));
      return;
    }
    const rows: LoggedDecision[] = [];
    for await (const decision of allDecisions(home.catalogue)) rows.push(decision);
    context.out(rows.length === 0 ? 'No decision yet. `sampan decide` makes one.' : formatTable(columns, rows));
  } finally {
    await home.close();
  }
}

async function* allDecisions(catalogue: CatalogueReader): AsyncGenerator<LoggedDecision> {
  for (let after = 0; ; ) {
    const page = await catalogue.decisionLog(after, pageSize);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}

const columns: readonly Column<LoggedDecision>[] = [
  { title: 'no', value: (row) => String(row.number), align: 'right' },
  { title: 'decided', value: (row) => row.decidedAt.slice(0, 16).replace('T', ' ') },
  { title: 'kind', value: (row) => row.kind },
  { title: 'dataset', value: (row) => row.datasetId },
  {
    title: 'value',
    value: (row) => (typeof row.value === 'string' ? row.value : JSON.stringify(row.value)),
    maxWidth: 50,
  },
  { title: 'by', value: (row) => row.by, maxWidth: 24 },
  { title: 'why', value: (row) => row.why },
];
