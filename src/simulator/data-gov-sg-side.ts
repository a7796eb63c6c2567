/** The server side of data.gov.sg's public API v2: numbered pages, and the metadata of one dataset. */
import { enveloped } from './json-envelope.ts';
import { type DataGovSgPortal, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

const jsonType = 'application/json; charset=utf-8';

/** 462 pages held 4,616 datasets (a public account of 2026). */
const defaultPageSize = 10;

export function answerDataGovSg(portal: DataGovSgPortal, request: PortalRequest): Reply {
  const listPath = dataGovSgPath(portal);
  if (request.path === listPath) return page(portal, Number(request.query.get('page') ?? 1));
  const [, id = ''] = /^v2\/public\/api\/datasets\/([^/]+)\/metadata$/u.exec(request.path) ?? [];
  const found = portal.records.find((record) => record.id === decodeURIComponent(id));
  if (found === undefined) return textReply(404, jsonType, '{"code": 24, "errorMsg": "Dataset not found"}');
  return json(enveloped('{"code":0,"data":', [found], ',"errorMsg":""}'));
}

export function dataGovSgPath(portal: DataGovSgPortal): string {
  return `v2/public/api/${portal.listing}`;
}

function page(portal: DataGovSgPortal, number: number): Reply {
  const size = portal.pageSize ?? defaultPageSize;
  const rows = portal.records.slice((number - 1) * size, number * size);
  const pages = Math.ceil(portal.records.length / size);
  const total = portal.claimedCount ?? portal.records.length;
  // Collections come without a total.
  const figures = portal.listing === 'datasets' ? `,"rowCount":${rows.length},"totalRowCount":${total}` : '';
  return json(
    enveloped(`{"code":0,"data":{"${portal.listing}":[`, rows, `],"pages":${pages}${figures}},"errorMsg":""}`),
  );
}

function json(body: Reply['body']): Reply {
  return { status: 200, headers: { 'content-type': jsonType }, body };
}
