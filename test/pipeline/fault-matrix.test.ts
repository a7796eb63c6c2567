import { beforeAll, expect, test } from 'vitest';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { faultCells, playCell } from '../support/fault-matrix.ts';
import { realVocabulary } from './real-run.ts';

let vocabulary: Vocabulary;

beforeAll(async () => {
  vocabulary = await realVocabulary();
});

/**
 * A third of the cells, so that each side meets a third of the faults and each fault a third of the sides; all of them, at
 * several requests each, are `npm run bench -- faults`. The seed turns the pattern.
 */
const seed = 20_261_125;
const cells = faultCells();
const [sides, rows] = [[...new Set(cells.map(({ side }) => side))], [...new Set(cells.map(({ row }) => row))]];
const part = cells.filter(({ side, row }) => (sides.indexOf(side) + rows.indexOf(row) + seed) % 3 === 0);

test('the part has every side and every fault', () => {
  expect(new Set(part.map(({ side }) => side)).size).toBe(sides.length);
  expect(new Set(part.map(({ row }) => row)).size).toBe(rows.length);
});

test.each(part.map(({ side, row }, at) => [`${side.name} × ${row.name}`, { side, row, first: 1 + (at % 2) }] as const))(
  'op B1, B2: %s: right outcome, nothing deleted, counts add up',
  async (_, { side, row, first }) => {
    expect((await playCell(side, row, first, vocabulary)).faults).toEqual([]);
  },
);
