/**
 * Which segments are written anew: those that are mostly rubbish, and the small ones when there are many. Large segments
 * are left alone, so that a small change never costs a rewrite of everything.
 */

/** Dead share from which a segment is rewritten: until then a query pays less for the dead than a rewrite costs. */
const maxDeadShare = 0.3;

/** Every segment costs each query a few look-ups; eight cost less than 0.1 ms together. */
const maxSegments = 8;

/** Live documents up to which a segment counts as small: rewriting one takes about two seconds. */
const smallSegment = 20_000;

export interface MergeCandidate {
  readonly documents: number;
  readonly dead: number;
}

/** Indexes of the segments to be merged into one; none when all is well. */
export function chooseSegmentsToMerge(segments: readonly MergeCandidate[]): readonly number[] {
  const indexes = [...segments.keys()];
  const rotten = indexes.filter((i) => {
    const segment = segments[i];
    return segment !== undefined && segment.dead > segment.documents * maxDeadShare && segment.dead < segment.documents;
  });
  if (segments.length <= maxSegments) return rotten;
  const small = indexes.filter((i) => liveOf(segments[i]) <= smallSegment);
  return small.length > 1 ? [...new Set([...rotten, ...small])] : rotten;
}

function liveOf(segment: MergeCandidate | undefined): number {
  return segment === undefined ? 0 : segment.documents - segment.dead;
}
