/** `docs/sources/unsupported.md`: the portals that are known and not harvested, each with the reason. Pure. */
import { countryFacts } from '../../src/registry/country-facts.ts';
import type { Unspoken } from './endpoint-of-record.ts';
import type { RegistryRecord } from './registry-record.ts';
import { cswGeoportals, type GeneratedSources, type UnspokenPortal } from './sources-of-registry.ts';

const headings: Readonly<Record<Unspoken['state'], string>> = {
  'no-adapter': 'An interface without an adapter here',
  'no-interface': 'No interface is known',
  gone: 'Gone',
};

export function unsupportedPage(records: readonly RegistryRecord[], generated: GeneratedSources): string {
  const { unspoken, doubled } = generated;
  const states = Object.keys(headings) as Unspoken['state'][];
  return [
    '# Portals that are known and not harvested',
    '<!-- Written by scripts/generate-sources.ts; changes by hand are lost. -->',
    `Open data portals of the registry ([commondataio/dataportals-registry](https://github.com/commondataio/dataportals-registry),
CC BY 4.0) for which \`sources/\` has no file, and why: ${unspoken.length} portals. None was tried live by us: "no interface is
known" means that the registry names none. \`sampan sources --add <url>\` looks for itself.`,
    ...states.flatMap((state) =>
      section(
        headings[state],
        unspoken.filter(({ why }) => why.state === state),
      ),
    ),
    '## Records of a catalogue that has a file',
    doubled.map(({ record, sourceId }) => `- ${link(record)} (${record.uid}): \`${sourceId}\``).join('\n'),
    '## Other catalogues',
    `The registry knows more catalogues of the twelve countries that are not open data portals (geoportals, repositories of
research, statistics). Those geoportals that it saw speaking CSW have files (${cswGeoportals(records).length}); the others,
counted here, are no sources yet: most speak ArcGIS, OGC or OAI-PMH, for which there is no adapter.`,
    otherCatalogues(records),
  ]
    .join('\n\n')
    .concat('\n');
}

function section(heading: string, portals: readonly UnspokenPortal[]): readonly string[] {
  if (portals.length === 0) return [];
  const rows = portals
    .toSorted((a, b) => compare(a.record.country + a.record.link, b.record.country + b.record.link))
    .map(({ record, why }) => `| ${record.country} | ${link(record)} | ${why.reason.replaceAll('|', '\\|')} |`);
  return [`## ${heading}`, ['| country | portal | reason |', '|---|---|---|', ...rows].join('\n')];
}

function otherCatalogues(records: readonly RegistryRecord[]): string {
  const spoken = new Set(cswGeoportals(records));
  const others = records.filter((record) => record.catalogType !== 'Open data portal' && !spoken.has(record));
  const types = [...new Set(others.map((record) => record.catalogType))].sort(compare);
  const countries = Object.keys(countryFacts).sort(compare);
  const count = (type: string, country: string): number =>
    others.filter((record) => record.catalogType === type && record.country === country).length;
  const rows = types.map(
    (type) => `| ${[cell(type), ...countries.map((each) => count(type, each) || '')].join(' | ')} |`,
  );
  return [`| | ${countries.join(' | ')} |`, `|---|${countries.map(() => '--:|').join('')}`, ...rows].join('\n');
}

function link({ name, link: address }: RegistryRecord): string {
  return `[${cell(name)}](<${address.replace(/[<>\s|]/g, encodeURIComponent)}>)`;
}

/** The registry's text as text of one table cell. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|]/g, '\\$&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
