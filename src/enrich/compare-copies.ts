/**
 * Two records, their evidence and how sure it makes us that they are one dataset. Pure. Precision first: a title alone is never
 * enough, numbers in titles tell issues apart, and differing files keep equal titles apart. The rules with their reasons
 * stand in docs/duplicates.md; the thresholds were set on the captures of Taiwan and Tokyo named there.
 */
import { addressBlock, titleBlock } from './block-keys.ts';
import { likeness } from './comparison-key.ts';
import type { CopyTraits } from './copy-traits.ts';

export type CopyEvidence =
  | 'harvested-from'
  | 'same-identifier'
  | 'same-page'
  | 'same-addresses'
  | 'same-title'
  | 'like-title'
  | 'same-agency'
  | 'agency-within';

export interface CopyPair {
  readonly a: string;
  readonly b: string;
  /** 0–1. */
  readonly score: number;
  readonly evidence: readonly CopyEvidence[];
}

/** From here on two records are shown as one. */
export const groupedFrom = 0.8;
/** From here on a pair holds whole groups together; weaker ones only pair with pair. */
export const certainFrom = 0.95;
/** From here on a pair is worth a person's look. */
export const proposedFrom = 0.5;

/** Titles less alike are two titles. */
const likeTitle = 0.7;

/** Shorter ones (`公園`, `Maps`) are too common to prove anything beside the name of a body; in characters of the key. */
const distinctiveTitle = 4;

/** Blocks in which both sources have one record only, so that the key can mean no other. */
export interface SoleBlocks {
  has(key: number): boolean;
}

export function compareCopies(a: CopyTraits, b: CopyTraits, sole: SoleBlocks): CopyPair {
  const relations = relationsOf(a, b, sole);
  const score = a.sourceId === b.sourceId ? scoreWithin(a, b, relations) : scoreAcross(a, b, relations);
  return { a: a.id, b: b.id, score, evidence: evidenceOf(relations) };
}

interface Relations {
  readonly title: 'same' | 'like' | 'other' | 'other-number';
  readonly agency: 'same' | 'within' | 'unknown' | 'other';
  readonly files: 'same' | 'some' | 'other' | 'unknown';
  readonly origin: boolean;
  readonly identifier: boolean;
  readonly page: boolean;
  /** Title and government name one record at each of the two portals. */
  readonly soleTitle: boolean;
  /** A file belongs to one record at each of the two portals. */
  readonly soleFile: boolean;
}

function relationsOf(a: CopyTraits, b: CopyTraits, sole: SoleBlocks): Relations {
  const titles = a.titles.filter((title) => b.titles.includes(title));
  const roots = a.roots.filter((root) => b.roots.includes(root));
  const shared = [...a.addresses].filter((address) => b.addresses.has(address));
  return {
    title: titleRelation(a, b, titles.length > 0),
    agency: agencyRelation(a, b),
    files: fileRelation(a, b, shared.length),
    origin: isTakenFrom(a, b) || isTakenFrom(b, a),
    identifier: [...a.identifiers].some((identifier) => b.identifiers.has(identifier)),
    page: isSamePage(a, b),
    soleTitle: titles.some((title) => roots.some((root) => sole.has(titleBlock(title, root)))),
    soleFile: shared.some((address) => sole.has(addressBlock(address))),
  };
}

function titleRelation(a: CopyTraits, b: CopyTraits, shared: boolean): Relations['title'] {
  if (shared) return 'same';
  if (a.numbers !== b.numbers) return 'other-number';
  return likeness(a.titles[0] ?? '', b.titles[0] ?? '') >= likeTitle ? 'like' : 'other';
}

/** Never by likeness (field D-08): equal keys, or one of the two is the government that the other is an office of. */
function agencyRelation(a: CopyTraits, b: CopyTraits): Relations['agency'] {
  if (a.agencies.length === 0 || b.agencies.length === 0) return 'unknown';
  if (a.agencies.some((agency) => b.agencies.includes(agency))) return 'same';
  return isOfficeOf(a, b) || isOfficeOf(b, a) ? 'within' : 'other';
}

function isOfficeOf(office: CopyTraits, body: CopyTraits): boolean {
  if (!office.roots.some((root) => body.roots.includes(root))) return false;
  return body.agencies.some(
    (agency) => office.roots.includes(agency) || office.agencies.some((each) => each.startsWith(agency)),
  );
}

function fileRelation(a: CopyTraits, b: CopyTraits, shared: number): Relations['files'] {
  const fewer = Math.min(a.addresses.size, b.addresses.size);
  const more = Math.max(a.addresses.size, b.addresses.size);
  if (fewer === 0) return 'unknown';
  if (shared === more) return 'same';
  return shared * 2 >= more ? 'some' : 'other';
}

/** The harvester's own note names the other record: by its page, or by its identifier and its portal. */
function isTakenFrom(copy: CopyTraits, original: CopyTraits): boolean {
  const { origin } = copy;
  if (origin === undefined) return false;
  if (origin.address !== undefined && origin.address === original.landing) return true;
  const { host, identifier } = origin;
  return (
    host !== undefined &&
    identifier !== undefined &&
    original.place.hosts.has(host) &&
    original.localIds.includes(identifier)
  );
}

function isSamePage(a: CopyTraits, b: CopyTraits): boolean {
  if (a.landing !== undefined && a.landing === b.landing) return true;
  return isAmongFiles(a, b) || isAmongFiles(b, a);
}

/** A portal that only links: the file of its record is the page of the other's. */
function isAmongFiles({ landing }: CopyTraits, other: CopyTraits): boolean {
  return landing !== undefined && other.addresses.has(landing);
}

function scoreAcross(a: CopyTraits, b: CopyTraits, relations: Relations): number {
  const { title, origin, identifier, page, files } = relations;
  if (origin) return originScore(relations);
  if (title === 'same') return sameTitleScore(a, b, relations);
  if (title === 'like') return likeTitleScore(relations);
  return identifier || page || files === 'same' ? 0.4 : 0;
}

function originScore({ title }: Relations): number {
  if (title === 'same') return 0.99;
  return title === 'like' ? 0.95 : 0.6;
}

function sameTitleScore(a: CopyTraits, b: CopyTraits, relations: Relations): number {
  const { identifier, page, files, agency } = relations;
  if (identifier) return 0.97;
  if (files === 'same' || page) return agency === 'other' ? 0.9 : 0.96;
  if (files === 'some') return agency === 'other' ? 0.6 : 0.85;
  return titleAndAgencyScore(a, b, relations);
}

function likeTitleScore({ identifier, page, files, agency, soleFile }: Relations): number {
  if (agency === 'other') return 0.4;
  if (identifier || page) return 0.85;
  return files === 'same' && soleFile ? 0.85 : 0.5;
}

/** Nothing but the title and who publishes. */
function titleAndAgencyScore(a: CopyTraits, b: CopyTraits, { agency, files, soleTitle }: Relations): number {
  if (agency === 'other') return 0.2;
  if (agency === 'unknown') return 0.3;
  if (a.country !== b.country || files === 'other') return 0.6;
  if (!soleTitle || (a.titles[0] ?? '').length < distinctiveTitle) return 0.6;
  return agency === 'same' ? 0.88 : 0.84;
}

/** One portal lists a dataset twice: title, files, body and all that is said of it must be the same. */
function scoreWithin(a: CopyTraits, b: CopyTraits, { title, files, agency }: Relations): number {
  if (title !== 'same' || files !== 'same' || agency === 'other') return 0;
  return a.details === b.details ? 0.95 : 0.6;
}

function evidenceOf({ origin, identifier, page, files, title, agency }: Relations): readonly CopyEvidence[] {
  const found: readonly (readonly [boolean, CopyEvidence])[] = [
    [origin, 'harvested-from'],
    [identifier, 'same-identifier'],
    [page, 'same-page'],
    [files === 'same' || files === 'some', 'same-addresses'],
    [title === 'same', 'same-title'],
    [title === 'like', 'like-title'],
    [agency === 'same', 'same-agency'],
    [agency === 'within', 'agency-within'],
  ];
  return found.filter(([is]) => is).map(([, evidence]) => evidence);
}
