/** From blocks of records that share a key to pairs that share blocks. Pure. */
import type { CopyTraits } from '../enrich/copy-traits.ts';
import type { CopyBlock } from '../store/catalogue-store.ts';

export interface SharedBlocks {
  readonly a: string;
  readonly b: string;
  readonly inBlocks: CopyBlock[];
}

/** Pairs of which one at least is asked about, each once, with all blocks they share. Keyed by `a b`, a before b. */
export function sharedBlocks(
  blocks: readonly CopyBlock[],
  asked: ReadonlySet<string>,
): ReadonlyMap<string, SharedBlocks> {
  const pairs = new Map<string, SharedBlocks>();
  for (const block of blocks) {
    for (const [a, b] of pairsOf(block)) {
      if (!asked.has(a) && !asked.has(b)) continue;
      const key = `${a} ${b}`;
      const known = pairs.get(key);
      if (known === undefined) pairs.set(key, { a, b, inBlocks: [block] });
      else known.inBlocks.push(block);
    }
  }
  return pairs;
}

function* pairsOf({ members }: CopyBlock): Generator<readonly [string, string]> {
  for (const [index, { id: a }] of members.entries()) {
    for (let other = index + 1; other < members.length; other++) yield [a, members[other]?.id ?? ''];
  }
}

/** Each of the two portals has one record in the block. */
export function isSole(blocks: readonly CopyBlock[], key: number, pair: readonly CopyTraits[]): boolean {
  const block = blocks.find((each) => each.key === key);
  if (block === undefined) return false;
  return pair.every(({ sourceId }) => block.members.filter((member) => member.sourceId === sourceId).length === 1);
}
