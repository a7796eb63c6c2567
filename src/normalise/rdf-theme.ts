/** dcat:theme → the portal's categories, and themes through its map or the EU data themes (design §3). Pure. */
import type { RdfTerm } from '../kit/rdf/triple.ts';
import type { Fact } from '../model/fact.ts';
import type { ThemeId } from '../model/theme.ts';
import { themesOf } from './category-themes.ts';
import type { Mapping } from './mapping.ts';
import { lastPart, type RdfRecord } from './rdf-record.ts';
import { namesOf } from './rdf-text.ts';

/** http://publications.europa.eu/resource/authority/data-theme, each with the theme that it stands for here. */
const euThemes: Readonly<Record<string, ThemeId>> = {
  AGRI: 'agriculture-food',
  ECON: 'finance-economy',
  EDUC: 'education-culture',
  ENER: 'energy-resources',
  ENVI: 'environment-climate',
  GOVE: 'public-services',
  HEAL: 'health-care',
  JUST: 'public-services',
  REGI: 'land-cities',
  SOCI: 'society-population',
  TECH: 'science-digital',
  TRAN: 'transport',
};

interface Categories {
  readonly categories: readonly string[];
  readonly themes: readonly Fact<ThemeId>[];
}

export function categoriesFromRdf(record: RdfRecord, mapping: Mapping): Categories {
  const terms = record.all(record.root, ['http://www.w3.org/ns/dcat#theme', 'http://purl.org/dc/terms/subject']);
  const written = terms.flatMap((term) => {
    const names = namesOf(record, term, 'theme', mapping).map(({ text }) => text);
    const [text, ...aliases] = term.kind === 'iri' ? [...names, term.value, lastPart(term.value)] : names;
    return text === undefined ? [] : [{ term, text, aliases }];
  });
  const { themes: map } = mapping.source;
  const byMap = written.filter(
    ({ term, text, aliases }) =>
      [text, ...aliases].some((name) => Object.hasOwn(map, name)) || euTheme(term) === undefined,
  );
  const facts = new Map<ThemeId, Fact<ThemeId>>();
  for (const fact of themesOf(byMap, 'theme', mapping)) facts.set(fact.value, fact);
  for (const { term } of written.filter((each) => !byMap.includes(each))) {
    const value = euTheme(term);
    if (value !== undefined && !facts.has(value)) {
      facts.set(value, { value, by: 'publisher', rule: 'EU data themes', confidence: 1 });
    }
  }
  return { categories: [...new Set(written.map(({ text }) => text))], themes: [...facts.values()] };
}

function euTheme(term: RdfTerm): ThemeId | undefined {
  const code = term.kind === 'blank' ? undefined : /authority\/data-theme\/([A-Z]{4})$/.exec(term.value.trim())?.[1];
  return code === undefined ? undefined : euThemes[code];
}
