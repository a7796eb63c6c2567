/**
 * Every problem that normalising can report, with its severity. `docs/problems.md` says of each what it means and how
 * a publisher mends it; a test holds the two together.
 */
import type { Problem } from '../model/problem.ts';

export const problemSeverity = {
  'record-unreadable': 'error',
  'record-mended': 'note',
  'record-encoding': 'warning',
  'text-zawgyi': 'warning',
  'rdf-iri-broken': 'warning',
  'title-missing': 'note',
  'title-not-text': 'note',
  'description-missing': 'note',
  'keyword-dropped': 'note',
  'keywords-capped': 'warning',
  'publisher-missing': 'warning',
  'licence-missing': 'warning',
  'licence-unknown-text': 'warning',
  'category-unmapped': 'note',
  'format-missing': 'note',
  'format-unknown-text': 'warning',
  'format-conflict': 'note',
  'format-several': 'note',
  'date-unreadable': 'warning',
  'date-ambiguous': 'warning',
  'date-invalid': 'warning',
  'date-in-future': 'warning',
  'date-era-mismatch': 'note',
  'date-is-interval': 'note',
  'date-is-period': 'note',
  'date-other-calendar': 'note',
  'frequency-unknown-text': 'note',
  'language-unknown-code': 'note',
  'url-missing': 'warning',
  'url-is-text': 'note',
  'url-scheme-not-allowed': 'warning',
  'url-without-scheme': 'warning',
  'url-malformed': 'warning',
  'url-has-credentials': 'warning',
  'size-unreadable': 'note',
  'spatial-unreadable': 'note',
  'spatial-axes-swapped': 'note',
  'spatial-repaired': 'note',
  'spatial-outside-country': 'note',
  'distribution-not-object': 'warning',
  'distribution-id-repeated': 'note',
  'distributions-missing': 'warning',
} as const satisfies Readonly<Record<string, Problem['severity']>>;

export type ProblemSlug = keyof typeof problemSeverity;
