/**
 * What stood in a date field and is none: a repeat interval (`R/P1Y`) tells the frequency, a period (`2018-2022`) the
 * time covered, each where the record says nothing else of it (case `op E11`). Pure; the notes are `dateField`'s.
 */
import type { Dataset } from '../model/dataset.ts';
import type { PartialDate } from '../model/partial-date.ts';
import type { Mapping } from './mapping.ts';
import { isWholePeriod, periodField } from './period-field.ts';
import { isRepeatInterval } from './repeat-interval.ts';

export function withMisplacedDates(dataset: Dataset, mapping: Mapping): Dataset {
  const texts = [dataset.modified, dataset.issued].filter((date) => date?.precision === 'text');
  if (texts.length === 0) return dataset;
  const interval = texts.find(isInterval);
  const { issued, modified, ...rest } = dataset;
  const temporal = dataset.temporal.length > 0 ? dataset.temporal : periodsOf(texts, mapping);
  return {
    ...rest,
    ...(issued === undefined || isInterval(issued) ? {} : { issued }),
    ...(modified === undefined || isInterval(modified) ? {} : { modified }),
    ...(interval === undefined
      ? {}
      : { frequency: rest.frequency ?? mapping.vocabulary.frequency(interval.original.trim()) }),
    temporal,
  };
}

function isInterval(date: PartialDate | undefined): boolean {
  return date !== undefined && date.precision === 'text' && isRepeatInterval(date.original);
}

function periodsOf(texts: readonly (PartialDate | undefined)[], { dates }: Mapping): Dataset['temporal'] {
  const periods = texts.flatMap((date) => (date === undefined ? [] : (periodField(date.original, dates) ?? [])));
  return periods.filter(isWholePeriod).slice(0, 1);
}
