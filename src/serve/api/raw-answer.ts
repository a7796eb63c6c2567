/**
 * A record as its portal sent it, from our own address: bytes of others, so never as anything a browser would run
 * (field case W-04). Text is shown as plain text, the rest is only to be saved.
 */
import type { ArchivedRecord } from '../../store/catalogue-reader.ts';
import { sandboxPolicy } from '../security-headers.ts';

export interface RawAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

export function rawAnswer(
  datasetId: string,
  record: ArchivedRecord,
  part: 'record' | 'context',
): RawAnswer | undefined {
  const bytes = part === 'record' ? record.raw : record.context;
  if (bytes === undefined) return undefined;
  const text = isUtf8(bytes);
  const name = `${datasetId}-v${record.version}${part === 'context' ? '-context' : ''}.${text ? 'txt' : 'bin'}`;
  return {
    bytes: new Uint8Array(bytes),
    headers: {
      'Content-Type': text ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      'Content-Disposition': `${text ? 'inline' : 'attachment'}; filename="${name}"`,
      'Content-Security-Policy': sandboxPolicy,
      ...(part === 'record' ? { ETag: `"${record.sha256}"` } : {}),
    },
  };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    // The decoder's only way to say that the bytes are of another encoding.
    return false;
  }
}
