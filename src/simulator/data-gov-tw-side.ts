/** The server side of data.gov.tw: the export as CSV, which calls itself HTML, and the detail of one dataset. */
import { csvChunks } from './csv-chunks.ts';
import { enveloped } from './json-envelope.ts';
import { type DataGovTwPortal, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

const jsonType = 'application/json; charset=utf-8';
const detailFolder = 'api/v2/rest/dataset/';

export function answerDataGovTw(portal: DataGovTwPortal, request: PortalRequest): Reply {
  const { header, records } = portal;
  if (request.path === 'api/front/dataset/export') {
    return { status: 200, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: csvChunks(header, records) };
  }
  const isDetail = request.path.startsWith(detailFolder);
  const id = isDetail ? decodeURIComponent(request.path.slice(detailFolder.length)) : '';
  const found = portal.details?.find((record) => record.id === id);
  if (found === undefined) return textReply(404, jsonType, '{"success": false, "error": {"message": "Not found"}}');
  const body = enveloped('{"help": "", "success": true, "result": ', [found], '}');
  return { status: 200, headers: { 'content-type': jsonType }, body };
}
