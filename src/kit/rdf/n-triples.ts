/** Triples ↔ N-Triples (https://www.w3.org/TR/n-triples/), one statement a line. Pure. */
import type { RdfNode, RdfTerm, Triple } from './triple.ts';

/** A term as N-Triples writes it; equal terms have equal texts. */
export function termText(term: RdfTerm): string {
  if (term.kind === 'iri') return `<${term.value}>`;
  if (term.kind === 'blank') return `_:${term.value}`;
  const text = `"${escaped(term.value)}"`;
  if (term.lang !== undefined) return `${text}@${term.lang}`;
  return term.datatype === undefined ? text : `${text}^^<${term.datatype}>`;
}

/** One statement with its full stop, without a line end. */
export function tripleText({ subject, predicate, object }: Triple): string {
  return `${termText(subject)} <${predicate}> ${termText(object)} .`;
}

const line =
  /^[ \t]*(?:<([^<>"{}|^`\s]*)>|_:(\S+))[ \t]+<([^<>"{}|^`\s]*)>[ \t]+(?:<([^<>"{}|^`\s]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z\d_-]+)|\^\^<([^<>"{}|^`\s]*)>)?)[ \t]*\.[ \t]*(?:#.*)?$/u;

/** Undefined when any line is no statement; comments and empty lines are passed over. */
export function parseNTriples(text: string): readonly Triple[] | undefined {
  const triples: Triple[] = [];
  for (const each of text.split(/\r?\n/)) {
    if (/^[ \t]*(?:#.*)?$/.test(each)) continue;
    const match = line.exec(each);
    if (match === null) return undefined;
    const [, subject, subjectLabel, predicate, object, objectLabel, value, lang, datatype] = match;
    triples.push({
      subject: nodeOf(subject, subjectLabel),
      predicate: unescaped(predicate ?? ''),
      object: value === undefined ? nodeOf(object, objectLabel) : literalOf(value, lang, datatype),
    });
  }
  return triples;
}

function nodeOf(iri: string | undefined, label: string | undefined): RdfNode {
  return iri === undefined ? { kind: 'blank', value: label ?? '' } : { kind: 'iri', value: unescaped(iri) };
}

function literalOf(value: string, lang: string | undefined, datatype: string | undefined): RdfTerm {
  const literal = { kind: 'literal', value: unescaped(value) } as const;
  if (lang !== undefined) return { ...literal, lang };
  return datatype === undefined ? literal : { ...literal, datatype: unescaped(datatype) };
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\b': '\\b',
  '\n': '\\n',
  '\r': '\\r',
  '\f': '\\f',
  '"': '\\"',
  '\\': '\\\\',
};

function escaped(text: string): string {
  if (!/["\\\u0000-\u001f\u007f]/.test(text)) return text;
  return text.replace(
    /["\\\u0000-\u001f\u007f]/g,
    (character) =>
      shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

const meant: Readonly<Record<string, string>> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/gu, (_, short, long, character: string) => {
    const code: string | undefined = short ?? long;
    if (code === undefined) return meant[character] ?? character;
    const point = Number.parseInt(code, 16);
    return point > 0x10_ffff ? '\ufffd' : String.fromCodePoint(point);
  });
}
