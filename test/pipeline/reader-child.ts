/** A process that reads a store without rest, as `serve` would: `reader-child.ts <home>`. Ends with its standard input. */
import { setImmediate as turn } from 'node:timers/promises';
import { openCatalogueReader } from '../../src/store/open-catalogue-store.ts';

const reader = await openCatalogueReader(process.argv[2] ?? '');
let open = true;
process.stdin.once('end', () => {
  open = false;
});
process.stdin.resume();
process.stdout.write('begin\n');
let pages = 0;
while (open) {
  const totals = await reader.totals();
  const page = await reader.changesSince(Math.floor(totals.datasets / 2), 100);
  await reader.records(page.map((change) => change.datasetId));
  await reader.newest(20);
  await reader.sourceSummaries();
  pages += 1;
  if (pages % 10 === 0) await turn();
}
await reader.close();
process.stdout.write(`${pages}\n`);
