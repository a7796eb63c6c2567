import type { Fact } from './fact.ts';

/** The twelve themes of the Asia Open Data Partnership as completed by Sampan (labels: `vocab/themes.json`). */
export const themeIds = [
  'public-services',
  'agriculture-food',
  'health-care',
  'finance-economy',
  'society-population',
  'education-culture',
  'environment-climate',
  'transport',
  'energy-resources',
  'disaster-safety',
  'science-digital',
  'land-cities',
] as const;

export type ThemeId = (typeof themeIds)[number];

/** What a dataset without evidence belongs to: nothing is guessed. */
export const unclassified = 'unclassified';

export function isThemeId(text: string): text is ThemeId {
  return (themeIds as readonly string[]).includes(text);
}

/** Kind of the derived fact that holds a theme which the publisher did not give; its fact is a `ThemeFact`. */
export const themeKind = 'theme';

/** One best theme and who says so; of `unclassified`, `rule` is the reason. */
export interface ThemeFact extends Fact<ThemeId | 'unclassified'> {
  /** Up to two more that it is about too, the stronger first; absent when there is none, or nobody has looked. */
  readonly also?: readonly ThemeId[];
}
