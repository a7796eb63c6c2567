/**
 * Addresses that datasets publish and what was observed about them: one row an address, however many distributions share
 * it, so that it is asked once (docs/adr/0010). Nothing a harvest, a new mapping or an index does touches the states.
 */
import type { LinkCheck, LinkExpectation, LinkState } from '../model/link-check.ts';

/** An address in one dataset. */
export interface PublishedLink {
  /** As published: an http(s) address, or what stood in its place. */
  readonly address: string;
  readonly expects: LinkExpectation;
}

export interface DatasetLinks {
  readonly datasetId: string;
  readonly links: readonly PublishedLink[];
}

/** How far the links follow the datasets. */
export interface LinkProgress {
  /** Changes up to this number are in. */
  readonly changeNumber: number;
  /** Name of the certificate authority that a source brings along, by source id; those without one are left out. */
  readonly trust: Readonly<Record<string, string>>;
}

/** An address to be looked at. */
export interface DueLink {
  /** Opaque. */
  readonly id: string;
  readonly address: string;
  /** Host and port; empty for what is no http(s) address. */
  readonly host: string;
  /** Sources with a live dataset that publishes it, some of them when they are very many. */
  readonly sourceIds: readonly string[];
  /** What all who publish it agree on. */
  readonly expects: LinkExpectation;
  readonly check: LinkCheck;
  readonly dueAt: string;
}

export interface DueHost {
  readonly host: string;
  /** Of its oldest due link; empty for one never checked. */
  readonly oldestDueAt: string;
}

export interface DueQuery {
  /** ISO 8601 instant. */
  readonly at: string;
  /** Only links of these sources; all when absent. */
  readonly sourceIds?: readonly string[];
}

export interface CheckedLink {
  readonly id: string;
  readonly check: LinkCheck;
}

export interface LinkStore {
  linkProgress(): Promise<LinkProgress>;
  /** The links of these datasets take the place of those they had; at most 1,000 datasets. */
  putDatasetLinks(datasets: readonly DatasetLinks[], progress: LinkProgress): Promise<void>;
  /** Hosts that have due links, the longest due first; a host may turn out to have none that a live dataset publishes. */
  dueLinkHosts(query: DueQuery): Promise<readonly DueHost[]>;
  /** Due links of one host that a live dataset publishes, the longest due first, after `after`. */
  dueLinks(
    query: DueQuery & { readonly host: string; readonly after?: DueLink; readonly limit: number },
  ): Promise<readonly DueLink[]>;
  recordLinkChecks(checks: readonly CheckedLink[]): Promise<void>;
  /** Due links that a live dataset publishes. */
  countDueLinks(query: DueQuery): Promise<number>;
  /** Counts each source's links anew, for `linkFigures`. */
  refreshLinkFigures(): Promise<void>;
}

/** Distinct addresses of live datasets by state. */
export type LinkFigures = Readonly<Partial<Record<LinkState, number>>>;
