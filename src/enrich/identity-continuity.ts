/**
 * A source that gives its records other ids: which of those that disappeared are which of those that appeared. Pure. Title,
 * publishing body and files must agree, and only one record on each side may fit; a part of an id proves nothing. Where the
 * files cannot be compared it is a guess, told as one.
 */
import type { Dataset } from '../model/dataset.ts';
import { addressKey, titleKey } from './comparison-key.ts';

export interface IdentityMark {
  readonly datasetId: string;
  readonly nativeId: string;
  /** Title and publishing body, folded; empty without a title. */
  readonly name: string;
  readonly files: ReadonlySet<string>;
}

export interface IdentityMatch {
  readonly former: IdentityMark;
  readonly present: IdentityMark;
  /** Title, body and files agree; else the files are unknown on a side. */
  readonly sure: boolean;
}

export function identityMark(dataset: Dataset): IdentityMark {
  const title = titleKey(dataset.title[0]?.text ?? '');
  const body = titleKey(dataset.publisher?.name[0]?.text ?? '');
  return {
    datasetId: dataset.id,
    nativeId: dataset.nativeId,
    name: title === '' ? '' : `${title}\n${body}`,
    files: new Set(dataset.distributions.flatMap(({ url }) => (url === undefined ? [] : (addressKey(url) ?? [])))),
  };
}

export function sameIdentities(
  gone: readonly IdentityMark[],
  appeared: readonly IdentityMark[],
): readonly IdentityMatch[] {
  const byFiles = uniquePairs(gone, appeared, ({ name, files }) =>
    name === '' || files.size === 0 ? '' : `${name}\n${[...files].sort().join('\n')}`,
  ).map((pair) => ({ ...pair, sure: true }));
  const taken = new Set(byFiles.flatMap(({ former, present }) => [former, present]));
  const left = (marks: readonly IdentityMark[]) => marks.filter((mark) => !taken.has(mark));
  const byName = uniquePairs(left(gone), left(appeared), ({ name }) => name);
  return [...byFiles, ...byName.flatMap(judged)];
}

/** Of equal names: half of the files or more agree, or none are known on a side; other files are another dataset. */
function judged(pair: { readonly former: IdentityMark; readonly present: IdentityMark }): readonly IdentityMatch[] {
  const { former, present } = pair;
  if (former.files.size === 0 || present.files.size === 0) return [{ ...pair, sure: false }];
  const shared = [...former.files].filter((file) => present.files.has(file)).length;
  if (shared * 2 < Math.max(former.files.size, present.files.size)) return shared > 0 ? [{ ...pair, sure: false }] : [];
  return [{ ...pair, sure: true }];
}

function uniquePairs(
  gone: readonly IdentityMark[],
  appeared: readonly IdentityMark[],
  keyOf: (mark: IdentityMark) => string,
): { readonly former: IdentityMark; readonly present: IdentityMark }[] {
  const formers = soleByKey(gone, keyOf);
  return [...soleByKey(appeared, keyOf)].flatMap(([key, present]) => {
    const former = formers.get(key);
    return former === undefined || present === undefined ? [] : [{ former, present }];
  });
}

/** `undefined` under a key that several have. */
function soleByKey(
  marks: readonly IdentityMark[],
  keyOf: (mark: IdentityMark) => string,
): ReadonlyMap<string, IdentityMark | undefined> {
  const sole = new Map<string, IdentityMark | undefined>();
  for (const mark of marks) {
    const key = keyOf(mark);
    if (key !== '') sole.set(key, sole.has(key) ? undefined : mark);
  }
  return sole;
}
