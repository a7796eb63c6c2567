/**
 * Errors that come with status 200 in place of a file (cases `field F-06` and `P-33`): what the first bytes say, whatever
 * the headers do. Pure.
 */

export interface SoftError {
  readonly reason: 'html_instead_of_data' | 'error_envelope' | 'empty_body';
  /** What the answer itself says, at most 200 characters. */
  readonly detail?: string;
}

export interface BodyStart {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  /** `page`: anything may come. `sheet`: a table in HTML is taken for one. `data`: no page. `any`: nothing is known. */
  readonly expects: 'page' | 'any' | 'sheet' | 'data';
}

const maxDetail = 200;

/** Undefined when nothing speaks against the body. */
export function findSoftError({ bytes, contentType, expects }: BodyStart): SoftError | undefined {
  if (expects === 'page') return undefined;
  const text = startOf(bytes);
  const refused = errorEnvelope(text);
  if (refused !== undefined) return refused;
  if (expects === 'any') return undefined;
  if (bytes.length === 0) return { reason: 'empty_body' };
  if (!isPage(text)) return undefined;
  if (expects === 'sheet' && isTable(text, contentType)) return undefined;
  const title = /<title[^>]*>([^<]*)/iu.exec(text)?.[1];
  return { reason: 'html_instead_of_data', ...detailOf(title) };
}

/** Bytes as text that is good enough to look for ASCII words in: UTF-16 by its BOM, else UTF-8 with faults replaced. */
function startOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}

/** Behind blanks, comments and the XML declaration there begins an HTML page. */
function isPage(text: string): boolean {
  const start = text.replace(/^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->)+/u, '');
  return /^<(?:!doctype\s+html|html|head|body|script|title|meta)\b/iu.test(start);
}

/** What spreadsheet programs open as a table: it has one, or it is sent as a file of theirs. */
function isTable(text: string, contentType: string | undefined): boolean {
  return (
    /<table\b|urn:schemas-microsoft-com:office/iu.test(text) || /excel|msword|officedocument/iu.test(contentType ?? '')
  );
}

/**
 * How the gateways of data.go.kr refuse (`OpenAPI_ServiceResponse`, also seen as JSON with `cmmMsgHeader`), OGC services
 * (`ExceptionReport`) and S3-like stores (`Error` with `Code`).
 */
function errorEnvelope(text: string): SoftError | undefined {
  if (/<OpenAPI_ServiceResponse\b|"?cmmMsgHeader"?\s*[:>]/u.test(text)) {
    return envelope(textOf(text, 'returnAuthMsg') ?? textOf(text, 'errMsg'), textOf(text, 'returnReasonCode'));
  }
  if (/^[\s\uFEFF]*(?:<\?xml[^>]*\?>\s*)?<(?:\w+:)?(?:ServiceExceptionReport|ExceptionReport)\b/u.test(text)) {
    return envelope(textOf(text, 'ExceptionText') ?? textOf(text, 'ServiceException'), undefined);
  }
  if (/^[\s\uFEFF]*(?:<\?xml[^>]*\?>\s*)?<Error>\s*<Code>/u.test(text)) {
    return envelope(textOf(text, 'Message'), textOf(text, 'Code'));
  }
  if (/^[\s\uFEFF]*\{[\s\S]*"success"\s*:\s*false/u.test(text)) return envelope(textOf(text, 'message'), undefined);
  return undefined;
}

function envelope(message: string | undefined, code: string | undefined): SoftError {
  const said = [message, code].filter((each) => each !== undefined && each !== '').join(', ');
  return { reason: 'error_envelope', ...detailOf(said) };
}

/** The text of an XML element or of a JSON field. */
function textOf(text: string, name: string): string | undefined {
  const xml = new RegExp(`<(?:\\w+:)?${name}[^>]*>\\s*([^<]*?)\\s*<`, 'u').exec(text)?.[1];
  return xml ?? new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`, 'u').exec(text)?.[1];
}

function detailOf(text: string | undefined): { readonly detail?: string } {
  const clean = (text ?? '').replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return clean === '' ? {} : { detail: clean.slice(0, maxDetail) };
}
