/**
 * The server side of OGD India's two listings. `/lists`: the envelope of the recorded `resource/{id}` bodies
 * (`message: "Resource lists"`, `limit` and `offset` as strings). `dmspublic`: as public accounts of it describe.
 */
import { enveloped } from './json-envelope.ts';
import { type OgdIndiaPortal, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

const jsonType = 'application/json; charset=utf-8';
const defaultRows = 10;

export function answerOgdIndia(portal: OgdIndiaPortal, request: PortalRequest): Reply {
  if (request.path !== ogdIndiaPath(portal)) return textReply(404, jsonType, '{"error": "Not found"}');
  const limit = Math.min(Number(request.query.get('limit') ?? defaultRows), portal.limitCap ?? 1_000);
  const offset = Number(request.query.get('offset') ?? 0);
  const rows = portal.records.slice(offset, offset + limit);
  const total = portal.claimedCount ?? portal.records.length;
  const body = portal.listing === 'dmspublic' ? dmsPublic(rows, total) : lists(rows, { total, limit, offset });
  return { status: 200, headers: { 'content-type': jsonType }, body };
}

export function ogdIndiaPath(portal: OgdIndiaPortal): string {
  return portal.listing === 'dmspublic' ? 'backend/dmspublic/v1/resources' : 'lists';
}

interface Place {
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

function lists(rows: OgdIndiaPortal['records'], { total, limit, offset }: Place): Reply['body'] {
  const head = `{"message":"Resource lists","version":"2.2.0","status":"ok","total":${total},"count":${rows.length},`;
  return enveloped(`${head}"limit":"${limit}","offset":"${offset}","records":[`, rows, ']}');
}

function dmsPublic(rows: OgdIndiaPortal['records'], total: number): Reply['body'] {
  const head = `{"name":"OGDP API","version":"2.0.5","statusCode":200,"total":${total},"data":{"rows":[`;
  return enveloped(head, rows, '],"aggregations":{}}}');
}
