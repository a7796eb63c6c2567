import { expect, test } from 'vitest';
import { saysTheSame } from '../../src/pipeline/canonical-record.ts';

const record = (views: string, title: string) => ({
  form: 'dcat-rdf-dataset' as const,
  raw: Buffer.from(
    `<https://h/d> <http://purl.org/dc/terms/title> "${title}" .\n<https://h/d> <https://h/ns#views> "${views}" .\n`,
  ),
});

test.each([['views'], ['https://h/ns#views']])('a volatile property %s makes no record in RDF another', (name) => {
  expect(saysTheSame(record('1', 'a'), record('2', 'a'), [name])).toBe(true);
  expect(saysTheSame(record('1', 'a'), record('2', 'b'), [name])).toBe(false);
  expect(saysTheSame(record('1', 'a'), record('2', 'a'), [])).toBe(false);
});
