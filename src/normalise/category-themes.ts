/** The portal's own categories → themes, through the map in `sources/<id>.yaml` and nothing else. */
import type { Fact } from '../model/fact.ts';
import { isThemeId, type ThemeId } from '../model/theme.ts';
import type { Mapping } from './mapping.ts';
import { quoted } from './problem-log.ts';

/** A category with the other names that the portal has for it (a group's short name). */
export interface WrittenCategory {
  readonly text: string;
  readonly aliases?: readonly string[];
}

export function themesOf(
  categories: readonly WrittenCategory[],
  path: string,
  { source, log }: Mapping,
): Fact<ThemeId>[] {
  const themes = new Set<ThemeId>();
  for (const { text, aliases = [] } of categories) {
    const found = themesOfNames([text, ...aliases], source.themes);
    for (const theme of found) themes.add(theme);
    if (found.length === 0) {
      log.add('category-unmapped', path, `found ${quoted(text)}; expected a category of sources/${source.id}.yaml`);
    }
  }
  return [...themes].map((value) => ({ value, by: 'publisher', rule: `sources/${source.id}.yaml`, confidence: 1 }));
}

/** Of the first name that the map has as a whole, else of each level that it has (`일반행정>정보통신`; field C-02). */
function themesOfNames(names: readonly string[], map: Readonly<Record<string, string>>): readonly ThemeId[] {
  const whole = names.map((name) => themeAt(map, name)).find((each) => each !== undefined);
  if (whole !== undefined) return [whole];
  return names.flatMap(levelsOf).flatMap((level) => themeAt(map, level) ?? []);
}

/** `공공행정 - 법제`, `일반행정>정보통신`; none for a category of one level. */
function levelsOf(category: string): readonly string[] {
  const levels = category.split(/\s+[-–/]\s+|\s*[>＞]\s*/).filter((level) => level !== '');
  return levels.length < 2 ? [] : levels;
}

function themeAt(map: Readonly<Record<string, string>>, key: string): ThemeId | undefined {
  const id = Object.hasOwn(map, key) ? map[key] : undefined;
  return id !== undefined && isThemeId(id) ? id : undefined;
}
