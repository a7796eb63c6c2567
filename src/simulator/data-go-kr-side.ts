/** The server side of the monthly list of data.go.kr (dataset 15062804): one CSV file. */
import { csvChunks } from './csv-chunks.ts';
import { type DataGoKrPortal, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

export function answerDataGoKr(portal: DataGoKrPortal, request: PortalRequest): Reply {
  if (request.path !== 'list.csv') return textReply(404, 'text/html', '<html><body>404</body></html>');
  return { status: 200, headers: { 'content-type': 'text/csv' }, body: csvChunks(portal.header, portal.records) };
}
