/** The server side of DCAT-US 1.1 (Project Open Data): a `data.json`, in pages or whole. */
import { type DcatUsPortal, type PortalRecord, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

const head = `{
  "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
  "@type": "dcat:Catalog",
  "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
  "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
  "dataset": [`;

/** Bytes sent at a time. */
const chunkBytes = 262_144;

export function answerDcatUs(portal: DcatUsPortal, request: PortalRequest): Reply {
  if (request.path !== 'data.json') return textReply(404, 'text/html', '<html><body>404</body></html>');
  const headers = { 'content-type': 'application/json' };
  if (portal.pageSize === undefined) return { status: 200, headers, body: catalogue(portal.records) };
  const page = Number(request.query.get('page') ?? 1);
  const start = (page - 1) * portal.pageSize;
  const records = [...portal.records];
  const hasNext = start + portal.pageSize < records.length;
  const link = portal.linksPages && hasNext ? { link: `<${request.base}data.json?page=${page + 1}>; rel="next"` } : {};
  return {
    status: 200,
    headers: { ...headers, ...link },
    body: catalogue(records.slice(start, start + portal.pageSize)),
  };
}

function* catalogue(records: Iterable<PortalRecord>): Generator<Uint8Array> {
  let parts: Uint8Array[] = [Buffer.from(head)];
  let held = 0;
  let separator = '\n    ';
  for (const { bytes } of records) {
    parts.push(Buffer.from(separator), bytes);
    separator = ',\n    ';
    held += bytes.length;
    if (held < chunkBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    held = 0;
  }
  parts.push(Buffer.from('\n  ]\n}\n'));
  yield Buffer.concat(parts);
}
