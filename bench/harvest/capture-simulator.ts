/**
 * The captures as portals, in a process of their own so that their memory and time are told apart; tells its parent the
 * endpoints, ends with it. Argument: which portals (`asia`, with the number of records, or `large`).
 */
import type {
  CkanPortal,
  DataGoKrPortal,
  DataGovMyPortal,
  DataGovTwPortal,
  OgdIndiaPortal,
  PortalRecord,
  SimulatedPortal,
} from '../../src/simulator/simulated-portal.ts';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { koreaPortal2022, tokyoPortal } from '../../test/support/capture-portals.ts';
import { indiaPortal, malaysiaCatalogue, malaysiaPublications } from '../../test/support/national-portals.ts';
import { centralJavaPortal, taiwanCityPortals, thailandPortal } from '../../test/support/restored-portals.ts';
import { largeCsvPortal, largeDataJsonPortal } from './large-portals.ts';
import type { ServedPortal } from './served-portals.ts';

type ListedPortal = Extract<SimulatedPortal, { readonly records: Iterable<PortalRecord> }>;
type CountedPortal = CkanPortal | DataGoKrPortal | DataGovMyPortal | DataGovTwPortal | OgdIndiaPortal;

const [which = 'asia', wanted = ''] = process.argv.slice(2);
const portals: readonly ListedPortal[] =
  which === 'large' ? [largeDataJsonPortal(), largeCsvPortal()] : firstOf(asia(), Number(wanted));
const simulator = await startSimulator({ portals });
process.on('disconnect', () => process.exit());
process.send?.(
  portals.map(
    (portal): ServedPortal => ({
      id: portal.id,
      protocol: portal.protocol,
      endpoint: simulator.urlOf(portal.id),
      home: `${simulator.origin}/${portal.id}/`,
      records: [...portal.records].length,
    }),
  ),
);

/** Issue B's set: seven countries, 166,193 records. The two long lists first: they take the longest. */
function asia(): readonly CountedPortal[] {
  const tokyo = tokyoPortal();
  return [
    indiaPortal(),
    koreaPortal2022(),
    { ...tokyo, records: tokyo.records.filter(({ bytes }) => bytes.length > 0) },
    ...taiwanCityPortals(),
    centralJavaPortal(),
    malaysiaPublications(),
    thailandPortal(),
    malaysiaCatalogue(),
  ];
}

/** Of each portal the same share, in its order. */
function firstOf(all: readonly CountedPortal[], records: number): readonly CountedPortal[] {
  const there = all.reduce((sum, portal) => sum + portal.records.length, 0);
  const share = Math.min(1, records / there);
  return all.map((portal) => ({
    ...portal,
    records: portal.records.slice(0, Math.ceil(portal.records.length * share)),
  }));
}
