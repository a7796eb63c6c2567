/** English words for the values that records, runs and links have. */
import type { Distribution, Openness } from '../../model/dataset.ts';
import type { FactOrigin } from '../../model/fact.ts';
import type { RunState } from '../../model/harvest-run.ts';
import type { DatePrecision } from '../../model/partial-date.ts';
import type { SortOrder } from '../../search/search-contract.ts';

export const openness: Readonly<Record<Openness, string>> = {
  open: 'Open licence',
  'not-open': 'Restricted licence',
  unknown: 'Licence not known',
};

export const opennessMeaning: Readonly<Record<Openness, string>> = {
  open: 'You may use, change and share the data, also for business, as long as you keep to the licence (most ask you to name the source).',
  'not-open': 'The licence forbids some uses, such as business use or changes. Read it before you use the data.',
  unknown:
    'The portal does not say, or says it in words we cannot match to a licence. Ask the agency before you reuse the data.',
};

export const sorts: Readonly<Record<SortOrder, string>> = {
  relevance: 'Best match',
  modified: 'Recently changed',
  title: 'Title',
};

export const access: Readonly<Record<Distribution['access'], string>> = {
  download: 'File',
  page: 'Web page',
  service: 'API',
  unknown: 'Not said',
};

export const precision: Readonly<Record<DatePrecision, string>> = {
  year: 'only the year is given',
  month: 'to the month',
  day: 'to the day',
  minute: 'to the minute',
  second: 'to the second',
  text: 'not read: it could mean several dates',
};

export const runState: Readonly<Record<RunState, string>> = {
  running: 'Running now',
  done: 'Done',
  'done-with-problems': 'Done, with problems',
  suspicious: 'Suspicious: deletions held back',
  failed: 'Failed',
};

export const origin: Readonly<Record<FactOrigin, string>> = {
  person: 'decided by a person',
  publisher: 'as the publisher says',
  observed: 'as observed',
  rule: 'by a rule',
  model: 'by a model',
};

/** Why a record is in no theme (`enrich/decide-theme.ts`). */
export const unclassifiedWhy: Readonly<Record<string, string>> = {
  'no-evidence': 'nobody has said',
  'no-text': 'it has no text',
  'no-known-words': 'none of its words is known',
  'no-clear-theme': 'its words speak for no theme clearly',
};

export const severity = { error: 'Error', warning: 'Warning', note: 'Note' };

export const frequency: Readonly<Record<string, string>> = {
  UPDATE_CONT: 'Continuously',
  HOURLY: 'Every hour',
  DAILY: 'Every day',
  WEEKLY: 'Every week',
  BIWEEKLY: 'Every two weeks',
  MONTHLY: 'Every month',
  BIMONTHLY: 'Every two months',
  QUARTERLY: 'Every three months',
  ANNUAL_2: 'Twice a year',
  ANNUAL: 'Every year',
  BIENNIAL: 'Every two years',
  IRREG: 'At no fixed time',
  AS_NEEDED: 'When needed',
  NEVER: 'Never again',
  OTHER: 'Another rhythm',
  UNKNOWN: 'Not known',
};
