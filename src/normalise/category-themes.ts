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
    const theme = [text, ...aliases]
      .flatMap(keysOf)
      .map((key) => themeAt(source.themes, key))
      .find((each) => each !== undefined);
    if (theme !== undefined) themes.add(theme);
    else log.add('category-unmapped', path, `found ${quoted(text)}; expected a category of sources/${source.id}.yaml`);
  }
  return [...themes].map((value) => ({ value, by: 'publisher', rule: `sources/${source.id}.yaml`, confidence: 1 }));
}

/** The whole (`공공행정 - 법제`), then its first level (`공공행정`). */
function keysOf(category: string): readonly string[] {
  const first = category.split(/\s+[-–>/]\s+|>/, 1)[0]?.trim() ?? '';
  return first === category ? [category] : [category, first];
}

function themeAt(map: Readonly<Record<string, string>>, key: string): ThemeId | undefined {
  const id = Object.hasOwn(map, key) ? map[key] : undefined;
  return id !== undefined && isThemeId(id) ? id : undefined;
}
