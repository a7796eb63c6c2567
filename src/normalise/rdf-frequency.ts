/** dct:accrualPeriodicity in RDF → the text that the frequency table reads. Pure. */
import type { RdfTerm } from '../kit/rdf/triple.ts';
import { lastPart, predicates, type RdfRecord, writtenText } from './rdf-record.ts';

const time = 'http://www.w3.org/2006/time#';

/** Units of a time:DurationDescription as ISO 8601 has them (https://www.w3.org/TR/owl-time/). */
const units = [
  ...[
    ['years', 'Y'],
    ['months', 'M'],
    ['weeks', 'W'],
    ['days', 'D'],
  ],
] as const;

/** http://purl.org/linked-data/sdmx/2009/code#freq-A …: the codes of SDMX. */
const sdmx: Readonly<Record<string, string>> = {
  A: 'annual',
  S: 'semiannual',
  H: 'semiannual',
  T: 'three times a year',
  Q: 'quarterly',
  M: 'monthly',
  W: 'weekly',
  D: 'daily',
  B: 'daily',
  N: 'every minute',
};

/** A literal or the IRI as it is; of a node its label, or the length of its period. */
export function frequencyText(record: RdfRecord, term: RdfTerm): string | undefined {
  const duration = [term, ...record.all(term, predicates.value)].flatMap((node) => durationOf(record, node) ?? [])[0];
  if (duration !== undefined) return duration;
  const label =
    writtenText(record.all(term, predicates.label)[0]) ?? writtenText(record.all(term, predicates.value)[0]);
  if (label !== undefined) return label;
  const text = writtenText(term);
  if (text === undefined || !/^\s*https?:/i.test(text)) return text;
  const part = lastPart(text.trim());
  const code = /^freq-([A-Z])$/.exec(part)?.[1];
  if (code !== undefined) return sdmx[code] ?? text;
  // `threeTimesAYear` (http://purl.org/cld/freq/), `asNeeded` (INSPIRE): words in camel case.
  return /[a-z][A-Z]/.test(part) ? part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase() : text;
}

function durationOf(record: RdfRecord, node: RdfTerm): string | undefined {
  for (const [name, letter] of units) {
    const amount = Number(writtenText(record.all(node, [`${time}${name}`])[0]));
    if (Number.isInteger(amount) && amount > 0) return `R/P${amount}${letter}`;
  }
  return undefined;
}
