/** The model as the API shows it: the same names, described for programs. Types and schemas are held together below. */
import { z } from 'zod';
import type { CatalogueRecord, Dataset } from '../../model/dataset.ts';
import { linkStates } from '../../model/link-check.ts';
import { themeIds, unclassified } from '../../model/theme.ts';
import { glossSchema, similarSchema } from './meaning-schema.ts';

const listOf = <T extends z.ZodType>(each: T) => z.array(each).readonly();

export const instant = z.string().describe('ISO 8601 instant');

const langText = listOf(z.strictObject({ text: z.string(), lang: z.string() }).readonly())
  .describe('One entry a language; lang is BCP 47 as declared by the portal, und when it declares none')
  .meta({ id: 'LangText' });

const partialDate = z
  .strictObject({
    value: z.string().describe('ISO 8601, cut at the precision; empty when precision is text'),
    precision: z.enum(['year', 'month', 'day', 'minute', 'second', 'text']),
    original: z.string().describe('What the portal wrote'),
  })
  .readonly()
  .meta({ id: 'PartialDate' });

export const openness = z.enum(['open', 'not-open', 'unknown']);

const licence = z
  .strictObject({
    id: z.string().describe('Canonical id, or unknown'),
    openness,
    original: z
      .strictObject({ id: z.string().optional(), title: z.string().optional(), url: z.string().optional() })
      .readonly(),
  })
  .readonly()
  .meta({ id: 'Licence' });

const origin = z.enum(['person', 'publisher', 'observed', 'rule', 'model']);

const factFields = { by: origin, rule: z.string().optional(), confidence: z.number().min(0).max(1) };

const factOf = <T extends z.ZodType>(value: T) => z.strictObject({ value, ...factFields }).readonly();

const themeFact = z
  .strictObject({
    value: z.enum([...themeIds, unclassified]),
    ...factFields,
    also: listOf(z.enum(themeIds)).optional().describe('Up to two more that it is about, the stronger first'),
  })
  .readonly();

const distribution = z
  .strictObject({
    id: z.string(),
    nativeId: z.string().optional(),
    title: langText,
    description: langText,
    url: z.string().optional().describe('http(s) only'),
    urlText: z.string().optional().describe('What stood in the address field when it cannot be a link'),
    access: z.enum(['download', 'page', 'service', 'unknown']),
    format: z
      .strictObject({
        id: z.string().optional(),
        mediaType: z.string().optional(),
        also: z.array(z.string()).readonly().optional().describe('Other formats named, or the container'),
        original: z.string().optional(),
      })
      .readonly(),
    sizeBytes: z.number().optional(),
    licence: licence.optional(),
    issued: partialDate.optional(),
    modified: partialDate.optional(),
  })
  .readonly()
  .meta({ id: 'Distribution' });

const agency = z
  .strictObject({ name: langText, nativeId: z.string().optional(), homepage: z.string().optional() })
  .readonly()
  .meta({ id: 'Agency' });

const contact = z
  .strictObject({ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() })
  .readonly();

const period = z
  .strictObject({ start: partialDate.optional(), end: partialDate.optional(), original: z.string() })
  .readonly();

const place = z
  .strictObject({
    name: langText,
    code: z.string().optional(),
    bbox: z
      .tuple([z.number(), z.number(), z.number(), z.number()])
      .readonly()
      .optional()
      .describe('west, south, east, north'),
  })
  .readonly();

const datasetSchema = z
  .strictObject({
    id: z.string().describe('Permanent'),
    sourceId: z.string(),
    nativeId: z.string(),
    country: z.string().describe('ISO 3166-1 alpha-2'),
    identifiers: listOf(z.string()),
    title: langText,
    description: langText,
    keywords: langText,
    publisher: agency.optional(),
    contacts: listOf(contact),
    harvestedFrom: z
      .strictObject({
        catalogue: z.string().optional(),
        identifier: z.string().optional(),
        address: z.string().optional(),
      })
      .readonly()
      .optional()
      .describe('Where the portal says it took the record over from'),
    landingPage: z.string().optional(),
    licence,
    themes: listOf(factOf(z.enum(themeIds))),
    sourceCategories: listOf(z.string()),
    languages: listOf(z.string()),
    issued: partialDate.optional(),
    modified: partialDate.optional(),
    frequency: z.strictObject({ id: z.string().optional(), original: z.string() }).readonly().optional(),
    temporal: listOf(period),
    spatial: listOf(place),
    distributions: listOf(distribution),
  })
  .readonly()
  .meta({ id: 'Dataset' });

export const problemSchema = z
  .strictObject({
    slug: z.string(),
    severity: z.enum(['error', 'warning', 'note']),
    path: z.string(),
    message: z.string(),
  })
  .readonly()
  .meta({ id: 'DataProblem', description: 'Something wrong with the data, as found while reading the record' });

const versionSchema = z
  .strictObject({
    version: z.int().min(1),
    sha256: z.string(),
    bytes: z.int().min(0),
    fetchedAt: instant,
    url: z.string().describe('Address the record came from'),
    raw: z.url().describe('The bytes as received'),
  })
  .readonly();

const linkFacts = z
  .strictObject({
    at: instant,
    status: z.int(),
    contentType: z.string().optional(),
    bytes: z.int().optional(),
    lastModified: z.string().optional(),
    etag: z.string().optional(),
    fileName: z.string().optional(),
    finalAddress: z.string().optional(),
  })
  .readonly();

const linkCheck = z
  .strictObject({
    distributionId: z.string(),
    state: z.enum(linkStates),
    reason: z.string().optional().describe('Stable name of the cause, e.g. http_404, robots, tls_expired'),
    checkedAt: instant.optional().describe('Absent when it was never looked at'),
    status: z.int().optional(),
    detail: z.string().optional().describe('What the answer says about its error'),
    finalAddress: z.string().optional().describe('Where redirects led; evidence, not the address to use'),
    movedTo: z.string().optional().describe('Where permanent redirects lead'),
    failingSince: instant.optional(),
    failures: z.int().optional().describe('Checks in a row that were not good'),
    goneSince: instant.optional(),
    lastOk: linkFacts.optional().describe('What the wire said when the link last answered well'),
    intervalDays: z.number().optional(),
    nextCheckAt: instant.optional(),
  })
  .readonly()
  .meta({ id: 'LinkCheck', description: 'What was observed about the address of a distribution' });

export const copySchema = z
  .strictObject({
    id: z.string(),
    sourceId: z.string(),
    authoritative: z.boolean(),
    permanentAddress: z.url(),
    dataset: z.url().describe('Everything about it, as JSON'),
  })
  .readonly()
  .meta({ id: 'Copy', description: 'Another record of the same dataset' });

export const datasetAnswer = z
  .strictObject({
    dataset: datasetSchema,
    state: z.enum(['live', 'missing', 'tombstone']),
    changeNumber: z.int().min(0),
    firstSeen: instant,
    lastSeen: instant,
    lastChanged: instant,
    theme: themeFact,
    detectedLanguages: factOf(listOf(z.string()))
      .optional()
      .describe('Of texts that declare none (BCP 47); found, not published'),
    problems: listOf(problemSchema),
    rejectedVersion: z
      .strictObject({ version: z.int().min(0), problems: listOf(problemSchema), raw: z.url() })
      .optional()
      .describe(
        'The newest version that the portal gave, when nothing could be made of it: the entry is of an older one',
      ),
    group: z
      .strictObject({
        id: z.string().describe('Permanent id of the authoritative copy'),
        by: z.enum(['rule', 'person']),
        confidence: z.number().min(0).max(1),
      })
      .readonly()
      .optional()
      .describe('Present when several records are this dataset'),
    copies: listOf(copySchema).describe('The other records of the dataset, the authoritative one first'),
    gloss: glossSchema.optional().describe('Absent for a title in the language asked for'),
    sameTopic: listOf(z.strictObject({ country: z.string(), datasets: listOf(similarSchema) })).describe(
      'Other countries, the most similar first, each with its best matching datasets',
    ),
    related: listOf(similarSchema).describe('Datasets of the same country about the same'),
    nativeIds: listOf(z.string()).describe('Identifiers that its portal has had for it, the present one first'),
    links: listOf(linkCheck).describe('One entry a distribution, in their order'),
    history: listOf(versionSchema),
    permanentAddress: z.url(),
  })
  .meta({ id: 'DatasetAnswer' });

export type DatasetAnswer = z.infer<typeof datasetAnswer>;

/**
 * The compiler refuses a model that the schema does not describe, and a schema that promises what the model has not.
 * Fields of the record itself are kept in step by the handler that builds a `DatasetAnswer`.
 */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const describesTheModel: Same<Loose<z.infer<typeof datasetSchema>>, Loose<Dataset>> = true;
const describesTheTheme: Same<Loose<DatasetAnswer['theme']>, Loose<CatalogueRecord['theme']>> = true;
void describesTheModel;
void describesTheTheme;

/** Zod writes an optional field as `?: T | undefined`; for this comparison ours are read so too. */
type Loose<T> = T extends readonly (infer E)[]
  ? readonly Loose<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Loose<T[K]> | (undefined extends T[K] ? undefined : never) }
    : T;
