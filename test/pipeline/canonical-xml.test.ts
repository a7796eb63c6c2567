import { expect, test } from 'vitest';
import { saysTheSame } from '../../src/pipeline/canonical-record.ts';

const record = (xml: string) => ({ form: 'iso19139-record', raw: Buffer.from(xml) }) as const;
const before = '<g:M xmlns:g="urn:g" b="1" a="2"><g:stamp>1</g:stamp><g:t id="x">水 &amp; 火</g:t></g:M>';

test.each([
  [
    'other prefixes, orders and spaces',
    '<M xmlns="urn:g" a="2" b="1">\n <stamp>1</stamp><t id="x"><![CDATA[水 & 火]]></t><!-- --></M>',
    true,
  ],
  ['an element that is volatile', before.replace('>1<', '>2<'), true],
  ['an attribute that is volatile', before.replace('"x"', '"y"'), true],
  ['another text', before.replace('水', '木'), false],
  ['another namespace', before.replace('urn:g', 'urn:h'), false],
  ['another attribute', before.replace('a="2"', 'a="3"'), false],
  ['an element more', before.replace('</g:M>', '<g:t/></g:M>'), false],
  ['what is no XML', '<g:M', false],
])('a record of XML says the same or not: %s', (_, after, same) => {
  expect(saysTheSame(record(before), record(after), ['stamp', '@id'])).toBe(same);
});
