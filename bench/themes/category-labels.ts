/**
 * From a portal's categories to the theme that is right: the map of `sources/<id>.yaml`, and nothing else. A category that
 * names two of our themes in so many words (運輸・観光, transport and tourism) counts for both.
 */
import type { Source } from '../../src/model/source.ts';
import { isThemeId, type ThemeId } from '../../src/model/theme.ts';

export interface Label {
  readonly theme: ThemeId;
  /** As right as `theme`. */
  readonly also: readonly ThemeId[];
}

/** Only what the words of the category say; a category whose second half is another word for the first is not here. */
const secondThemes: Readonly<Record<string, readonly ThemeId[]>> = {
  산업고용: ['society-population'],
  식품건강: ['agriculture-food'],
  '司法・安全・環境': ['disaster-safety', 'environment-climate'],
  '企業・家計・経済': ['society-population'],
  '国土・気象': ['land-cities'],
  '運輸・観光': ['education-culture'],
  '社会保障・衛生': ['society-population'],
  '医療・福祉': ['society-population'],
  行財政: ['finance-economy'],
  産業雇用創出: ['society-population'],
  'พลังงาน ทรัพยากรธรรมชาติ และสิ่งแวดล้อม': ['environment-climate'],
  'กฎหมาย ศาล และอาชญากรรม': ['disaster-safety'],
  'งบประมาณ และการใช้จ่ายของภาครัฐ': ['finance-economy'],
  'เกษตรกรรม และชลประทาน': ['energy-resources'],
  'ศาสนา ศิลปะ และวัฒนธรรม': ['society-population'],
  'ภูมิอากาศ และภัยพิบัติ': ['disaster-safety'],
};

/** Undefined when no category is in the map: then nobody has said what is right. */
export function labelFromCategories(categories: readonly string[], { themes }: Source): Label | undefined {
  const found = categories.flatMap((category): readonly ThemeId[] => {
    const [first = ''] = category.split(' - ', 1);
    const key = [category, first].find((each) => Object.hasOwn(themes, each));
    const theme = key === undefined ? undefined : themes[key];
    if (key === undefined || theme === undefined || !isThemeId(theme)) return [];
    return [theme, ...(secondThemes[key] ?? [])];
  });
  const [theme, ...also] = [...new Set(found)];
  return theme === undefined ? undefined : { theme, also };
}
