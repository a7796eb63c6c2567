/** Captures that a portal gave in its own shape: their records go through the same reading as in a harvest. */
import { readFileSync } from 'node:fs';
import { base32Id } from '../../src/kit/hash.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { NativeForm } from '../../src/model/source-record.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import { sourceFromYaml } from '../../src/registry/source-from-yaml.ts';
import type { PortalRecord } from '../../src/simulator/simulated-portal.ts';
import type { Vocabulary } from '../../src/vocabulary/vocabulary.ts';
import { koreaPortal2022, tokyoPortal } from '../../test/support/capture-portals.ts';
import { indiaPortal, malaysiaCatalogue, malaysiaPublications } from '../../test/support/national-portals.ts';
import type { Reader } from './captured-records.ts';

export const nativeReaders: Readonly<Record<string, Reader>> = {
  ckan: ({ sourceId }, vocabulary) =>
    read({ sourceId, form: 'ckan-package', fetchedAt: '2022-10-01', records: tokyoPortal().records }, vocabulary),
  'korea-list': ({ sourceId }, vocabulary) => {
    const { header, records } = koreaPortal2022();
    return read(
      { sourceId, form: 'data-go-kr-row', fetchedAt: '2022-08-01', records, context: withoutBom(header) },
      vocabulary,
    );
  },
  'ogd-india': ({ sourceId }, vocabulary) =>
    read({ sourceId, form: 'ogd-india-list', fetchedAt: '2021-05-01', records: indiaPortal().records }, vocabulary),
  'malaysia-definitions': ({ sourceId }, vocabulary) => {
    const { records } = malaysiaCatalogue();
    return read({ sourceId, form: 'data-gov-my-definition', fetchedAt: '2026-08-31', records }, vocabulary);
  },
  'malaysia-publications': ({ sourceId }, vocabulary) => {
    const records = [...malaysiaPublications().records].map((record) => ({ ...record, id: publicationOf(record) }));
    return read({ sourceId, form: 'data-gov-my-publication', fetchedAt: '2026-08-31', records }, vocabulary);
  },
};

interface Native {
  readonly sourceId: string;
  readonly form: NativeForm;
  /** ISO 8601 day of the capture. */
  readonly fetchedAt: string;
  readonly records: Iterable<PortalRecord>;
  readonly context?: Uint8Array;
}

function* read(
  { sourceId, records, fetchedAt, ...native }: Native,
  vocabulary: Vocabulary,
): Generator<{ readonly id: string; readonly dataset: Dataset }> {
  const source = sourceFromYaml(readFileSync(`sources/${sourceId}.yaml`, 'utf8'), `${sourceId}.yaml`);
  for (const { id, bytes: raw } of records) {
    // The capture lists six records that the portal answered with nothing.
    if (raw.length === 0) continue;
    const datasetId = base32Id(sourceId, id);
    const input = { source, datasetId, nativeId: id, raw, fetchedAt: `${fetchedAt}T00:00:00Z`, ...native };
    const { dataset } = normalise(input, vocabulary);
    if (dataset !== undefined) yield { id, dataset };
  }
}

function publicationOf({ bytes }: PortalRecord): string {
  return String((JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly publication: unknown }).publication);
}

function withoutBom(header: Uint8Array): Uint8Array {
  return Buffer.from(
    Buffer.from(header)
      .toString('utf8')
      .replace(/^\uFEFF/u, ''),
  );
}
