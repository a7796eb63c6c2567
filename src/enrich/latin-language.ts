/**
 * Which of the languages that our portals write in Latin letters a text is in, by the n-grams of the package `eld`
 * (docs/adr). It counts Indonesian as Malay: the two are told apart by words that only one has, else by the country.
 */

/** Language codes of `eld`, and ours. */
const codes: Readonly<Record<string, string>> = { en: 'en', vi: 'vi', tl: 'fil', ms: 'ms' };

/** How far the score of a language besides English is believed in a country; portals of the Philippines write English. */
const believed: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ID: { ms: 1 },
  MY: { ms: 1 },
  SG: { ms: 0.8 },
  BN: { ms: 1 },
  VN: { vi: 1 },
  PH: { fil: 0.7 },
};
const strangerFactor = 0.5;

/** Score of `eld` (0–1) below which a text is in none of the five; real titles have 0.3 to 0.9, names and codes less. */
const leastScore = 0.12;

/** Letters below which there is nothing to count. */
const leastLetters = 4;

export interface LatinFinding {
  readonly lang: string;
  /** 0–1: how much better it fits than the next language. */
  readonly confidence: number;
}

export type LatinDetector = (text: string, country: string) => LatinFinding | undefined;

let loading: Promise<LatinDetector> | undefined;

/** Loads the package's table (2 MB, some 70 MB of memory): once, and only in a process that takes records into the index. */
export function loadLatinDetector(): Promise<LatinDetector> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LatinDetector> {
  const { eld } = await import('eld/medium');
  return (text, country) => {
    const lower = text.toLowerCase();
    if ((lower.match(/\p{sc=Latin}/gu) ?? []).length < leastLetters) return;
    return latinLanguage(eld.detect(lower).getScores(), lower, country);
  };
}

function latinLanguage(
  scores: Readonly<Record<string, number>>,
  lower: string,
  country: string,
): LatinFinding | undefined {
  const own = believed[country] ?? {};
  const ranked = Object.entries(codes)
    .map(([code, lang]) => {
      const factor = lang === 'en' ? 1 : (own[lang] ?? strangerFactor);
      return { lang, score: (scores[code] ?? 0) * factor };
    })
    .sort((a, b) => b.score - a.score);
  const [best, next] = ranked;
  if (best === undefined || best.score < leastScore) return;
  const lang = best.lang === 'ms' ? malayOrIndonesian(lower, country) : best.lang;
  if (lang === undefined) return;
  const lead = 1 - (next?.score ?? 0) / best.score;
  return { lang, confidence: Math.round((0.5 + lead / 2) * 100) / 100 };
}

/** Words of statistics and administration that are written so in one of the two only. */
const indonesianWords = new Set(
  'kabupaten provinsi kecamatan kelurahan dinas menurut berdasarkan persentase tangga kesehatan ketenagakerjaan kepegawaian pemerintah puskesmas posyandu siswa jawa sumatera kalimantan rekapitulasi realisasi aparatur izin rasio produksi perusahaan kendaraan sepeda mobil listrik karena bisa pajak retribusi triwulan triwulanan kependudukan pernikahan perceraian penyandang disabilitas lansia balita utang impor ekspor konsumen uang kasus polisi penjualan rupiah rincian'.split(
    ' ',
  ),
);
const malayWords = new Set(
  'mengikut negeri jabatan bilangan peratus peratusan kesihatan perbelanjaan perangkaan kerajaan persekutuan bandaraya majlis perbandaran pejabat buruh perkhidmatan pengguna pengeluar eksport import dagangan terpilih jualan borong runcit kereta motosikal basikal hospital pesakit kes perkahwinan penceraian warganegara bumiputera sarawak sabah selangor johor kedah kelantan pahang perak perlis terengganu melaka labuan jenayah tangkapan dadah pelajar murid taburan keluaran kdnk pelaburan belanjawan hutang awam'.split(
    ' ',
  ),
);

function malayOrIndonesian(lower: string, country: string): string | undefined {
  let balance = 0;
  for (const word of lower.match(/\p{L}+/gu) ?? []) {
    const indonesian = indonesianWords.has(word);
    const malay = malayWords.has(word);
    if (indonesian !== malay) balance += indonesian ? 1 : -1;
  }
  if (country === 'ID') balance += homeAdvantage;
  if (own(country)) balance -= homeAdvantage;
  return balance === 0 ? undefined : balance > 0 ? 'id' : 'ms';
}

/** Malay is written there. */
function own(country: string): boolean {
  return country === 'MY' || country === 'SG' || country === 'BN';
}

/** A country's own language is given up for as many words of the other one. */
const homeAdvantage = 2;
