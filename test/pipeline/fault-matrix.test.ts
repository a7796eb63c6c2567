import { beforeAll, expect, test } from 'vitest';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { faultCells, playCell } from '../support/fault-matrix.ts';
import { realVocabulary } from './real-run.ts';

/** Each cell once; `npm run bench -- faults` plays each with the fault on several requests. */
let vocabulary: Vocabulary;

beforeAll(async () => {
  vocabulary = await realVocabulary();
});

test.each(
  faultCells().map(({ side, row }, at) => [`${side.name} × ${row.name}`, { side, row, first: 1 + (at % 2) }] as const),
)('op B1, B2: %s: right outcome, nothing deleted, counts add up', async (_, { side, row, first }) => {
  expect((await playCell(side, row, first, vocabulary)).faults).toEqual([]);
});
