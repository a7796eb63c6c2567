/** Which of the thirteen label languages a reader's tag asks for. */
import { type LabelLanguage, labelLanguages } from './label-file.ts';

/** Regions and macro-languages whose script the tag does not say (CLDR likely subtags). */
const likely: Readonly<Record<string, LabelLanguage>> = {
  zh: 'zh-Hant',
  'zh-tw': 'zh-Hant',
  'zh-hk': 'zh-Hant',
  'zh-mo': 'zh-Hant',
  'zh-cn': 'zh-Hans',
  'zh-sg': 'zh-Hans',
  tl: 'fil',
};

/** `zh-TW` → `zh-Hant`, `en-SG` → `en`; undefined for a language without labels. */
export function findLabelLanguage(tag: string): LabelLanguage | undefined {
  for (let wanted = tag.toLowerCase(); wanted !== ''; wanted = wanted.replace(/(^|-)[^-]*$/, '')) {
    const found = labelLanguages.find((each) => each.toLowerCase() === wanted) ?? likely[wanted];
    if (found !== undefined) return found;
  }
  return undefined;
}
