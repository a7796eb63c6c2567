/** What the API answers besides datasets. The OpenAPI document is made from these. */
import { z } from 'zod';
import { healthStates } from '../../model/source-health.ts';
import { facetNames } from '../../search/search-contract.ts';
import { copySchema, instant, openness, problemSchema } from './dataset-schema.ts';
import { glossSchema, readingSchema, whySchema } from './meaning-schema.ts';

const range = z.array(z.int().min(0)).length(2).describe('Half-open range of UTF-16 units that matched');

const highlighted = z.strictObject({ text: z.string(), ranges: z.array(range) }).meta({ id: 'Highlighted' });

const facet = z.array(z.strictObject({ value: z.string(), count: z.int().min(0) }));

const hit = z
  .strictObject({
    id: z.string(),
    score: z.number(),
    title: z.string(),
    titleLang: z.string(),
    publisher: z.string(),
    country: z.string(),
    sourceId: z.string(),
    theme: z.string(),
    licence: z.strictObject({ id: z.string(), openness }),
    formats: z.array(z.string()),
    distributions: z.int().min(0),
    modified: z.string().optional(),
    gloss: glossSchema.optional().describe('Absent for a title in the language asked for'),
    why: z.array(whySchema),
    highlight: z.strictObject({ title: highlighted, snippet: highlighted }),
    permanentAddress: z.url(),
    dataset: z.url().describe('Everything about it, as JSON'),
    group: z.string().optional().describe('Id of the authoritative copy, when several records are this dataset'),
    copies: z.array(copySchema).describe('The other records of the dataset'),
  })
  .meta({ id: 'SearchHit' });

export const searchAnswer = z
  .strictObject({
    total: z.int().min(0).describe('Datasets: copies at several portals count once'),
    offset: z.int().min(0),
    limit: z.int().min(1),
    hits: z.array(hit),
    facets: z
      .strictObject(Object.fromEntries(facetNames.map((name) => [name, facet.optional()])))
      .describe("A facet's own filter does not restrict its counts; absent with facets=0"),
    notices: z.array(z.string()),
    didYouMean: z.string().optional().describe('The query in another spelling that finds what the typed one does not'),
    reading: readingSchema,
    next: z.url().optional().describe('Address of the next datasets'),
    index: z.strictObject({ generation: z.int(), changeNumber: z.int() }),
  })
  .meta({ id: 'SearchAnswer' });

export const runSchema = z
  .strictObject({
    id: z.int(),
    state: z.enum(['running', 'done', 'done-with-problems', 'suspicious', 'failed']),
    mode: z.enum(['full', 'incremental']).describe('Whether the whole list was read, or only what changed'),
    since: instant.optional().describe('Of incremental runs: what changed at this instant or later was asked for'),
    notModified: z
      .literal(true)
      .optional()
      .describe('The portal said (304) that its list is that of the last whole run; the counts are of that run'),
    startedAt: instant,
    endedAt: instant.optional(),
    complete: z.boolean().describe('All that the portal lists was seen; never true of an incremental run'),
    accepted: z.literal(true).optional().describe('A person accepted the deletions that this suspicious run held back'),
    why: z.string().optional(),
    failure: z
      .strictObject({ code: z.string(), reason: z.string().optional(), status: z.int().optional() })
      .optional()
      .describe('Why it failed, for programs; absent in runs of before this was kept'),
    tlsProfile: z.enum(['legacy']).optional().describe('Outdated TLS was allowed for the host of the portal'),
    claimedTotal: z.int().optional(),
    counts: z.strictObject({
      seen: z.int(),
      added: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      rejected: z.int(),
      deleted: z.int(),
      restored: z.int(),
      repeated: z.int(),
      heldDeletions: z.int(),
    }),
    problems: z.record(z.string(), z.int()),
    pace: z
      .strictObject({ refusals: z.int(), longestGapMs: z.number(), crawlDelayMs: z.number().optional() })
      .optional()
      .describe('What made the run slower than its source file asks for: answers 429 and 503, Crawl-delay'),
    rejections: z.array(z.strictObject({ nativeId: z.string().optional(), problem: problemSchema })),
  })
  .meta({ id: 'HarvestRun' });

const source = z
  .strictObject({
    id: z.string(),
    name: z.record(z.string(), z.string()).describe('By BCP 47 language; empty when the registry does not know it'),
    country: z.string().optional(),
    homepage: z.string().optional(),
    protocol: z.string().optional(),
    languages: z.array(z.string()),
    state: z.enum(healthStates),
    datasets: z.int(),
    distributions: z.int(),
    tombstones: z.int(),
    problems: z.record(z.string(), z.int()).describe('Live datasets having each problem'),
    lastRun: runSchema.optional(),
    lastGoodRun: runSchema.optional(),
  })
  .meta({ id: 'Source' });

export const sourcesAnswer = z.strictObject({ sources: z.array(source) }).meta({ id: 'SourcesAnswer' });

export const suggestAnswer = z
  .strictObject({
    suggestions: z.array(
      z.strictObject({
        text: z.string(),
        kind: z.enum(['title', 'publisher', 'keyword', 'concept', 'place']),
        count: z.int().describe('Datasets that carry it'),
        id: z.string().optional().describe('Of a concept or place'),
      }),
    ),
  })
  .meta({ id: 'SuggestAnswer' });

export const healthAnswer = z
  .strictObject({
    status: z.enum(['ok', 'not-readable']),
    store: z.strictObject({ readable: z.boolean(), changeNumber: z.int().optional() }),
    index: z.strictObject({ generation: z.int(), changeNumber: z.int(), documents: z.int() }),
  })
  .meta({ id: 'HealthAnswer' });

export type SearchAnswerBody = z.infer<typeof searchAnswer>;
export type SourcesAnswerBody = z.infer<typeof sourcesAnswer>;
export type SuggestAnswerBody = z.infer<typeof suggestAnswer>;
export type HealthAnswerBody = z.infer<typeof healthAnswer>;
