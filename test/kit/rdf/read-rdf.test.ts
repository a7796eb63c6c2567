import { expect, test } from 'vitest';
import { tripleText } from '../../../src/kit/rdf/n-triples.ts';
import { type RdfReading, readRdf, serialisationOf } from '../../../src/kit/rdf/read-rdf.ts';

const base = 'https://portal.example/catalog.ttl';

function read(text: string, claimed?: string): Promise<RdfReading> {
  const contexts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'https://known.example/c': { title: 'http://purl.org/dc/terms/title' },
  };
  return readRdf(text, {
    ...{ base, claimed, prefixes: { dct: 'http://purl.org/dc/terms/' } },
    contextAt: (url) => contexts[url],
    signal: new AbortController().signal,
  });
}

const lines = ({ triples }: RdfReading): readonly string[] => triples.map(tripleText);

test.each([
  ['@prefix dcat: <http://www.w3.org/ns/dcat#> .', 'turtle'],
  ['# comment\n<http://a/> <http://b/> <http://c/> .', 'turtle'],
  ['<http://a/> a <http://b/> .', 'turtle'],
  ['<> a <http://b/> .', 'turtle'],
  ['<dataset/1> a <http://b/> .', 'turtle'],
  ['[ a <http://b/> ] .', 'turtle'],
  ['[] a <http://b/> .', 'turtle'],
  ['\uFEFF <?xml version="1.0"?><rdf:RDF/>', 'rdf-xml'],
  ['<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', 'rdf-xml'],
  ['<!-- made --><rdf:RDF xmlns:rdf="x">', 'rdf-xml'],
  ['<!DOCTYPE rdf:RDF [<!ENTITY a "b">]>', 'rdf-xml'],
  [' {"@context": {}}', 'json-ld'],
  ['[ {"@id": "x"} ]', 'json-ld'],
  ['[]', 'json-ld'],
  ['<!doctype html><title>x</title>', 'html'],
  ['<!-- x --> <html>', 'html'],
  ['  \n', 'empty'],
])('%j is %s, whatever the server says', (text, expected) => {
  expect(serialisationOf(text, 'text/html; charset=utf-8')).toBe(expected);
});

test('N3 has signs of its own, which only the claim tells', async () => {
  const text = '<http://a/> = <http://b/> .';
  expect(lines(await read(text, 'text/n3'))).toEqual([
    '<http://a/> <http://www.w3.org/2002/07/owl#sameAs> <http://b/> .',
  ]);
  expect((await read(text, '/catalog.n3')).failure).toBeUndefined();
  expect((await read(text, 'text/turtle')).failure?.found).toContain('line 1');
});

test.each([
  ['turtle', `<dataset/1> dct:format <format/CSV> , <#x> , </y> .`],
  [
    'rdf-xml',
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="dataset/1"><dct:format rdf:resource="format/CSV"/><dct:format rdf:resource="#x"/><dct:format rdf:resource="/y"/></rdf:Description></rdf:RDF>`,
  ],
  [
    'json-ld',
    `{"@id": "dataset/1", "http://purl.org/dc/terms/format": [{"@id": "format/CSV"}, {"@id": "#x"}, {"@id": "/y"}]}`,
  ],
])('op E9: relative IRIs in %s are relative to the source, never to a file', async (_, text) => {
  const of = '<https://portal.example/dataset/1> <http://purl.org/dc/terms/format>';
  expect([...lines(await read(text))].sort()).toEqual([
    `${of} <https://portal.example/catalog.ttl#x> .`,
    `${of} <https://portal.example/format/CSV> .`,
    `${of} <https://portal.example/y> .`,
  ]);
});

test('op E3: broken IRIs cost no more than they must: nodes are encoded, links become texts, statements are few', async () => {
  const reading = await read(`<http://h/a b> dct:title "kept" ; dct:license <Creative Commons Attribution> ;
    dct:modified <2014-05-02T03:13:52.840396> ; <http://h/p q> "dropped" ; dct:source <http://h/{x}> .
    <http://h/c> dct:relation <http://h/a b> ; dct:description "a <b c> d # no comment \\" <e f>" ; dct:title 'x'@en_GB, """<y z>"""@zh_Hant_TW .
    <not an iri> dct:title "dropped" .`);
  expect(reading.failure).toBeUndefined();
  const any = '^^<http://www.w3.org/2001/XMLSchema#anyURI>';
  expect(lines(reading)).toEqual([
    '<http://h/a%20b> <http://purl.org/dc/terms/title> "kept" .',
    `<http://h/a%20b> <http://purl.org/dc/terms/license> "Creative Commons Attribution"${any} .`,
    `<http://h/a%20b> <http://purl.org/dc/terms/modified> "2014-05-02T03:13:52.840396"${any} .`,
    `<http://h/a%20b> <http://purl.org/dc/terms/source> "http://h/{x}"${any} .`,
    '<http://h/c> <http://purl.org/dc/terms/relation> <http://h/a%20b> .',
    '<http://h/c> <http://purl.org/dc/terms/description> "a <b c> d # no comment \\" <e f>" .',
    '<http://h/c> <http://purl.org/dc/terms/title> "x"@en-gb .',
    '<http://h/c> <http://purl.org/dc/terms/title> "<y z>"@zh-hant-tw .',
  ]);
  expect(reading.flaws.map(({ kind, found }) => `${kind} ${found}`)).toEqual([
    'iri-mended http://h/a b',
    'statement-dropped http://h/p q',
    'statement-dropped not an iri',
  ]);
});

test('op E3: the same in RDF/XML and JSON-LD', async () => {
  const xml = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="http://h/a b"><dct:title>kept</dct:title><dct:license rdf:resource="http://h/l m"/></rdf:Description></rdf:RDF>`;
  const json =
    `{"@id": "http://h/a b", "http://purl.org/dc/terms/title": "kept", "l": "http://h/l m", "http://purl.org/dc/terms/source": ["http://h/ is a text"]}`.replace(
      '{',
      '{"@context": {"l": {"@id": "http://purl.org/dc/terms/license", "@type": "@id"}}, ',
    );
  for (const text of [xml, json]) {
    const reading = await read(text);
    expect(lines(reading)).toContain('<http://h/a%20b> <http://purl.org/dc/terms/title> "kept" .');
    expect(lines(reading).filter((line) => line.includes('license'))).toEqual([
      '<http://h/a%20b> <http://purl.org/dc/terms/license> "http://h/l m"^^<http://www.w3.org/2001/XMLSchema#anyURI> .',
    ]);
  }
});

test('what stands before a syntax error is read, and where it is is told', async () => {
  const turtle = await read('<http://a/> dct:title "one" .\n<http://b/> dct:title "two" .\n<http://c/> nonsense .\n');
  expect(lines(turtle)).toHaveLength(2);
  expect(turtle.failure).toMatchObject({ atEnd: false, found: expect.stringContaining('line 3') });
  const xml = await read(
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="http://a/"><dct:title>one</dct:title></rdf:Description></wrong>`,
  );
  expect(lines(xml)).toHaveLength(1);
  expect(xml.failure?.atEnd).toBe(false);
  const json = await read(
    '{"@graph": [{"@id": "http://a/", "http://p/": "one"}, {"@id": "http://b/", "http://p/": }]}',
  );
  expect(lines(json)).toEqual(['<http://a/> <http://p/> "one" .']);
  expect(json.failure).toMatchObject({ atEnd: false });
});

test.each([
  '<http://a/> dct:title "one" .\n<http://b/> dct:tit',
  '<http://a/> dct:title "one" .\n<http://b/> dct:title "tw',
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="http://a/"><dct:title>one</dct:title>`,
  '{"@graph": [{"@id": "http://a/", "http://p/": "one"}, {"@id": "http',
])('a text that is cut off is told from one that is wrong: %s', async (text) => {
  const reading = await read(text);
  expect(reading.failure?.atEnd).toBe(true);
  expect(lines(reading)).toHaveLength(1);
});

const bomb = `<!DOCTYPE rdf:RDF [<!ENTITY a0 "lol">${Array.from({ length: 12 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('')}]>`;
const rdfRoot = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="http://a/"><dct:title>&a12;</dct:title></rdf:Description></rdf:RDF>`;

test.each([
  ['a bomb of entities', `<?xml version="1.0"?>\n${bomb}${rdfRoot}`],
  ['an outer entity', `<!-- x --><!DOCTYPE rdf:RDF [<!ENTITY a12 SYSTEM "file:///etc/passwd">]>${rdfRoot}`],
  ['an outer document type', `<!doctype rdf:RDF SYSTEM "http://10.0.0.1/x.dtd">${rdfRoot}`],
  ['a parameter entity', `<!DOCTYPE rdf:RDF [<!ENTITY % p SYSTEM "http://10.0.0.1/"> %p;]>${rdfRoot}`],
])('op I5: %s is refused at once', async (_, text) => {
  const started = performance.now();
  const reading = await read(text);
  expect(performance.now() - started).toBeLessThan(100);
  expect(reading.triples).toEqual([]);
  expect(reading.failure).toMatchObject({ atEnd: false, found: expect.stringContaining('DOCTYPE') });
});

test('an entity that nobody defined is a fault, not a text', async () => {
  expect((await read(rdfRoot)).failure?.found).toContain('entity');
});

test('op E4: control characters in RDF/XML cost themselves only', async () => {
  const reading = await read(
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="http://a/"><dct:title>on\u0003e&#x0B;&#11;</dct:title></rdf:Description></rdf:RDF>`,
  );
  expect(lines(reading)).toEqual(['<http://a/> <http://purl.org/dc/terms/title> "one" .']);
  expect(reading.flaws).toEqual([{ kind: 'character-dropped', found: '3 control characters' }]);
});

test('contexts by address are those that are known, and nothing is fetched', async () => {
  const of = (context: string) => `{"@context": ${context}, "@id": "http://a/", "title": "one"}`;
  expect(lines(await read(of('"https://known.example/c"')))).toEqual([
    '<http://a/> <http://purl.org/dc/terms/title> "one" .',
  ]);
  const unknown = await read(of('["https://known.example/c", "https://elsewhere.example/c"]'));
  expect(unknown.failure).toMatchObject({
    atEnd: false,
    found: expect.stringContaining('https://elsewhere.example/c'),
  });
});

test('a JSON-LD document of many nested datasets keeps its root and every member', async () => {
  const members = Array.from({ length: 57 }, (_, at) => ({ '@id': `http://d/${at}`, title: `t${at}` }));
  const context = { title: 'http://purl.org/dc/terms/title', dataset: 'http://www.w3.org/ns/dcat#dataset' };
  for (const root of [{ '@id': 'http://c/' }, {}]) {
    const reading = await read(JSON.stringify({ dataset: members, ...root, '@context': context }));
    const links = reading.triples.filter(({ predicate }) => predicate.endsWith('#dataset'));
    expect(new Set(links.map(({ subject }) => subject.value)).size).toBe(1);
    expect(links.map(({ object }) => object.value)).toEqual(members.map((each) => each['@id']));
    expect(reading.triples).toHaveLength(2 * members.length);
  }
});
