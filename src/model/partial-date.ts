/** How much of a date the publisher gave. `text` = it could not be read without guessing; only `original` is meant. */
export type DatePrecision = 'year' | 'month' | 'day' | 'minute' | 'second' | 'text';

/** A date as precise as it was published, with the text it was read from (never more precise than the source). */
export interface PartialDate {
  /**
   * ISO 8601, cut at the precision: `2018`, `2018-05`, `2018-05-01`, `2018-05-01T09:30+09:00`.
   * Empty when `precision` is `text`.
   */
  readonly value: string;
  readonly precision: DatePrecision;
  /** What the portal wrote, untouched. */
  readonly original: string;
}

/** A period that data covers; either end may be open. */
export interface Period {
  readonly start?: PartialDate;
  readonly end?: PartialDate;
  readonly original: string;
}
