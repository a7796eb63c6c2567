/** dct:temporal → periods, dct:spatial → places. Pure. */
import type { RdfTerm } from '../kit/rdf/triple.ts';
import type { Place } from '../model/dataset.ts';
import type { Period } from '../model/partial-date.ts';
import type { Mapping } from './mapping.ts';
import { periodField, periodOf } from './period-field.ts';
import { placesOf } from './place-field.ts';
import { dateText } from './rdf-fields.ts';
import { predicates, type RdfRecord, writtenText } from './rdf-record.ts';
import { namesOf } from './rdf-text.ts';

const time = 'http://www.w3.org/2006/time#';
const instants = [
  ...['inXSDDate', 'inXSDDateTimeStamp', 'inXSDDateTime', 'inXSDgYearMonth', 'inXSDgYear'].map((name) => time + name),
];
const ends = {
  start: [
    ...['http://www.w3.org/ns/dcat#startDate', 'http://schema.org/startDate', 'https://schema.org/startDate'],
    ...[`${time}hasBeginning`, 'http://purl.org/dc/terms/start'],
  ],
  end: [
    ...['http://www.w3.org/ns/dcat#endDate', 'http://schema.org/endDate', 'https://schema.org/endDate'],
    ...[`${time}hasEnd`, 'http://purl.org/dc/terms/end'],
  ],
} as const;

export function periodsFromRdf(record: RdfRecord, mapping: Mapping): readonly Period[] {
  const terms = record.all(record.root, ['http://purl.org/dc/terms/temporal', 'http://schema.org/temporalCoverage']);
  return terms.flatMap((term) => periodFrom(record, term, mapping) ?? []);
}

function periodFrom(record: RdfRecord, term: RdfTerm, mapping: Mapping): Period | undefined {
  const start = endText(record, term, ends.start);
  const end = endText(record, term, ends.end);
  if (start !== undefined || end !== undefined) return periodOf(start, end, mapping.dates);
  const text = writtenText(term) ?? writtenText(record.all(term, [...predicates.label, ...predicates.value])[0]);
  if (text === undefined) return undefined;
  // DCMI Period: `start=2000-01-27; end=2000-02-02; scheme=W3C-DTF`.
  const part = (name: string) => new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;]+)`, 'i').exec(text)?.[1]?.trim();
  const coded = periodOf(part('start'), part('end'), mapping.dates);
  return coded === undefined ? periodField(text, mapping.dates) : { ...coded, original: text };
}

/** The date itself, or that of an instant of the Time Ontology. */
function endText(record: RdfRecord, term: RdfTerm, names: readonly string[]): string | undefined {
  const [end] = record.all(term, names);
  if (end === undefined) return undefined;
  const [instant] = record.all(end, instants);
  return instant === undefined ? dateText(end) : dateText(instant);
}

const geo = 'http://www.opengis.net/ont/geosparql#';
const boxes = [
  ...['http://www.w3.org/ns/dcat#bbox', 'http://www.w3.org/ns/locn#geometry', `${geo}asWKT`, `${geo}asGeoJSON`],
  ...[
    `${geo}asGML`,
    'http://www.opengis.net/rdf#asWKT',
    'http://www.w3.org/ns/dcat#centroid',
    'http://schema.org/box',
    'http://www.georss.org/georss/box',
  ],
];
const geometries = [`${geo}hasGeometry`, 'http://www.w3.org/ns/locn#geometry', 'http://schema.org/geo'];

export function placesFromRdf(record: RdfRecord, mapping: Mapping): readonly Place[] {
  const terms = record.all(record.root, ['http://purl.org/dc/terms/spatial', 'http://schema.org/spatialCoverage']);
  return terms.flatMap((term) => placeFrom(record, term, mapping));
}

function placeFrom(record: RdfRecord, term: RdfTerm, mapping: Mapping): readonly Place[] {
  if (term.kind === 'literal') return placesOf(term.value, 'spatial', mapping);
  const bbox = shapesOf(record, term)
    .map((text) => placesOf(text, 'spatial', mapping)[0]?.bbox)
    .find((box) => box !== undefined);
  const isNamed = record.isDescribed(term);
  const code = term.kind === 'iri' ? /authority\/country\/([A-Z]{3})$/.exec(term.value)?.[1] : undefined;
  const isNumber = term.kind === 'iri' && /(?:sws\.)?geonames\.org\/\d+/.test(term.value);
  const name =
    isNumber && !isNamed
      ? [{ text: term.value, lang: 'und' }]
      : isNamed || bbox === undefined
        ? namesOf(record, term, 'spatial', mapping)
        : [];
  if (name.length === 0 && bbox === undefined) return [];
  return [{ name, ...(code === undefined ? {} : { code }), ...(bbox === undefined ? {} : { bbox }) }];
}

/** Texts of shapes, those of a geometry node too; of two notations of one shape the shorter says the same. */
function shapesOf(record: RdfRecord, term: RdfTerm): readonly string[] {
  const inner = record.all(term, geometries).flatMap((each) => (each.kind === 'literal' ? [] : [each]));
  const found = [term, ...inner].flatMap((node) => boxes.flatMap((name) => record.all(node, [name])));
  return [...new Set(found.flatMap((each) => (each.kind === 'literal' ? [each.value] : [])))];
}
