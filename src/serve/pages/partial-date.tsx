/** A date as precise as it was published, with the portal's own words when they differ. */
import type { VNode } from 'preact';
import type { PartialDate, Period } from '../../model/partial-date.ts';
import type { PageContext } from '../page-context.ts';

export function DateText({ page, date }: { page: PageContext; date: PartialDate }): VNode {
  const { texts } = page;
  if (date.precision === 'text' || date.value === '') {
    return (
      <>
        <span dir="auto">{date.original}</span> <span class="quiet">({texts.precision.text})</span>
      </>
    );
  }
  const shown = readable(date.value);
  return (
    <>
      <time dateTime={date.value}>{shown}</time>
      {(date.precision === 'year' || date.precision === 'month') && (
        <span class="quiet"> ({texts.precision[date.precision]})</span>
      )}
      {!saysTheSame(date) && (
        <span class="quiet">
          {' '}
          ({texts.writtenAs} <span dir="auto">{date.original}</span>)
        </span>
      )}
    </>
  );
}

export function PeriodText({ page, period }: { page: PageContext; period: Period }): VNode {
  const { start, end, original } = period;
  if (start === undefined && end === undefined) return <span dir="auto">{original}</span>;
  return (
    <>
      {start === undefined ? page.texts.openEnd : <DateText page={page} date={start} />} –{' '}
      {end === undefined ? page.texts.openEnd : <DateText page={page} date={end} />}
    </>
  );
}

/** `2018-05-01T09:30+09:00` → `2018-05-01 09:30 (+09:00)`; UTC is named. */
function readable(value: string): string {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?$/.exec(value);
  if (found === null) return value;
  const [, day, clock, zone] = found;
  return `${day} ${clock}${zone === undefined ? '' : zone === 'Z' ? ' UTC' : ` (${zone})`}`;
}

/** The same digits: fractions of a second and a missing zone are not worth a second reading. */
function saysTheSame({ value, original }: PartialDate): boolean {
  const digits = (text: string): string => text.replace(/(\.\d+)|Z$|[+-]\d\d:?\d\d$/g, '').replace(/\D/g, '');
  return (
    original === '' ||
    original === value ||
    (/^[\d\-T:.Z+ ]+$/.test(original) && digits(original).startsWith(digits(value)))
  );
}
