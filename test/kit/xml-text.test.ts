import { describe, expect, test } from 'vitest';
import { escapeXml } from '../../src/kit/xml-escape.ts';
import { decodeXml } from '../../src/kit/xml-text.ts';
import { readXmlTree } from '../../src/kit/xml-tree.ts';
import { encodeBig5 } from '../support/encode-big5.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const declared = (encoding: string, body: Uint8Array) =>
  Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><r>`), body, Buffer.from('</r>')]);
const utf8 = Buffer.from('結果');

describe('field F-13: BOM, then the declaration, then the label', () => {
  test.each([
    ['a declaration without a label', declared('Big5', hex('b5b2aa47')), undefined, 'big5'],
    ['a declaration against the label', declared('Big5', hex('b5b2aa47')), 'utf-8', 'big5'],
    [
      'a label without a declaration',
      Buffer.concat([Buffer.from('<r>'), hex('b5b2aa47'), Buffer.from('</r>')]),
      'big5',
      'big5',
    ],
    ['a declaration that does not decode', declared('Big5', utf8), 'big5', 'utf-8'],
    ['UTF-8 that calls itself Latin', declared('ISO-8859-1', utf8), 'iso-8859-1', 'utf-8'],
    ['a BOM against both', Buffer.concat([hex('efbbbf'), declared('Big5', utf8)]), 'big5', 'utf-8'],
    ['an empty declaration', declared('UTF-8', utf8), undefined, 'utf-8'],
    [
      'UTF-16 with a BOM',
      Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><r>結果</r>', 'utf16le'),
      undefined,
      'utf-16le',
    ],
    ['UTF-16 without one', Buffer.from('<r>結果</r>', 'utf16le'), undefined, 'utf-16le'],
  ])('%s', async (_, bytes, label, encoding) => {
    const decoded = await decodeXml(bytes, { label });
    expect(decoded.encoding).toBe(encoding);
    expect(readXmlTree(decoded.text)).toMatchObject({ ok: true, root: { text: '結果' } });
  });

  test('bytes that nothing explains are read by the languages of the portal', async () => {
    const bytes = Buffer.concat([Buffer.from('<r>'), encodeBig5('空氣品質監測結果'), Buffer.from('</r>')]);
    const { text, encoding } = await decodeXml(bytes, { label: 'utf-8', candidates: ['big5'] });
    expect([text, encoding]).toEqual(['<r>空氣品質監測結果</r>', 'big5']);
  });
});

test('op E4: what is written into XML is read back, without what XML forbids', () => {
  const text = 'a\u0003<b> & "c" \'d\' ]]> 가𝄞\ud800\uffff';
  const read = readXmlTree(`<r k="${escapeXml(text)}">${escapeXml(text)}</r>`);
  const clean = 'a<b> & "c" \'d\' ]]> 가𝄞';
  expect(read).toMatchObject({ ok: true, mended: false, root: { text: clean } });
  expect(read.ok && read.root.attributes.get('k')).toBe(clean);
});
