/**
 * The captures in which copies are looked for, as datasets: data.gov.tw's list of 2018 and the lists of twenty cities, Tokyo's
 * packages and those of data.go.jp. Tokyo's go through the reader of CKAN; the tables have no reader of their own (they are
 * lists that others made), so that their columns are put where a reader would put them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { base32Id } from '../../src/kit/hash.ts';
import type { Dataset, Distribution } from '../../src/model/dataset.ts';
import type { Source } from '../../src/model/source.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { tokyoPortal } from '../../test/support/capture-portals.ts';
import { capture } from '../../test/support/captures.ts';
import { testSource } from '../../test/support/test-source.ts';

export interface CapturedCatalogue {
  readonly source: Source;
  readonly datasets: readonly Dataset[];
}

type Row = Readonly<Record<string, unknown>>;

/** Division of each city list by the number that its file begins with. */
const cityDivisions: Readonly<Record<string, string>> = {
  '01': 'TW-TPE',
  '03': 'TW-TAO',
  '04': 'TW-HSZ',
  '05': 'TW-TNN',
  '06': 'TW-ILA',
  '08': 'TW-TXG',
  '09': 'TW-KHH',
  '10': 'TW-KIN',
  '11': 'TW-NAN',
  '12': 'TW-CYI',
  '13': 'TW-PEN',
  '14': 'TW-TTT',
  '15': 'TW-PIF',
  '16': 'TW-KEE',
  '17': 'TW-MIA',
  '18': 'TW-CHA',
  '19': 'TW-YUN',
  '20': 'TW-CYQ',
  '21': 'TW-HUA',
  '22': 'TW-LIE',
};

export function taiwanCatalogues(): readonly CapturedCatalogue[] {
  const cities = readdirSync(capture('data', 'tw', 'cities')).sort();
  return [nationalTaiwan(), ...cities.map(taiwanCity)];
}

function nationalTaiwan(): CapturedCatalogue {
  const source = taiwanSource('tw-data-gov-tw', { homepage: 'https://data.gov.tw' });
  const rows = parse(text('tw', 'data.gov.tw', '16-22_data_gov_download.csv.gz'), {
    columns: true,
    bom: true,
  }) as Row[];
  const datasets = rows.map((row, number) =>
    listedDataset(source, String(number + 1), {
      title: row['資料集名稱'],
      publisher: row['提供機關名稱'],
      issued: row['上架日'],
    }),
  );
  return { source, datasets };
}

function taiwanCity(file: string): CapturedCatalogue {
  const division = cityDivisions[file.slice(0, 2)] ?? '';
  const source = taiwanSource(`tw-list-${division.slice(3).toLowerCase()}`, { subdivision: division });
  const rows = JSON.parse(text('tw', 'cities', file).replace(/^\uFEFF/u, '')) as readonly Row[];
  const datasets = rows.map((row, number) =>
    listedDataset(source, String(number + 1), {
      title: row['資料集名稱'],
      publisher: row['資料來源(部會單位)'],
      description: row['主要欄位'],
    }),
  );
  return { source, datasets };
}

function taiwanSource(id: string, more: Partial<Source>): Source {
  return testSource('data-gov-tw', `https://${id}.example/`, { id, country: 'TW', languages: ['zh-Hant'], ...more });
}

function listedDataset(
  source: Source,
  nativeId: string,
  row: {
    readonly title: unknown;
    readonly publisher: unknown;
    readonly description?: unknown;
    readonly issued?: unknown;
  },
): Dataset {
  const publisher = langText(row.publisher);
  const issued = String(row.issued ?? '').replaceAll('/', '-');
  return {
    ...emptyDataset(source, nativeId),
    title: langText(row.title),
    description: langText(row.description),
    ...(publisher.length === 0 ? {} : { publisher: { name: publisher } }),
    ...(issued === '' ? {} : { issued: { value: issued, precision: 'day', original: String(row.issued) } }),
  };
}

function langText(value: unknown) {
  const line = typeof value === 'string' ? value.trim() : '';
  return line === '' ? [] : [{ text: line, lang: 'und' }];
}

function emptyDataset(source: Source, nativeId: string): Dataset {
  return {
    id: base32Id(source.id, nativeId),
    sourceId: source.id,
    nativeId,
    country: source.country,
    identifiers: [],
    title: [],
    description: [],
    keywords: [],
    contacts: [],
    licence: { id: 'unknown', openness: 'unknown', original: {} },
    themes: [],
    sourceCategories: [],
    languages: [],
    temporal: [],
    spatial: [],
    distributions: [],
  };
}

export function japanCatalogues(vocabulary: Vocabulary): readonly CapturedCatalogue[] {
  return [tokyo(vocabulary), nationalJapan()];
}

function tokyo(vocabulary: Vocabulary): CapturedCatalogue {
  const id = 'jp-catalog-data-metro-tokyo-lg-jp';
  const home = 'https://catalog.data.metro.tokyo.lg.jp';
  const source = testSource('ckan', `${home}/api/3/action/`, {
    id,
    country: 'JP',
    subdivision: 'JP-13',
    languages: ['ja'],
    homepage: home,
    recordPage: `${home}/dataset/{name}`,
  });
  const datasets = [...tokyoPortal(id).records].flatMap(({ id: nativeId, bytes: raw }) => {
    if (raw.length === 0) return [];
    const datasetId = base32Id(id, nativeId);
    const input = {
      source,
      datasetId,
      nativeId,
      form: 'ckan-package',
      raw,
      fetchedAt: '2022-09-01T00:00:00Z',
    } as const;
    return normalise(input, vocabulary).dataset ?? [];
  });
  return { source, datasets };
}

function nationalJapan(): CapturedCatalogue {
  const home = 'https://www.data.go.jp/data';
  const source = testSource('ckan', `${home}/api/3/action/`, {
    id: 'jp-data-go-jp',
    country: 'JP',
    languages: ['ja'],
    homepage: home,
    recordPage: `${home}/dataset/{name}`,
  });
  const packages = new Map<string, Row[]>();
  for (const file of readdirSync(capture('data', 'jp', 'data.go.jp')).sort()) {
    if (!file.startsWith('data_go_jp_format_')) continue;
    for (const row of parse(text('jp', 'data.go.jp', file), {
      columns: true,
      bom: true,
      relax_quotes: true,
    }) as Row[]) {
      const name = /\/dataset\/([^/]+)\//u.exec(String(row['ckanurl']))?.[1] ?? '';
      packages.set(name, [...(packages.get(name) ?? []), row]);
    }
  }
  const datasets = [...packages].map(
    ([name, rows]): Dataset => ({
      ...listedDataset(source, name, { title: rows[0]?.['title'], publisher: rows[0]?.['organization'] }),
      landingPage: `${home}/dataset/${name}`,
      distributions: rows.map(
        (row, position): Distribution => ({
          id: base32Id(source.id, name, String(position)),
          title: langText(row['res_title']),
          description: langText(row['description']),
          url: String(row['url']),
          access: 'download',
          format: {},
        }),
      ),
    }),
  );
  return { source, datasets };
}

function text(...path: readonly string[]): string {
  const bytes = readFileSync(capture('data', ...path));
  return (path.at(-1)?.endsWith('.gz') === true ? gunzipSync(bytes) : bytes).toString('utf8');
}
