/**
 * Four fifths to learn from, one fifth to be tested with, country by country: by publisher, and by folded title where none is
 * named. Titles that differ only in digits are one series: it counts once and stands on one side, with its first record.
 */
import { quickHash } from '../../src/kit/quick-hash.ts';
import type { LabelledRecord } from './labelled-records.ts';

export const splitSeed = 20_261_125;

/** Share of a country's series that is kept for the test. */
const testShare = 0.2;

/** A publisher that would take the test so far over its share is learnt from. */
const tolerance = 1.25;

export interface Split {
  readonly train: readonly LabelledRecord[];
  readonly test: readonly LabelledRecord[];
}

export function splitRecords(records: readonly LabelledRecord[]): Split {
  const byCountry = groupBy([...firstOfSeries(records).values()], ({ dataset }) => dataset.country);
  const sides = [...byCountry.values()].map(splitCountry);
  return { train: sides.flatMap(({ train }) => train), test: sides.flatMap(({ test }) => test) };
}

function splitCountry(records: readonly LabelledRecord[]): Split {
  const groups = groupBy(records, (record) => record.publisher ?? seriesKey(record));
  const drawn = [...groups].sort(([a], [b]) => quickHash(`${splitSeed} ${a}`) - quickHash(`${splitSeed} ${b}`));
  const wanted = records.length * testShare;
  const train: LabelledRecord[] = [];
  const test: LabelledRecord[] = [];
  for (const [, group] of drawn) {
    const fits = test.length < wanted && test.length + group.length <= wanted * tolerance;
    (fits ? test : train).push(...group);
  }
  return { train, test };
}

function firstOfSeries(records: readonly LabelledRecord[]): ReadonlyMap<string, LabelledRecord> {
  const first = new Map<string, LabelledRecord>();
  for (const record of records) {
    const key = seriesKey(record);
    if (!first.has(key)) first.set(key, record);
  }
  return first;
}

function seriesKey({ dataset }: LabelledRecord): string {
  return `${dataset.country} ${titleKey(dataset.title[0]?.text ?? dataset.nativeId)}`;
}

/** A title without what differs within a series: digits, case, spaces. */
export function titleKey(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Nd}+/gu, '0')
    .replace(/\s+/gu, ' ')
    .trim();
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
