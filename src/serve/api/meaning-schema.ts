/** How the API says what was understood: readings, reasons, glosses, datasets about the same. */
import { z } from 'zod';
import { recognisedFields } from '../../model/recognised-term.ts';
import { labelLanguages } from '../../vocabulary/label-file.ts';
import { findLabelLanguage } from '../../vocabulary/label-language.ts';
import { relations } from '../meaning-words.ts';

/** `lang` of a request. */
export const labelLanguage = z
  .string()
  .refine((tag) => findLabelLanguage(tag) !== undefined, `expected one of ${labelLanguages.join(', ')}`)
  .default('en')
  .describe(
    'BCP 47 language of the labels in the answer; in a search it decides ties, and which small words are let go',
  );

const language = z.enum(labelLanguages).describe('Language of the labels');

export const glossSchema = z
  .strictObject({
    lang: language,
    text: z.string().describe('Taipei · air quality · monitoring'),
    terms: z.array(
      z.strictObject({ kind: z.enum(['concept', 'place']), id: z.string(), words: z.string(), label: z.string() }),
    ),
  })
  .meta({
    id: 'Gloss',
    description: 'What a foreign title names, word by word. Made by rule from the vocabulary; not a translation',
  });

const kind = z.enum(['concept', 'place', 'year']);

export const whySchema = z
  .strictObject({
    source: z.string().describe('Words of the query'),
    kind,
    id: z.string(),
    label: z.string(),
    field: z.enum(recognisedFields).describe('Where the dataset says it'),
    words: z.string().optional().describe('As the dataset says it; absent for agency and description'),
    relation: z.enum(relations).describe('Of what the dataset names to what was asked for; near = wider, or beside it'),
  })
  .meta({ id: 'WhyMatched', description: 'A part of the query that the dataset has by its meaning' });

export const readingSchema = z
  .strictObject({
    lang: language,
    meaning: z.enum(['on', 'off']),
    parts: z.array(
      z.strictObject({
        source: z.string(),
        kind: z.enum(['form', 'year', 'place', 'text', 'concept']),
        meanings: z
          .array(z.strictObject({ kind, id: z.string(), label: z.string() }))
          .describe('Empty for a part that is only text'),
      }),
    ),
    letGo: z.array(z.string()).describe('Words of the question that were left out'),
    relaxed: z.array(z.string()).describe('Parts not insisted on, because next to no dataset has them all'),
  })
  .meta({ id: 'QueryReading', description: 'How the query was understood' });

export const similarSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    titleLang: z.string(),
    gloss: glossSchema.optional(),
    publisher: z.string(),
    country: z.string(),
    sourceId: z.string(),
    share: z.number().min(0).max(1).describe('How much of what the dataset is about this one is about too'),
    concepts: z.array(z.strictObject({ id: z.string(), label: z.string() })).describe('What both are about'),
    permanentAddress: z.url(),
    dataset: z.url().describe('Everything about it, as JSON'),
  })
  .readonly()
  .meta({ id: 'SimilarDataset' });
