/**
 * Dates of the citation → issued and modified. Pure. Issued is the publication, else the release, else the creation;
 * modified is the last revision. `dateStamp` is about the record, not the data, and stays in the archive.
 */
import { elementAt, elementsAt, type XmlElement } from '../kit/xml-tree.ts';
import type { PartialDate } from '../model/partial-date.ts';
import { dateField } from './date-field.ts';
import { codeOf, plainTextOf } from './iso-text.ts';
import type { Mapping } from './mapping.ts';

const issuedTypes = ['publication', 'released', 'creation'] as const;
const modifiedTypes = ['revision', 'lastrevision', 'lastupdate'] as const;

export function isoIssued(record: XmlElement, mapping: Mapping): PartialDate | undefined {
  const dates = citedDates(record);
  const type = issuedTypes.find((each) => dates.some((date) => date.type === each));
  const first = dates.find((date) => date.type === type);
  return first === undefined ? undefined : dateField(first.text, 'citation.date', mapping.dates, mapping.log);
}

export function isoModified(record: XmlElement, mapping: Mapping): PartialDate | undefined {
  const dates = citedDates(record).filter(({ type }) => (modifiedTypes as readonly string[]).includes(type));
  const read = dates.flatMap(({ text }) => dateField(text, 'citation.date', mapping.dates, mapping.log) ?? []);
  return read.toSorted((a, b) => (a.value < b.value ? 1 : -1))[0];
}

/** `xs:date` may end with a zone (`2009-04-06Z`), which says nothing of a day. */
export function isoDate(text: string): string {
  return /^(-?\d{4}(?:-\d{2}){0,2})(?:Z|[+-]\d{2}:\d{2})$/u.exec(text.trim())?.[1] ?? text.trim();
}

function citedDates(record: XmlElement): readonly { readonly type: string; readonly text: string }[] {
  return elementsAt(record, 'identificationInfo/*/citation/CI_Citation/date/CI_Date').flatMap((date) => {
    const text = plainTextOf(elementAt(date, 'date'));
    const type = codeOf(elementAt(date, 'dateType'))?.toLowerCase().replace(/\s/gu, '') ?? '';
    return text === undefined ? [] : [{ type, text: isoDate(text) }];
  });
}
