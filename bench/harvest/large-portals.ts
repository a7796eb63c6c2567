/** Catalogues larger than any buffer, made while they are sent: what matters is that nobody holds them whole. */
import type { DataGoKrPortal, DcatUsPortal, PortalRecord } from '../../src/simulator/simulated-portal.ts';

/** 300 MB of JSON: about what data.gov's own catalogue weighs. */
const dataJsonBytes = 300 * 1024 * 1024;

const csvRows = 100_000;

export function largeDataJsonPortal(): DcatUsPortal {
  return { id: 'us-bench-data-json', protocol: 'dcat-us', records: { [Symbol.iterator]: dataJsonRecords } };
}

function* dataJsonRecords(): Generator<PortalRecord> {
  for (let number = 0, bytes = 0; bytes < dataJsonBytes; number += 1) {
    const record = dataJsonRecord(number);
    bytes += record.bytes.length;
    yield record;
  }
}

function dataJsonRecord(number: number): PortalRecord {
  const id = `https://bench.example/data/${number}`;
  const body = {
    '@type': 'dcat:Dataset',
    identifier: id,
    title: `Survey of households ${number}: income, housing and transport by district`,
    description: `Table ${number} of the survey. `.repeat(20 + (number % 40)),
    keyword: ['survey', 'household', `district ${number % 97}`],
    modified: `20${10 + (number % 15)}-0${1 + (number % 9)}-01`,
    publisher: { '@type': 'org:Organization', name: `Bureau of Statistics ${number % 31}` },
    contactPoint: { '@type': 'vcard:Contact', fn: 'Statistics desk', hasEmail: 'mailto:desk@bench.example' },
    accessLevel: 'public',
    license: 'https://creativecommons.org/licenses/by/4.0/',
    distribution: Array.from({ length: 1 + (number % 6) }, (_, file) => ({
      '@type': 'dcat:Distribution',
      title: `Table ${number}, part ${file}`,
      downloadURL: `${id}/part-${file}.csv`,
      mediaType: 'text/csv',
    })),
  };
  return { id, bytes: Buffer.from(JSON.stringify(body)) };
}

/** The columns that data.go.kr's list has had for years. */
export function largeCsvPortal(): DataGoKrPortal {
  const header = Buffer.from('\uFEFF목록키,목록명,목록설명,목록유형,분류체계,기관명,등록일,수정일');
  const records = Array.from({ length: csvRows }, (_, number): PortalRecord => {
    const id = String(15_000_000 + number);
    const name = `대기오염 측정 ${number}`;
    const about = `"측정소 ${number % 641}의 시간별 농도, ""확정 자료""\n${'자료 설명. '.repeat(number % 60)}"`;
    const row = [id, name, about, 'FILE', '환경 - 대기', `기관 ${number % 992}`, '2020-01-02', '2024-05-06'];
    return { id, bytes: Buffer.from(row.join(',')) };
  });
  return { id: 'kr-bench-csv', protocol: 'data-go-kr', header, records };
}
