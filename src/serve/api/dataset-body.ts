/** A catalogue record as `/api/v1/datasets/{id}` answers it. */
import type { CatalogueRecord } from '../../model/dataset.ts';
import { type LinkCheck, linkCheckOf } from '../../model/link-check.ts';
import type { RecordVersion } from '../../store/catalogue-reader.ts';
import { permanentAddress, rawAddress } from '../addresses.ts';
import type { MeaningWords } from '../meaning-words.ts';
import type { SameTopic } from '../same-topic.ts';
import { otherCopies } from './copies-body.ts';
import type { DatasetAnswer } from './dataset-schema.ts';
import { glossBody, similarBody } from './meaning-body.ts';

/** What the store keeps beside the record. */
interface BesideRecord {
  readonly history: readonly RecordVersion[];
  readonly links: ReadonlyMap<string, LinkCheck>;
  readonly nativeIds: readonly string[];
  readonly topic: SameTopic;
  readonly words: MeaningWords;
}

export function datasetBody(
  baseUrl: string,
  record: CatalogueRecord,
  { history, links, nativeIds, topic, words }: BesideRecord,
): DatasetAnswer {
  const { dataset, state, changeNumber, firstSeen, lastSeen, lastChanged, theme, problems, rejectedVersion } = record;
  const { detectedLanguages } = record;
  const { group } = record;
  return {
    dataset,
    state,
    changeNumber,
    firstSeen,
    lastSeen,
    lastChanged,
    theme,
    ...(detectedLanguages === undefined ? {} : { detectedLanguages }),
    problems,
    ...(rejectedVersion !== undefined && {
      rejectedVersion: { ...rejectedVersion, raw: `${baseUrl}${rawAddress(dataset.id, rejectedVersion.version)}` },
    }),
    ...(group === undefined ? {} : { group: { id: group.id, by: group.by, confidence: group.confidence } }),
    copies: otherCopies(baseUrl, dataset.id, group),
    ...glossBody(dataset.title[0]?.text ?? '', topic.terms, words),
    sameTopic: topic.elsewhere.map(({ country, hits }) => {
      return { country, datasets: hits.map((hit) => similarBody(baseUrl, hit, words)) };
    }),
    related: topic.related.map((hit) => similarBody(baseUrl, hit, words)),
    nativeIds,
    links: dataset.distributions.map((each) => ({ distributionId: each.id, ...linkCheckOf(each, links) })),
    history: history.map(({ version, sha256, bytes, fetchedAt, url }) => ({
      version,
      sha256,
      bytes,
      fetchedAt,
      url,
      raw: `${baseUrl}${rawAddress(dataset.id, version)}`,
    })),
    permanentAddress: `${baseUrl}${permanentAddress(dataset.id)}`,
  };
}
