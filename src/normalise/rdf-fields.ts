/** Properties that datasets and distributions in RDF share: licence, dates. Pure. */
import { isIri, type RdfTerm } from '../kit/rdf/triple.ts';
import type { Licence } from '../model/dataset.ts';
import type { PartialDate } from '../model/partial-date.ts';
import { dateField } from './date-field.ts';
import { licenceField, type WrittenLicence } from './licence-field.ts';
import type { Mapping } from './mapping.ts';
import { lastPart, predicates, type RdfRecord, writtenText } from './rdf-record.ts';

/** Pages about a licence, where a blank node names one. */
const pagePredicates = [
  ...['http://xmlns.com/foaf/0.1/homepage', 'http://schema.org/url', 'http://purl.org/dc/terms/source'],
  'http://www.w3.org/2000/01/rdf-schema#seeAlso',
];

/** The licence that a node names, or its rights where it names none; undefined for silence. */
export function licenceOfNode(record: RdfRecord, node: RdfTerm, path: string, mapping: Mapping): Licence | undefined {
  const named = record.all(node, predicates.licence);
  const terms = named.length > 0 ? named : record.all(node, predicates.rights).filter((term) => !isAccessRight(term));
  const written = terms.map((term) => writtenLicence(record, term)).filter((each) => Object.keys(each).length > 0);
  const known = written.map((each) => knownLicence(each, mapping)).filter((each) => each !== undefined);
  const chosen = known.find(({ openness }) => openness === 'not-open') ?? known[0];
  if (chosen !== undefined) return chosen;
  const [first] = written;
  return first === undefined ? undefined : licenceField(first, path, mapping);
}

/** Who may look is not what one may do (`…/access-right/PUBLIC`). */
function isAccessRight(term: RdfTerm): boolean {
  return term.kind !== 'blank' && /access-right\/|LimitationsOnPublicAccess/.test(term.value);
}

function writtenLicence(record: RdfRecord, term: RdfTerm): WrittenLicence {
  const isAddress = term.kind !== 'blank' && isIri(term.value.trim()) && /^\s*https?:/i.test(term.value);
  const labels = record.all(term, predicates.label).map(writtenText);
  const pages = record.all(term, pagePredicates).map(writtenText);
  const url = isAddress ? writtenText(term)?.trim() : pages[0];
  const title = labels[0] ?? (isAddress || term.kind !== 'literal' ? undefined : writtenText(term));
  const id = writtenText(record.all(term, predicates.identifier)[0]);
  return {
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
  };
}

/** By what is written, else by the last part of its address: `…/authority/licence/CC_BY_4_0`, `…/licenses/cc-zero`. */
function knownLicence(written: WrittenLicence, { vocabulary }: Mapping): Licence | undefined {
  const original = Object.fromEntries(Object.entries(written).filter(([, text]) => text !== undefined));
  const licence = vocabulary.licence(original);
  if (licence.id !== 'unknown') return licence;
  const { url } = written;
  const part =
    url === undefined
      ? undefined
      : lastPart(url)
          .replaceAll('_', '-')
          .replace(/(\d)-(\d)/, '$1.$2');
  const byPart = part === undefined ? undefined : vocabulary.licence({ id: part });
  return byPart === undefined || byPart.id === 'unknown' ? undefined : { ...byPart, original };
}

/** `first`: the earliest of several; `last`: the latest. */
export function dateOfNode(
  terms: readonly RdfTerm[],
  which: 'first' | 'last',
  path: string,
  { dates, log }: Mapping,
): PartialDate | undefined {
  const texts = terms.flatMap((term) => dateText(term) ?? []).toSorted();
  const text = which === 'first' ? texts[0] : texts.at(-1);
  return text === undefined ? undefined : dateField(text, path, dates, log);
}

/** data.go.id wrote dates as relative IRIs; an xsd:date may have a zone, which a day has no use for. */
export function dateText(term: RdfTerm): string | undefined {
  const text = writtenText(term);
  if (text === undefined || term.kind === 'literal')
    return text?.trim().replace(/^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$/, '$1');
  const part = lastPart(text);
  return /^\d{4}(?:-|$)/.test(part) ? part : undefined;
}
