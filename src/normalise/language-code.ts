/**
 * What portals write in language fields → BCP 47. Pure. Country codes are read as languages only here (`JP` → ja,
 * case N-11); what could be two things (`in`) is not read.
 */

/** Codes and names that are not the tag itself. ISO 639-2/B and /T, country codes seen in language fields, own names. */
const spellings: Readonly<Record<string, string>> = {
  jp: 'ja',
  jpn: 'ja',
  japanese: 'ja',
  日本語: 'ja',
  kr: 'ko',
  kor: 'ko',
  korean: 'ko',
  한국어: 'ko',
  cn: 'zh-Hans',
  'zh-cn': 'zh-Hans',
  'zh-hans-cn': 'zh-Hans',
  'zh-sg': 'zh-Hans-SG',
  简体中文: 'zh-Hans',
  簡體中文: 'zh-Hans',
  tw: 'zh-Hant-TW',
  'zh-tw': 'zh-Hant-TW',
  'zh-hk': 'zh-Hant-HK',
  hk: 'zh-Hant-HK',
  'zh-mo': 'zh-Hant-MO',
  kh: 'km',
  mm: 'my',
  cht: 'zh-Hant',
  'zh-cht': 'zh-Hant',
  繁中: 'zh-Hant',
  chs: 'zh-Hans',
  'zh-chs': 'zh-Hans',
  简中: 'zh-Hans',
  繁體中文: 'zh-Hant',
  繁体中文: 'zh-Hant',
  正體中文: 'zh-Hant',
  vn: 'vi',
  vie: 'vi',
  vietnamese: 'vi',
  'tiếng việt': 'vi',
  eng: 'en',
  english: 'en',
  英語: 'en',
  英文: 'en',
  อังกฤษ: 'en',
  ภาษาอังกฤษ: 'en',
  tha: 'th',
  thai: 'th',
  ไทย: 'th',
  ภาษาไทย: 'th',
  ind: 'id',
  indonesian: 'id',
  'bahasa indonesia': 'id',
  msa: 'ms',
  may: 'ms',
  malay: 'ms',
  'bahasa melayu': 'ms',
  khm: 'km',
  khmer: 'km',
  ខ្មែរ: 'km',
  ភាសាខ្មែរ: 'km',
  mya: 'my',
  bur: 'my',
  burmese: 'my',
  မြန်မာ: 'my',
  မြန်မာဘာသာ: 'my',
  hin: 'hi',
  hindi: 'hi',
  हिन्दी: 'hi',
  हिंदी: 'hi',
  tgl: 'fil',
  tl: 'fil',
  fil: 'fil',
  filipino: 'fil',
  lao: 'lo',
  fre: 'fr',
  fra: 'fr',
  ger: 'de',
  deu: 'de',
  spa: 'es',
  rus: 'ru',
  por: 'pt',
  ara: 'ar',
};

/** Old or ambiguous: `in` was Indonesian, is India, and may be a slip; `sg` is Sango, `ina` Interlingua, and neither is meant. */
const notRead = new Set(['in', 'sg', 'ina', 'und', 'mul', 'mis', 'zxx', 'iw', 'ji']);

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** `sourceLanguages` (BCP 47, of the source) decides what `my` and a bare Chinese mean. */
export function languageTag(raw: string, sourceLanguages: readonly string[]): string | undefined {
  const code = raw
    .normalize('NFKC')
    .trim()
    .replace(/^https?:\/\/.*[/#]/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  if (['chi', 'zho', 'zh', 'chinese', '中文'].includes(code)) return chineseOf(sourceLanguages);
  if (code === 'my' && sourceLanguages.includes('ms') && !sourceLanguages.includes('my')) return 'ms';
  if (notRead.has(code)) return undefined;
  return Object.hasOwn(spellings, code) ? spellings[code] : knownTag(code);
}

function chineseOf(sourceLanguages: readonly string[]): string {
  return sourceLanguages.find((each) => each.startsWith('zh')) ?? 'zh';
}

function knownTag(code: string): string | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/.test(code)) return undefined;
  const primary = code.split('-', 1)[0] ?? '';
  if (languageNames.of(primary) === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(code)[0];
  } catch (cause) {
    // `Intl` refuses what is not a well-formed tag with a RangeError; anything else is a bug of ours.
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}
