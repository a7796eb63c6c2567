/** Documents of a segment that may still match, with where each stands in the postings of every term asked for. */

export interface Candidates {
  /** Ascending; the first `length` count. */
  readonly documents: Uint32Array;
  length: number;
  /** One row a term slot: the posting of each candidate. */
  readonly postings: readonly Uint32Array[];
  /** One row a clause: how often it stands in each field of each candidate. */
  readonly frequencies: readonly Uint16Array[];
}

export function makeCandidates(capacity: number, slots: number, clauses: number): Candidates {
  return {
    documents: new Uint32Array(capacity),
    length: 0,
    postings: Array.from({ length: slots }, () => new Uint32Array(capacity)),
    frequencies: Array.from({ length: clauses }, () => new Uint16Array(capacity)),
  };
}

/** Copies candidate `from` over candidate `to` (`to` ≤ `from`): how a row of candidates is thinned in place. */
export function moveCandidate(candidates: Candidates, from: number, to: number): void {
  if (from === to) return;
  candidates.documents[to] = candidates.documents[from] ?? 0;
  for (const row of candidates.postings) row[to] = row[from] ?? 0;
  for (const row of candidates.frequencies) row[to] = row[from] ?? 0;
}
