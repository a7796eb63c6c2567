/** The captures as portals in a process of their own; tells its parent the endpoints, ends with it. */
import { readdirSync, readFileSync } from 'node:fs';
import type { DcatUsPortal, PortalRecord } from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { koreaPortal2022, tokyoPortal } from '../../test/support/capture-portals.ts';
import { capture } from '../../test/support/captures.ts';

/** All datasets of the DCAT-US 1.1 and DKAN files, each identifier once. */
function dcatUsPortal(): DcatUsPortal {
  const records = new Map<string, PortalRecord>();
  for (const path of readdirSync(capture('data', 'kinds', 'dcat-us'), { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.json')) continue;
    for (const dataset of datasetsOf(readFileSync(capture('data', 'kinds', 'dcat-us', path), 'utf8'))) {
      const id = String(dataset['identifier'] ?? '');
      if (id !== '') records.set(id, { id, bytes: Buffer.from(JSON.stringify(dataset)) });
    }
  }
  return { id: 'us-dcat-us-fixtures', protocol: 'dcat-us', records: [...records.values()] };
}

function datasetsOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const catalogue: unknown = JSON.parse(text);
    return typeof catalogue === 'object' &&
      catalogue !== null &&
      'dataset' in catalogue &&
      Array.isArray(catalogue.dataset)
      ? catalogue.dataset.filter((each) => typeof each === 'object' && each !== null)
      : [];
  } catch {
    // Some fixtures are broken on purpose.
    return [];
  }
}

const tokyo = tokyoPortal();
const portals = [
  { ...tokyo, records: tokyo.records.filter(({ bytes }) => bytes.length > 0) },
  koreaPortal2022(),
  dcatUsPortal(),
];
const simulator = await startSimulator({ portals });
process.on('disconnect', () => process.exit());
process.send?.(
  portals.map(({ id, protocol, records }) => ({
    id,
    protocol,
    endpoint: simulator.urlOf(id),
    records: [...records].length,
  })),
);
