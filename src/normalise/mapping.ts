/** What every reader of a native form gets: the record's source and ids, the tables, and where to put problems. */

import type { Source } from '../model/source.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { DateFieldContext } from './date-field.ts';
import type { ProblemLog } from './problem-log.ts';

export interface Mapping {
  readonly source: Source;
  readonly datasetId: string;
  readonly nativeId: string;
  readonly vocabulary: Vocabulary;
  readonly log: ProblemLog;
  /** Calendar and zone of the source's own fields. */
  readonly dates: DateFieldContext;
}
