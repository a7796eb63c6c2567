/**
 * From a document to the terms that find it. Pure. Each value, and each line of a value, is analysed by itself and set
 * apart by a gap, so that no phrase runs from one keyword or line to the next.
 */
import { analyseInto } from '../text/analyse.ts';
import { identifierKey } from '../text/identifier-key.ts';
import { yearMentions } from '../text/year-mentions.ts';
import { lanes, maxPlace, textFields, valueGap } from './index-schema.ts';
import type { IndexDocument } from './search-contract.ts';

export interface TermSink {
  /** A unit of the text; `place` counts within the field. */
  unit(term: string, field: number, place: number): void;
  /** A term of another lane, its lane character in front. */
  extra(term: string, field: number): void;
}

export function analyseDocument(document: IndexDocument, sink: TermSink): void {
  for (let field = 0; field < textFields.length; field++) {
    const name = textFields[field];
    if (name === undefined) continue;
    analyseField(document[name], field, sink);
    // The year in an agency's name is the one it was founded in.
    if (name !== 'publisher') for (const year of yearsIn(document[name])) sink.extra(lanes.year + year, field);
  }
  for (const { kind, id, field } of document.terms) sink.extra(lanes[kind] + id, textFields.indexOf(field));
  for (const key of distinctKeys(document.identifiers)) sink.extra(lanes.identifier + key, 0);
  for (const key of distinctKeys(document.titles)) sink.extra(lanes.title + key, 0);
}

function analyseField(values: readonly string[], field: number, sink: TermSink): void {
  let place = 0;
  for (const value of values) {
    for (const line of linesOf(value)) place = analyseLine(line.text, field, place, sink);
  }
}

/** Puts the line's terms from `place` on; returns the place where the next line may begin. */
function analyseLine(text: string, field: number, place: number, sink: TermSink): number {
  let next = place;
  analyseInto(text, (term, position, _start, _end, kind) => {
    const at = place + position;
    if (kind === 'word') sink.extra(lanes.word + term, field);
    else if (at <= maxPlace) {
      sink.unit(term, field, at);
      next = Math.max(next, at + valueGap);
    }
  });
  return next;
}

export interface Line {
  readonly text: string;
  /** UTF-16 offset of the line in the value. */
  readonly start: number;
}

/** The lines of a value, cut at every kind of line break. */
export function linesOf(value: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const found of value.matchAll(/[\n\r\u0085\u2028\u2029]+/g)) {
    lines.push({ text: value.slice(start, found.index), start });
    start = found.index + found[0].length;
  }
  lines.push({ text: value.slice(start), start });
  return lines;
}

/** Of a text that goes on, what it begins with is what it is about; UTF-16 units that are looked through for years. */
const yearsWithin = 400;

function yearsIn(values: readonly string[]): ReadonlySet<number> {
  const years = new Set<number>();
  for (const value of values) {
    // A number that the cut goes through is no year.
    const beginning = value.length > yearsWithin ? value.slice(0, yearsWithin).replace(/\p{Nd}+$/u, '') : value;
    for (const mention of yearMentions(beginning)) for (const year of mention.years) years.add(year);
  }
  return years;
}

function distinctKeys(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map((text) => identifierKey(text)).filter((key) => key !== ''));
}
