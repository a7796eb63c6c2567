/** One CSV record (RFC 4180, comma, quotes doubled) → its fields. Pure; the harvest has already cut the record out. */
export function csvRow(record: string): readonly string[] {
  const text = record.replace(/\r?\n$/, '');
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const { field, next } = text[at] === '"' ? quotedField(text, at + 1) : plainField(text, at);
    fields.push(field);
    at = next + 1;
  }
  return fields;
}

interface FieldCut {
  readonly field: string;
  /** Index of the comma after the field, or the end. */
  readonly next: number;
}

function plainField(text: string, from: number): FieldCut {
  const comma = text.indexOf(',', from);
  const next = comma < 0 ? text.length : comma;
  return { field: text.slice(from, next), next };
}

/** What follows the closing quote up to the comma is kept: `"a"b` is `ab`, as lenient readers have it. */
function quotedField(text: string, from: number): FieldCut {
  let close = text.indexOf('"', from);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return { field: text.slice(from).replaceAll('""', '"'), next: text.length };
  const rest = plainField(text, close + 1);
  return { field: text.slice(from, close).replaceAll('""', '"') + rest.field, next: rest.next };
}
