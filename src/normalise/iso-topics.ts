/**
 * Topic categories of ISO 19115 (`MD_TopicCategoryCode`, B.5.27 and, for `disaster` and `extraTerrestrial`, ISO
 * 19115-1:2014) → themes: through the source's own map, else by the table below. Codes that hold several themes
 * (`utilitiesCommunication`, `intelligenceMilitary`, `location` …) have none here.
 */
import type { Fact } from '../model/fact.ts';
import type { ThemeId } from '../model/theme.ts';
import { themesOf } from './category-themes.ts';
import type { Mapping } from './mapping.ts';

const themeByTopic: Readonly<Record<string, ThemeId>> = {
  farming: 'agriculture-food',
  biota: 'environment-climate',
  boundaries: 'land-cities',
  climatologymeteorologyatmosphere: 'environment-climate',
  economy: 'finance-economy',
  elevation: 'land-cities',
  environment: 'environment-climate',
  geoscientificinformation: 'environment-climate',
  health: 'health-care',
  imagerybasemapsearthcover: 'land-cities',
  inlandwaters: 'environment-climate',
  oceans: 'environment-climate',
  planningcadastre: 'land-cities',
  society: 'society-population',
  structure: 'land-cities',
  transportation: 'transport',
  disaster: 'disaster-safety',
  extraterrestrial: 'science-digital',
};

/** The code is the publisher's, what it means here is our reading. */
const confidence = 0.8;

export function topicThemes(topics: readonly string[], path: string, mapping: Mapping): Fact<ThemeId>[] {
  const own = topics.filter((topic) => Object.hasOwn(mapping.source.themes, topic) || themeOf(topic) === undefined);
  const facts = themesOf(
    own.map((text) => ({ text })),
    path,
    mapping,
  );
  const known = new Set(facts.map(({ value }) => value));
  const read = topics.filter((topic) => !own.includes(topic)).map((topic) => themeOf(topic));
  const added = [...new Set(read)].filter((theme) => theme !== undefined && !known.has(theme)) as ThemeId[];
  return [
    ...facts,
    ...added.map((value) => ({ value, by: 'rule' as const, rule: 'ISO 19115 topic category', confidence })),
  ];
}

/** Some write the codes in words and small letters: `planningcadastre`, `Inland Waters`. */
function themeOf(topic: string): ThemeId | undefined {
  const key = topic.toLowerCase().replace(/[^a-z]/gu, '');
  return Object.hasOwn(themeByTopic, key) ? themeByTopic[key] : undefined;
}
