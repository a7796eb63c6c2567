import { describe, expect, test } from 'vitest';
import { findSoftError } from '../../src/kit/soft-error.ts';
import { encodeCp949 } from '../support/encode-cp949.ts';

const page = '<!DOCTYPE html><html><head><title>Sign in</title></head>';
const table = '\n<html><head><meta charset="euc-kr"></head><body><table><tr><th>A</th></tr></table>';
const utf16 = (text: string): Uint8Array => Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);

const of = (body: string | Uint8Array, expects: 'page' | 'any' | 'sheet' | 'data', contentType?: string) =>
  findSoftError({ bytes: typeof body === 'string' ? Buffer.from(body) : body, contentType, expects })?.reason;

describe('a page in place of a file', () => {
  test.each<[string, string | Uint8Array, 'page' | 'any' | 'sheet' | 'data', string | undefined, string | undefined]>([
    ['a page', page, 'data', undefined, 'html_instead_of_data'],
    ['whatever the header says', page, 'data', 'text/csv', 'html_instead_of_data'],
    [
      'behind blanks, a comment and an XML declaration',
      `\n <?xml version="1.0"?>\n<!-- x -->${page}`,
      'data',
      undefined,
      'html_instead_of_data',
    ],
    ['behind a BOM', `\uFEFF${page}`, 'data', undefined, 'html_instead_of_data'],
    ['in UTF-16', utf16(page), 'data', undefined, 'html_instead_of_data'],
    ['field P-31: a table where a sheet is expected', table, 'sheet', 'text/html', undefined],
    ['a table where a CSV is expected', table, 'data', 'text/html', 'html_instead_of_data'],
    ['a page where a sheet is expected', page, 'sheet', 'text/html', 'html_instead_of_data'],
    ['a page sent as a sheet', page, 'sheet', 'application/vnd.ms-excel', undefined],
    ['a page where a page is expected', page, 'page', 'text/html', undefined],
    ['a page where nothing is known', page, 'any', 'text/html', undefined],
    ['XML data', '<?xml version="1.0"?><rows><row/></rows>', 'data', 'text/html', undefined],
    [
      'KML with markup inside',
      '<?xml version="1.0"?><kml><description><html></description>',
      'data',
      undefined,
      undefined,
    ],
    ['text about HTML', 'tag,meaning\n<html>,root\n', 'data', 'text/html', undefined],
    ['nothing', '', 'data', undefined, 'empty_body'],
    ['nothing where nothing is known', '', 'any', undefined, undefined],
  ])('%s', (_title, body, expects, contentType, reason) => {
    expect(of(body, expects, contentType)).toBe(reason);
  });
});

describe('field F-06: an error in an envelope, with status 200', () => {
  test.each<[string, string, string | undefined]>([
    [
      '<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>LIMITED</returnAuthMsg><returnReasonCode>22</returnReasonCode>',
      'error_envelope',
      'LIMITED, 22',
    ],
    [
      '{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"returnAuthMsg":"LIMITED","returnReasonCode":"22"}}}',
      'error_envelope',
      'LIMITED, 22',
    ],
    [
      '<?xml version="1.0"?><ows:ExceptionReport><ows:Exception><ows:ExceptionText>no layer</ows:ExceptionText>',
      'error_envelope',
      'no layer',
    ],
    [
      '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
      'error_envelope',
      'Access Denied, AccessDenied',
    ],
    ['{"success": false, "error": {"message": "Not found"}}', 'error_envelope', 'Not found'],
  ])('%s', (body, reason, detail) => {
    for (const expects of ['any', 'data', 'sheet'] as const) {
      expect(findSoftError({ bytes: Buffer.from(body), contentType: undefined, expects })).toEqual({ reason, detail });
    }
  });
  test.each([
    '{"success": true, "result": []}',
    '{"header":{"resultCode":"00"},"items":[]}',
    '<Errors><Code>1</Code></Errors>',
    'code,message\n1,"success": false\n',
  ])('data that only resembles one: %s', (body) => {
    expect(of(body, 'data')).toBeUndefined();
  });
});

test('a page in another encoding is still a page, its title is short and on one line', () => {
  const bytes = Buffer.concat([
    Buffer.from('<html><title>'),
    encodeCp949('점검'),
    Buffer.from(`\r\n${'x'.repeat(900)}</title>`),
  ]);
  const found = findSoftError({ bytes, contentType: 'text/csv', expects: 'data' });
  expect(found?.detail?.length).toBe(200);
  expect(found?.detail).not.toMatch(/[\r\n]/);
});
