/** The catalogue store on SQLite: one line a method, the work is in the `sqlite-*.ts` file named after it. */
import type { CatalogueRecord, CopyGroup } from '../model/dataset.ts';
import type { Decision, DerivedFact, ObservedFact } from '../model/fact.ts';
import type { HarvestRun } from '../model/harvest-run.ts';
import type { LinkCheck } from '../model/link-check.ts';
import type {
  ArchivedRecord,
  CatalogueChange,
  CatalogueTotals,
  CopyFigures,
  LoggedDecision,
  RecordVersion,
  SourceSummary,
} from './catalogue-reader.ts';
import type {
  CatalogueStore,
  CopyBlock,
  CopyKeys,
  DatasetRewrite,
  HarvestBasis,
  KnownRecord,
  ListedRecord,
  RawRecord,
  RunBatch,
  RunDecision,
  RunEnd,
  RunStart,
  StartedRun,
} from './catalogue-store.ts';
import type { CheckedLink, DatasetLinks, DueHost, DueLink, DueQuery, LinkFigures, LinkProgress } from './link-store.ts';
import { applyAbsences, holdDeletions, listedRecords } from './sqlite-absences.ts';
import { acceptRun, withdrawAcceptance } from './sqlite-acceptance.ts';
import { archivedRecord, rawRecords, recordHistory } from './sqlite-archive-reads.ts';
import { commitBatch } from './sqlite-commit.ts';
import type { SqliteContext } from './sqlite-context.ts';
import { copyFigures, copyGroups } from './sqlite-copy-groups.ts';
import { copiesKnownUpTo, copyBlocks, dropCopyKeys, keepCopiesKnownUpTo, replaceCopyKeys } from './sqlite-copy-keys.ts';
import {
  decisionLog,
  decisionsAbout,
  derivedFacts,
  dropDerivedFacts,
  observedFacts,
  putDerivedFacts,
  recordDecisions,
  recordObservedFacts,
  removeDerivedFacts,
} from './sqlite-facts.ts';
import { harvestBasis } from './sqlite-harvest-basis.ts';
import { endInterruptedRuns } from './sqlite-interrupted-runs.ts';
import { knownRecords } from './sqlite-known-records.ts';
import { releaseLease, takeLease } from './sqlite-leases.ts';
import {
  countDueLinks,
  dueLinkHosts,
  dueLinks,
  linkChecks,
  linkFigures,
  recordLinkChecks,
  refreshLinkFigures,
} from './sqlite-link-checks.ts';
import { linkProgress, putDatasetLinks } from './sqlite-links.ts';
import { archivedIds, bindNativeId, findDatasetId, nativeIdsOf } from './sqlite-permanent-ids.ts';
import { changesSince, latestChangeNumber, liveDatasetIds, newestRecords, recordsById } from './sqlite-records.ts';
import { rewriteDatasets } from './sqlite-rewrite.ts';
import { readRuns } from './sqlite-run-rows.ts';
import { finishRun, keepRun, startRun } from './sqlite-runs.ts';
import { catalogueTotals, sourceSummaries } from './sqlite-summaries.ts';

export class SqliteCatalogueStore implements CatalogueStore {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  async records(datasetIds: readonly string[]): Promise<ReadonlyMap<string, CatalogueRecord>> {
    return recordsById(this.#context, datasetIds);
  }
  async datasetId(sourceId: string, nativeId: string): Promise<string | undefined> {
    return findDatasetId(this.#context, sourceId, nativeId);
  }
  async archivedIds(
    natives: readonly { readonly sourceId: string; readonly nativeId: string }[],
  ): Promise<readonly (string | undefined)[]> {
    return archivedIds(this.#context, natives);
  }
  async changesSince(after: number, limit: number): Promise<readonly CatalogueChange[]> {
    return changesSince(this.#context, after, limit);
  }
  async latestChangeNumber(): Promise<number> {
    return latestChangeNumber(this.#context);
  }
  async liveDatasetIds(afterId: string, limit: number): Promise<readonly string[]> {
    return liveDatasetIds(this.#context, afterId, limit);
  }
  async totals(): Promise<CatalogueTotals> {
    return catalogueTotals(this.#context);
  }
  async sourceSummaries(): Promise<readonly SourceSummary[]> {
    return sourceSummaries(this.#context);
  }
  async runs(query: {
    readonly sourceId?: string;
    readonly limit: number;
    readonly beforeId?: number;
  }): Promise<readonly HarvestRun[]> {
    return readRuns(this.#context.db, query);
  }
  async newest(limit: number): Promise<readonly CatalogueRecord[]> {
    return newestRecords(this.#context, limit);
  }
  async history(datasetId: string): Promise<readonly RecordVersion[]> {
    return recordHistory(this.#context, datasetId);
  }
  archived(datasetId: string, version?: number): Promise<ArchivedRecord | undefined> {
    return archivedRecord(this.#context, datasetId, version);
  }
  async observedFacts(datasetId: string): Promise<readonly ObservedFact[]> {
    return observedFacts(this.#context, datasetId);
  }
  async linkChecks(datasetId: string): Promise<ReadonlyMap<string, LinkCheck>> {
    return linkChecks(this.#context, datasetId);
  }
  async linkFigures(sourceId: string): Promise<LinkFigures> {
    return linkFigures(this.#context, sourceId);
  }
  async decisions(datasetId: string): Promise<readonly Decision[]> {
    return decisionsAbout(this.#context, datasetId);
  }
  async decisionLog(after: number, limit: number): Promise<readonly LoggedDecision[]> {
    return decisionLog(this.#context, after, limit);
  }

  startRun(start: RunStart): Promise<StartedRun> {
    return startRun(this.#context, start);
  }
  async harvestBasis(sourceId: string, scope: string): Promise<HarvestBasis | undefined> {
    return harvestBasis(this.#context, sourceId, scope);
  }
  async keepRun(run: StartedRun, at: string): Promise<void> {
    keepRun(this.#context, run, at);
  }
  async knownRecords(run: StartedRun, nativeIds: readonly string[]): Promise<ReadonlyMap<string, KnownRecord>> {
    return knownRecords(this.#context, run, nativeIds);
  }
  commitBatch(run: StartedRun, batch: RunBatch): Promise<void> {
    return commitBatch(this.#context, run, batch);
  }
  async listedRecords(run: StartedRun, afterNativeId: string, limit: number): Promise<readonly ListedRecord[]> {
    return listedRecords(this.#context, run, { after: afterNativeId, limit });
  }
  async applyAbsences(
    run: StartedRun,
    absences: { readonly missing: readonly string[]; readonly tombstones: readonly string[]; readonly at: string },
  ): Promise<void> {
    applyAbsences(this.#context, run, absences);
  }
  async holdDeletions(run: StartedRun, datasetIds: readonly string[]): Promise<void> {
    holdDeletions(this.#context, run, datasetIds);
  }
  finishRun(run: StartedRun, end: RunEnd): Promise<HarvestRun> {
    return finishRun(this.#context, run, end);
  }
  async endInterruptedRuns(at: string): Promise<readonly HarvestRun[]> {
    return endInterruptedRuns(this.#context, at);
  }
  async acceptRun(acceptance: RunDecision): Promise<number> {
    return acceptRun(this.#context, acceptance);
  }
  async withdrawAcceptance(withdrawal: RunDecision): Promise<number> {
    return withdrawAcceptance(this.#context, withdrawal);
  }

  async recordDecisions(decisions: readonly Decision[]): Promise<void> {
    recordDecisions(this.#context, decisions);
  }
  async recordObservedFacts(facts: readonly ObservedFact[]): Promise<void> {
    recordObservedFacts(this.#context, facts);
  }
  async putDerivedFacts(facts: readonly DerivedFact[], how = { silently: false }): Promise<number> {
    return putDerivedFacts(this.#context, facts, how);
  }
  async removeDerivedFacts(kind: string, datasetIds: readonly string[]): Promise<number> {
    return removeDerivedFacts(this.#context, kind, datasetIds);
  }
  async derivedFacts(kind: string, datasetIds: readonly string[]): Promise<readonly DerivedFact[]> {
    return derivedFacts(this.#context, kind, datasetIds);
  }
  async copyGroups(afterId: string, limit: number): Promise<readonly CopyGroup[]> {
    return copyGroups(this.#context, afterId, limit);
  }
  async copyFigures(): Promise<CopyFigures> {
    return copyFigures(this.#context);
  }
  async nativeIds(datasetId: string): Promise<readonly string[]> {
    return nativeIdsOf(this.#context, datasetId);
  }
  async replaceCopyKeys(rows: readonly CopyKeys[]): Promise<readonly string[]> {
    return replaceCopyKeys(this.#context, rows);
  }
  async copyBlocks(datasetIds: readonly string[], largest: number): Promise<readonly CopyBlock[]> {
    return copyBlocks(this.#context, datasetIds, largest);
  }
  async dropCopyKeys(): Promise<void> {
    dropCopyKeys(this.#context);
  }
  async copiesKnownUpTo(): Promise<number> {
    return copiesKnownUpTo(this.#context);
  }
  async keepCopiesKnownUpTo(changeNumber: number): Promise<void> {
    keepCopiesKnownUpTo(this.#context, changeNumber);
  }
  async dropDerivedFacts(kind: string): Promise<void> {
    dropDerivedFacts(this.#context, kind);
  }
  async bindNativeId(sourceId: string, nativeId: string, datasetId: string): Promise<void> {
    bindNativeId(this.#context, { sourceId, nativeId, datasetId });
  }

  rawRecords(query: {
    readonly mappingVersion: string;
    readonly sourceIds: readonly string[];
    readonly afterId: string;
    readonly limit: number;
  }): Promise<readonly RawRecord[]> {
    return rawRecords(this.#context, query);
  }
  async rewriteDatasets(rewrites: readonly DatasetRewrite[], mappingVersion: string): Promise<number> {
    return rewriteDatasets(this.#context, rewrites, mappingVersion);
  }

  async linkProgress(): Promise<LinkProgress> {
    return linkProgress(this.#context);
  }
  async putDatasetLinks(datasets: readonly DatasetLinks[], progress: LinkProgress): Promise<void> {
    putDatasetLinks(this.#context, datasets, progress);
  }
  async dueLinkHosts(query: DueQuery): Promise<readonly DueHost[]> {
    return dueLinkHosts(this.#context, query);
  }
  async dueLinks(
    query: DueQuery & { readonly host: string; readonly after?: DueLink; readonly limit: number },
  ): Promise<readonly DueLink[]> {
    return dueLinks(this.#context, query);
  }
  async recordLinkChecks(checks: readonly CheckedLink[]): Promise<void> {
    recordLinkChecks(this.#context, checks);
  }
  async countDueLinks(query: DueQuery): Promise<number> {
    return countDueLinks(this.#context, query);
  }
  async refreshLinkFigures(): Promise<void> {
    refreshLinkFigures(this.#context);
  }

  async takeLease(name: string, at: string): Promise<void> {
    const { db, owner } = this.#context;
    db.write(() => takeLease(db, name, owner, at));
  }
  async releaseLease(name: string): Promise<void> {
    const { db, owner } = this.#context;
    db.write(() => releaseLease(db, name, owner));
  }
  async close(): Promise<void> {
    await this.#context.archive.close();
    this.#context.db.close();
  }
}
