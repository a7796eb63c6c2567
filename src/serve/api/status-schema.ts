/** What `/api/v1/status` takes and answers. */
import { z } from 'zod';
import { healthStates } from '../../model/source-health.ts';
import { runSchema } from './answer-schemas.ts';
import { instant, problemSchema } from './dataset-schema.ts';

export const statusParameters = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 code of two capitals')
    .optional()
    .describe('ISO 3166-1 alpha-2'),
  state: z
    .enum(healthStates)
    .optional()
    .describe('Only portals in this state; those never harvested are left out unless asked for'),
});

const trendPoint = z.strictObject({
  run: z.int(),
  startedAt: instant,
  mode: z.enum(['full', 'incremental']),
  state: z.enum(healthStates).optional().describe('Absent while it runs, and when a person stopped it'),
  seen: z.int(),
});

const sourceStatus = z
  .strictObject({
    id: z.string(),
    name: z.record(z.string(), z.string()).describe('By BCP 47 language; empty when the registry does not know it'),
    country: z.string().optional(),
    homepage: z.string().optional(),
    page: z.url(),
    state: z.enum(healthStates),
    meaning: z.string().describe('What the state means, in English'),
    action: z.string().describe('What can be done, in English'),
    since: instant.optional().describe('Start of the first of the last runs, in an unbroken row, that say the same'),
    datasets: z.int(),
    lastRun: runSchema.optional(),
    lastGoodRun: runSchema.optional(),
    trend: z.array(trendPoint).describe('The last runs, the oldest first'),
    problems: z
      .array(
        z.strictObject({
          slug: z.string(),
          datasets: z.int(),
          example: z.strictObject({ id: z.string(), dataset: z.url(), raw: z.url() }).optional(),
        }),
      )
      .describe('Of its live datasets, the most frequent first'),
    rejected: z
      .array(z.strictObject({ nativeId: z.string().optional(), problem: problemSchema, raw: z.url().optional() }))
      .describe('Records that could not be used in the run that the state is of: one a problem'),
  })
  .meta({ id: 'SourceStatus' });

export const statusAnswer = z
  .strictObject({
    counts: z.record(z.string(), z.int()).describe('Portals by state, of the country asked for'),
    sources: z.array(sourceStatus).describe('Those that need somebody first'),
  })
  .meta({ id: 'StatusAnswer' });

export type StatusAnswerBody = z.infer<typeof statusAnswer>;
