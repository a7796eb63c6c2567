/** The server side of the monthly list of data.go.kr (dataset 15062804): one CSV file. */
import { type DataGoKrPortal, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

/** Bytes sent at a time. */
const chunkBytes = 262_144;

export function answerDataGoKr(portal: DataGoKrPortal, request: PortalRequest): Reply {
  if (request.path !== 'list.csv') return textReply(404, 'text/html', '<html><body>404</body></html>');
  return { status: 200, headers: { 'content-type': 'text/csv' }, body: csvChunks(portal) };
}

function* csvChunks(portal: DataGoKrPortal): Generator<Uint8Array> {
  const lineEnd = Buffer.from('\r\n');
  let parts: Uint8Array[] = [portal.header, lineEnd];
  let held = 0;
  for (const { bytes } of portal.records) {
    parts.push(bytes, lineEnd);
    held += bytes.length;
    if (held < chunkBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    held = 0;
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}
