/**
 * How many random cases a property test runs: a seeded sample in `npm test`, many more in `npm run bench -- fuzz`, which
 * sets `SAMPAN_RANDOM_FACTOR` and a new seed. The seed is printed by fast-check when a case fails.
 */
const factor = Number(process.env['SAMPAN_RANDOM_FACTOR'] ?? '1');
const seed = Number(process.env['SAMPAN_RANDOM_SEED'] ?? '20261125');

export function randomRuns(sample: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: Math.max(1, Math.round(sample * factor)), seed };
}
