/** What a source file says under `harvest`: how often a portal is asked, and for how much. Pure. */
import { type Cadence, datedProtocols, type Protocol } from '../model/source.ts';
import { duration, flag, integer, isMapping } from './field-readers.ts';
import { mistake, readFields, shown } from './read-fields.ts';

const cadenceFields = {
  every: duration(5 * 60_000, 366 * 86_400_000),
  priority: integer(0, 9),
  incremental: flag,
  conditional: flag,
  fullEvery: duration(3_600_000, 366 * 86_400_000),
  overlap: duration(0, 90 * 86_400_000),
};

export function readCadence(spec: unknown, protocol: Protocol, fileName: string): Cadence {
  if (!isMapping(spec)) throw mistake(fileName, `found harvest: ${shown(spec)}`, 'a mapping with every, priority …');
  const { every, fullEvery, overlap, ...rest } = readFields(spec, cadenceFields, fileName, 'harvest.');
  if (rest.incremental === true && !datedProtocols.includes(protocol)) {
    const found = `found harvest.incremental: true for ${protocol}, whose lists tell no dates`;
    throw mistake(fileName, found, `one of ${datedProtocols.join(', ')}`);
  }
  return {
    ...rest,
    ...(every !== undefined && { everyMs: every }),
    ...(fullEvery !== undefined && { fullEveryMs: fullEvery }),
    ...(overlap !== undefined && { overlapMs: overlap }),
  };
}
