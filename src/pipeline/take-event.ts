/** Harvest events to sightings: one native id counts once in a run, whatever the portal repeats. */
import { sha256Hex } from '../kit/hash.ts';
import { redact } from '../kit/http/redact.ts';
import type { Problem } from '../model/problem.ts';
import type { Protocol } from '../model/source.ts';
import type { HarvestEvent, NativeForm, SourceRecord } from '../model/source-record.ts';
import type { SeenSet } from './seen-set.ts';
import type { Sighting } from './sighting.ts';

/** Ids of catalogues are names, numbers and addresses; a longer one is a page of text in the wrong field. In characters. */
const longestNativeId = 2_000;

/** A surrogate without its partner: no such text can be stored or compared. */
const halfCharacter = /\p{Surrogate}/u;

/** The usual form of what an adapter could make nothing of. */
const formOfProtocol: Readonly<Record<Protocol, NativeForm>> = {
  ckan: 'ckan-package',
  csw: 'iso19139-record',
  'data-go-kr': 'data-go-kr-row',
  'data-gov-my': 'data-gov-my-definition',
  'data-gov-sg': 'data-gov-sg-dataset',
  'data-gov-tw': 'data-gov-tw-row',
  'dcat-rdf': 'dcat-rdf-dataset',
  'dcat-us': 'dcat-us-dataset',
  'ogd-india': 'ogd-india-list',
  'schema-org': 'schema-org-dataset',
};

export function recordSighting(record: SourceRecord, seen: SeenSet): Sighting {
  const flaw = nativeIdFlaw(record.nativeId);
  if (flaw !== undefined) return { kind: 'rejected', problem: flaw };
  const sha256 = sha256Hex(record.raw);
  const { kind, mark } = seen.look(record.nativeId, sha256);
  if (kind === 'repeated') return { kind: 'repeated' };
  if (kind === 'other') return { kind: 'problem', problem: doubledId(record.nativeId) };
  seen.add(mark);
  return { kind: 'record', record, sha256, mark };
}

export function rejectedSighting(
  event: Extract<HarvestEvent, { kind: 'rejected' }>,
  protocol: Protocol,
  seen: SeenSet,
): Sighting {
  const { nativeId, raw } = event;
  const problem = { ...event.problem, message: redact(event.problem.message) };
  if (nativeId === undefined || nativeIdFlaw(nativeId) !== undefined) return { kind: 'rejected', problem };
  const sha256 = sha256Hex(raw ?? new Uint8Array());
  const { kind, mark } = seen.look(nativeId, sha256);
  if (kind === 'repeated') return { kind: 'repeated' };
  if (kind === 'other') return { kind: 'problem', problem: doubledId(nativeId) };
  seen.add(mark);
  const kept = raw === undefined || raw.length === 0 ? {} : { kept: { form: formOfProtocol[protocol], raw, sha256 } };
  return { kind: 'rejected', nativeId, problem, mark, ...kept };
}

function doubledId(nativeId: string): Problem {
  return {
    slug: 'native-id-doubled',
    severity: 'warning',
    path: '',
    message: `two records of one run have the id "${nativeId}" and differ; expected one: the first is kept`,
  };
}

function nativeIdFlaw(nativeId: string): Problem | undefined {
  const found =
    nativeId === ''
      ? 'an empty id'
      : nativeId.length > longestNativeId
        ? `an id of ${nativeId.length} characters`
        : nativeId.includes('\0') || halfCharacter.test(nativeId)
          ? 'an id with a NUL or half a character'
          : undefined;
  if (found === undefined) return undefined;
  return {
    slug: 'native-id-unusable',
    severity: 'error',
    path: '',
    message: `the record has ${found}; expected 1 to ${longestNativeId} characters of text`,
  };
}
