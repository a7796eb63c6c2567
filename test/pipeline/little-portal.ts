/** A catalogue in memory, its adapter and its mapping: just enough to try the mechanics of a run. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Harvest } from '../../src/harvest/harvest-contract.ts';
import type { HttpDoor } from '../../src/kit/http/http-door.ts';
import type { Source } from '../../src/model/source.ts';
import type { HarvestEvent, SourceRecord } from '../../src/model/source-record.ts';
import type { Normalise } from '../../src/normalise/normalise-contract.ts';
import type { RunOptions } from '../../src/pipeline/run-options.ts';
import type { CatalogueStore } from '../../src/store/catalogue-store.ts';
import { openCatalogueStore } from '../../src/store/open-catalogue-store.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { sampleDataset } from '../store/sample-records.ts';

export const littleSource: Source = {
  id: 'xx-portal-example',
  name: { en: 'Example portal' },
  country: 'XX',
  protocol: 'ckan',
  endpoint: 'https://portal.example/api/3/action/',
  enabled: true,
  languages: ['en'],
  timeZone: 'UTC',
  calendar: 'gregorian',
  pace: { minGapMs: 0, concurrency: 1, maxBodyBytes: 1_000_000, timeoutMs: 1_000, attempts: 1 },
  volatile: ['views'],
  themes: {},
  options: {},
  quirks: [],
};

export const littleVocabulary: Vocabulary = {
  version: 'v1',
  licence: (original) => ({ id: 'unknown', openness: 'unknown', original }),
  formats: () => [],
  frequency: (original) => ({ original }),
};

/** JSON `{"title": …}`; a record without a title is rejected. */
export const littleNormalise: Normalise = ({ datasetId, nativeId, raw, source }) => {
  const body: unknown = JSON.parse(Buffer.from(raw).toString());
  const title = typeof body === 'object' && body !== null && 'title' in body ? body.title : undefined;
  if (typeof title !== 'string') {
    const message = `${nativeId}: no title; expected a text`;
    return { dataset: undefined, problems: [{ slug: 'title-missing', severity: 'error', path: 'title', message }] };
  }
  return { dataset: { ...sampleDataset(datasetId, nativeId, title), sourceId: source.id }, problems: [] };
};

export function littleRecord(nativeId: string, body: unknown): SourceRecord {
  const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    nativeId,
    form: 'ckan-package',
    raw,
    url: `https://portal.example/${nativeId}`,
    fetchedAt: '2026-01-01T00:00:00.000Z',
  };
}

/** Records by native id; every `pageSize` a checkpoint with the index of the next one. */
export function portalOf(
  records: readonly SourceRecord[],
  end?: Partial<Extract<HarvestEvent, { kind: 'end' }>>,
  pageSize = 10,
): Harvest {
  return async function* harvest(_source, from) {
    for (let i = Number(from ?? 0); i < records.length; i += 1) {
      const record = records[i];
      if (record !== undefined) yield { kind: 'record', record };
      if ((i + 1) % pageSize === 0) yield { kind: 'checkpoint', cursor: String(i + 1) };
    }
    yield { kind: 'end', complete: true, ...end };
  };
}

export function eventsOf(...events: readonly (HarvestEvent | Error)[]): Harvest {
  return async function* harvest() {
    for (const event of events) {
      if (event instanceof Error) throw event;
      yield event;
    }
  };
}

const noHttp: HttpDoor = {
  request: () => Promise.reject(new Error('no request expected')),
  fetchWhole: () => Promise.reject(new Error('no request expected')),
  close: () => Promise.resolve(),
};

export function runOptions(store: CatalogueStore, harvest: Harvest, more: Partial<RunOptions> = {}): RunOptions {
  return {
    source: littleSource,
    harvest,
    effects: { now: () => new Date(), http: noHttp, log: () => undefined },
    store,
    vocabulary: littleVocabulary,
    normalise: littleNormalise,
    mappingVersion: 'm1',
    signal: new AbortController().signal,
    ...more,
  };
}

export function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'sampan-run-'));
}

export function openStore(home: string, name = `test-${process.pid}`): Promise<CatalogueStore> {
  return openCatalogueStore({ home, owner: { name, isGone: (other) => other !== name } });
}
