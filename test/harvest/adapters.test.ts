import { afterEach, describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start-simulator.ts';
import { adapterCases, sampleRecords } from './adapter-cases.ts';
import { collect } from './collect.ts';
import { protocolSides } from './protocol-sides.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

describe.each(protocolSides.map((side) => [side.name, side] as const))('%s', (_, side) => {
  for (const each of adapterCases) {
    const reason = side.skips[each.key];
    test.skipIf(reason !== undefined)(
      reason === undefined ? each.title : `${each.title} (not here: ${reason})`,
      async () => {
        const records = each.records?.(side) ?? sampleRecords(side);
        const simulator = await startSimulator({
          portals: [side.portal(records, each.portal)],
          faults: each.faults?.(side) ?? [],
        });
        open.push(simulator);
        const run = (options = {}) => collect(side.source(simulator), options);
        await each.check({ side, records, simulator, run });
      },
    );
  }

  test('names only cases that exist in its skips', () => {
    const keys = adapterCases.map(({ key }) => key);
    expect(Object.keys(side.skips).filter((key) => !keys.includes(key))).toEqual([]);
  });
});
