/**
 * Contexts that catalogues name by address and that are never fetched: the terms of DCAT in the spelling of Project
 * Open Data (https://resources.data.gov/schemas/dcat-us/v1.1/) and of DCAT-AP, as one context. Other contexts are not
 * known; a document that needs one is refused with its address.
 */

/** What catalogues in Turtle use, some without declaring it. */
export const knownPrefixes = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  dcterms: 'http://purl.org/dc/terms/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcatap: 'http://data.europa.eu/r5r/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  geosparql: 'http://www.opengis.net/ont/geosparql#',
  healthdcatap: 'http://healthdataportal.eu/ns/health#',
  gsp: 'http://www.opengis.net/ont/geosparql#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  locn: 'http://www.w3.org/ns/locn#',
  odrl: 'http://www.w3.org/ns/odrl/2/',
  org: 'http://www.w3.org/ns/org#',
  owl: 'http://www.w3.org/2002/07/owl#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  schema: 'http://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  time: 'http://www.w3.org/2006/time#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const dcatTerms =
  'Catalog CatalogRecord DataService Dataset DatasetSeries Distribution accessService accessURL byteSize compressFormat contactPoint dataset distribution downloadURL endDate endpointDescription endpointURL inSeries keyword landingPage mediaType packageFormat record service startDate temporalResolution theme themeTaxonomy version';
const dctTerms =
  'Agent Location PeriodOfTime accessRights accrualPeriodicity alternative conformsTo created creator description format hasPart identifier isPartOf issued language license modified provenance publisher references relation rights source spatial temporal title type';
const linkTerms: ReadonlySet<string> = new Set([
  'accessService',
  'dataset',
  'distribution',
  'inSeries',
  'record',
  'service',
  'themeTaxonomy',
]);

function terms(prefix: string, names: string): readonly (readonly [string, unknown])[] {
  return names
    .split(' ')
    .map((name) => [name, linkTerms.has(name) ? { '@id': `${prefix}:${name}`, '@type': '@id' } : `${prefix}:${name}`]);
}

const dcatContext: Readonly<Record<string, unknown>> = {
  ...knownPrefixes,
  ...Object.fromEntries([...terms('dcat', dcatTerms), ...terms('dct', dctTerms)]),
  id: '@id',
  fn: 'vcard:fn',
  hasEmail: 'vcard:hasEmail',
  hasTelephone: 'vcard:hasTelephone',
  homepage: 'foaf:homepage',
  mbox: 'foaf:mbox',
  name: 'foaf:name',
  primaryTopic: 'foaf:primaryTopic',
  prefLabel: 'skos:prefLabel',
  notation: 'skos:notation',
  subOrganizationOf: 'org:subOrganizationOf',
  describedBy: { '@id': 'http://www.w3.org/2007/05/powder-s#describedby', '@type': '@id' },
};

/** The context at an address of Project Open Data, DCAT-US or DCAT-AP. */
export function knownContext(url: string): Readonly<Record<string, unknown>> | undefined {
  return /project-open-data|dcat/i.test(url) ? dcatContext : undefined;
}
