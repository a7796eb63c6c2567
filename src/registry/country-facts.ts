/**
 * What follows from the country of a portal where nobody said it: languages, time zone, calendar, code pages and pace.
 * Used when a source file is made (generated, or by `sources --add`), never when one is read: what a file says counts.
 */
import type { CalendarHint, Pace } from '../model/source.ts';

interface CountryFacts {
  /** BCP 47, the main language of government texts first. */
  readonly languages: readonly string[];
  readonly timeZone: string;
  readonly calendar: CalendarHint;
  /** Encodings of files besides UTF-8, WHATWG labels. */
  readonly encodings: readonly string[];
  readonly pace?: Partial<Pace>;
}

/**
 * One request a second and one at a time, where portals run on small shared machines (provinces and municipalities):
 * our own choice; half of what `defaultPace` allows.
 */
const gentle: Partial<Pace> = { minGapMs: 1000, concurrency: 1 };

export const countryFacts: Readonly<Record<string, CountryFacts>> = {
  TW: { languages: ['zh-Hant'], timeZone: 'Asia/Taipei', calendar: 'roc', encodings: ['big5'] },
  JP: { languages: ['ja'], timeZone: 'Asia/Tokyo', calendar: 'japanese', encodings: ['shift_jis'] },
  KR: { languages: ['ko'], timeZone: 'Asia/Seoul', calendar: 'gregorian', encodings: ['euc-kr'] },
  IN: { languages: ['en'], timeZone: 'Asia/Kolkata', calendar: 'gregorian', encodings: [], pace: gentle },
  ID: { languages: ['id'], timeZone: 'Asia/Jakarta', calendar: 'gregorian', encodings: [], pace: gentle },
  MY: { languages: ['ms', 'en'], timeZone: 'Asia/Kuala_Lumpur', calendar: 'gregorian', encodings: [] },
  TH: { languages: ['th'], timeZone: 'Asia/Bangkok', calendar: 'buddhist', encodings: ['windows-874'], pace: gentle },
  SG: { languages: ['en'], timeZone: 'Asia/Singapore', calendar: 'gregorian', encodings: [] },
  PH: { languages: ['en'], timeZone: 'Asia/Manila', calendar: 'gregorian', encodings: [], pace: gentle },
  VN: {
    languages: ['vi'],
    timeZone: 'Asia/Ho_Chi_Minh',
    calendar: 'gregorian',
    encodings: ['windows-1258'],
    pace: gentle,
  },
  KH: { languages: ['km', 'en'], timeZone: 'Asia/Phnom_Penh', calendar: 'gregorian', encodings: [], pace: gentle },
  MM: { languages: ['my', 'en'], timeZone: 'Asia/Yangon', calendar: 'gregorian', encodings: [], pace: gentle },
};

/** Parts of a country in another time zone than its capital (IANA zone1970.tab). */
const zonesOfParts: Readonly<Record<string, readonly string[]>> = {
  'Asia/Makassar': [
    ...['ID-BA', 'ID-NB', 'ID-NT', 'ID-KS', 'ID-KI', 'ID-KU'],
    ...['ID-SA', 'ID-SG', 'ID-SN', 'ID-SR', 'ID-ST', 'ID-GO'],
  ],
  'Asia/Jayapura': ['ID-MA', 'ID-MU', 'ID-PA', 'ID-PB', 'ID-PD', 'ID-PE', 'ID-PS', 'ID-PT'],
  'Asia/Kuching': ['MY-12', 'MY-13'],
};

export function timeZoneOf(country: string, subdivision: string | undefined): string {
  const ofPart = Object.entries(zonesOfParts).find(([, parts]) => parts.includes(subdivision ?? ''));
  return ofPart?.[0] ?? factsOf(country).timeZone;
}

export function factsOf(country: string): CountryFacts {
  const facts = countryFacts[country];
  if (facts === undefined) throw new Error(`found country ${country}; expected one of the twelve`);
  return facts;
}
