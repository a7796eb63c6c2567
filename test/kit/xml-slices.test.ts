import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type XmlSlice, XmlSliceScanner } from '../../src/kit/xml-slices.ts';
import { readXmlTree } from '../../src/kit/xml-tree.ts';
import { randomRuns } from '../support/random-runs.ts';

const options = { path: ['a', 'b'], texts: ['id', 'level/Code'], maxSliceLength: 10_000 };

function scan(text: string, pieces: readonly string[] = [text], more = {}) {
  const scanner = new XmlSliceScanner({ ...options, ...more });
  const slices: XmlSlice[] = [];
  for (const piece of pieces) slices.push(...scanner.push(piece));
  return { slices, end: scanner.end() };
}

const within = (records: string, root = 'xmlns:o="urn:outer" xmlns:x="urn:x"') =>
  `<?xml version="1.0"?>\n<o:a ${root}><o:b n="3" next='0'>${records}</o:b></o:a>\n`;

describe('XmlSliceScanner', () => {
  test('gives the elements at the path as they stood there', () => {
    const record = `<r  xmlns="urn:r"\r\n  k='1'><id> 7 &amp; 8 </id><!-- <b/> --><![CDATA[<x>&]]><e /></r >`;
    const { slices, end } = scan(within(`\n ${record}<o:s/>`));
    expect(slices.map(({ text, local, uri }) => [text, local, uri])).toEqual([
      [record, 'r', 'urn:r'],
      ['<o:s xmlns:o="urn:outer"/>', 's', 'urn:outer'],
    ]);
    expect(slices[0]?.texts.get('id')).toBe('7 & 8');
    expect(end).toMatchObject({ complete: true, fault: undefined, root: { local: 'a', uri: 'urn:outer' } });
    expect(end.attributes?.get('n')).toBe('3');
  });

  test('writes the namespaces that a slice takes from around it into its start tag, and no others', () => {
    const record = '<r><x:y o:k="1" xmlns:z="urn:z"><z:q xsi:type="t:T"/></x:y></r>';
    const root =
      'xmlns="urn:d" xmlns:o="urn:o&amp;1" xmlns:x="urn:x" xmlns:t="urn:t" xmlns:unused="urn:u" xmlns:xsi="urn:xsi"';
    const { slices } = scan(`<a ${root}><b>${record}</b></a>`);
    const declared = ' xmlns="urn:d" xmlns:o="urn:o&#38;1" xmlns:t="urn:t" xmlns:x="urn:x" xmlns:xsi="urn:xsi"';
    expect(slices[0]?.text).toBe(record.replace('<r', `<r${declared}`));
    expect(readXmlTree(slices[0]?.text ?? '')).toMatchObject({ ok: true, mended: false, root: { uri: 'urn:d' } });
  });

  test('gives the same in any pieces', () => {
    const text = within(
      '<r xmlns="urn:r"><id>𝄞 &lt;1&gt;</id><level><Code codeListValue="dataset"/></level></r>\r\n<x:r>\u0003&amp;가 &#x20; & b</x:r><r/>',
    );
    const whole = scan(text);
    expect(whole.slices).toHaveLength(3);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((place, at) => text.slice(places[at], place));
        expect(scan(text, pieces)).toEqual(whole);
      }),
      randomRuns(200),
    );
  });

  test('op E4: a control character, a bare ampersand and an unknown entity cost nothing and stay where they are', () => {
    const record = '<r><id>a\u0003b & c&nbsp;d; &#3; x</id></r>';
    const { slices, end } = scan(within(`${record}<r/>`));
    expect(slices.map(({ text, broken }) => [text, broken])).toEqual([
      [record, undefined],
      ['<r/>', undefined],
    ]);
    expect(slices[0]?.texts.get('id')).toContain('a b & c&nbsp;d;');
    expect(end).toMatchObject({ complete: true, fault: undefined });
  });

  test('a slice whose tags do not match is told from its neighbours', () => {
    const stray = scan(within('<r><id>1</id></r><r><id>2</x></r><r><id>3</id></r>'));
    expect(stray.end.fault).toContain('unexpected close tag');
    const unclosed = scan(within('<r><id>1</id></r><r><id>2</r><r><id>3</id></r>'));
    expect(unclosed.slices.map(({ broken }) => broken === undefined)).toEqual([true, false, true]);
    expect(unclosed.end).toMatchObject({ complete: true, fault: undefined });
  });

  test('an end tag that is missing is a fault of the document: nobody knows which records it swallowed', () => {
    const { end } = scan(within('<r><id>1</id><r><id>2</id></r>'));
    expect(end.fault).toContain('unexpected close tag');
  });

  test.each([['<a><b><r>'], ['<a><b><r/></b>'], ['<a><b><r/'], ['<a><b>']])('%s is not complete', (text) => {
    expect(scan(text).end).toMatchObject({ complete: false, fault: undefined });
  });

  test('a slice that is too long is given without its text', () => {
    const { slices } = scan(within(`<r><id>1</id>${'x'.repeat(50)}</r><r/>`), undefined, { maxSliceLength: 40 });
    expect(slices.map(({ text, texts }) => [text, texts.get('id')])).toEqual([
      [undefined, '1'],
      ['<r/>', undefined],
    ]);
  });

  test('a document without the path has no attributes and no slices', () => {
    const { slices, end } = scan('<html><body><b><r/></b></body></html>');
    expect([slices, end.attributes, end.root?.local]).toEqual([[], undefined, 'html']);
  });
});

const laughs = (levels: number) =>
  `<!DOCTYPE a [<!ENTITY l0 "lol">${Array.from({ length: levels }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]><a><b><r>&l${levels};</r></b></a>`;

describe('op I5: no document type, no entity of its own', () => {
  test.each([
    ['billion laughs', laughs(9)],
    [
      'an external entity',
      '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE a SYSTEM "file:///etc/passwd"><a><b><r/></b></a>',
    ],
    ['an external subset', '<!doctype a [<!ENTITY x SYSTEM "http://127.0.0.1/">]><a><b><r>&x;</r></b></a>'],
    ['a huge subset', `<!DOCTYPE a [${'<!-- y -->'.repeat(200_000)}]><a><b><r/></b></a>`],
    ['one behind a long comment', `<!--${'-x'.repeat(8_000)}--><!DOCTYPE a [<!ENTITY x "y">]><a><b><r>&x;</r></b></a>`],
  ])('%s is refused within 100 ms, unread', (_, text) => {
    const started = performance.now();
    const { slices, end } = scan(text);
    const tree = readXmlTree(text);
    expect(performance.now() - started).toBeLessThan(200);
    expect([slices, end.complete]).toEqual([[], false]);
    expect(end.fault).toContain('document type');
    expect(tree).toMatchObject({ ok: false, found: expect.stringContaining('document type') });
  });

  test('text that speaks of a DOCTYPE is no DOCTYPE', () => {
    expect(scan(within('<r><![CDATA[<!DOCTYPE html>]]></r>')).slices).toHaveLength(1);
  });

  test('an undefined entity is text, not a file', () => {
    const read = readXmlTree('<a>&xxe; &lt;</a>');
    expect(read).toMatchObject({ ok: true, mended: true, root: { text: '&xxe; <' } });
  });

  test('a tower of elements is refused', () => {
    const tower = `${'<a>'.repeat(100_000)}`;
    expect(scan(tower).end.fault).toContain('levels');
    expect(readXmlTree(tower)).toMatchObject({ ok: false, found: expect.stringContaining('levels') });
  });
});
