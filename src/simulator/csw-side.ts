/** The server side of OGC CSW 2.0.2: GetCapabilities and GetRecords, by address or by a posted document. */
import { escapeXml } from '../kit/xml-escape.ts';
import { childrenOf, elementAt, readXmlTree, wholeText } from '../kit/xml-tree.ts';
import { type CswPortal, type PortalRecord, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

const xmlType = 'application/xml; charset=UTF-8';
const dublinCore = 'http://www.opengis.net/cat/csw/2.0.2';
const defaultPageCap = 100;

/** What a client asked for, whichever way. */
interface Asked {
  readonly request: string;
  readonly start: number;
  readonly rows: number;
  readonly schema: string;
  readonly sortBy: string | undefined;
  readonly constraint: string | undefined;
}

export function answerCsw(portal: CswPortal, request: PortalRequest): Reply {
  if (request.path !== 'csw') return textReply(404, 'text/html', '<html><body>404</body></html>');
  const asked =
    request.body === undefined || request.body === '' ? askedByAddress(request.query) : askedByPost(request.body);
  if (asked.request === 'GetCapabilities') return textReply(200, xmlType, capabilities);
  if (asked.request !== 'GetRecords') return exception('OperationNotSupported', 'request', `unknown: ${asked.request}`);
  if (portal.refusedSchemas?.includes(asked.schema)) {
    return exception('InvalidParameterValue', 'outputSchema', `no such schema: ${asked.schema}`);
  }
  if (asked.sortBy !== undefined && portal.refusedSorts?.includes(asked.sortBy)) {
    return exception('InvalidParameterValue', 'SortBy', `no such property: ${asked.sortBy}`);
  }
  if (asked.constraint !== undefined && portal.refusesConstraint === true) {
    return exception('NoApplicableCode', 'Constraint', 'CQL_TEXT is not understood');
  }
  const every = asked.schema === dublinCore ? (portal.dublinCore ?? portal.records) : portal.records;
  const all = changedSince(every, asked.constraint);
  const ordered = asked.sortBy === undefined ? rotated([...all], asked.start, portal) : sortedById(all);
  if (asked.start > ordered.length && portal.refusesBehindEnd === true && ordered.length > 0) {
    return exception('InvalidParameterValue', 'startPosition', `behind the last of ${ordered.length}`);
  }
  return page(portal, ordered, asked);
}

function page(portal: CswPortal, ordered: readonly PortalRecord[], { start, rows }: Asked): Reply {
  const matched = portal.claimedCount ?? ordered.length;
  const listed = ordered.slice(start - 1, start - 1 + Math.min(rows, portal.pageCap ?? defaultPageCap));
  const behind = start + listed.length;
  const next = behind > ordered.length ? 0 : behind;
  const head = `<?xml version="1.0" encoding="UTF-8"?>
<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="2.0.2">
  <csw:SearchStatus timestamp="2026-11-25T00:00:00Z"/>
  <csw:SearchResults numberOfRecordsMatched="${matched}" numberOfRecordsReturned="${listed.length}" nextRecord="${next}" elementSet="full">`;
  const parts = listed.flatMap(({ bytes }) => [Buffer.from('\n    '), bytes]);
  const body = [Buffer.from(head), ...parts, Buffer.from('\n  </csw:SearchResults>\n</csw:GetRecordsResponse>\n')];
  return { status: 200, headers: { 'content-type': xmlType }, body };
}

function askedByAddress(query: URLSearchParams): Asked {
  const parameters = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  return {
    request: parameters.get('request') ?? '',
    start: Number(parameters.get('startposition') ?? 1),
    rows: Number(parameters.get('maxrecords') ?? 10),
    schema: parameters.get('outputschema') ?? dublinCore,
    sortBy: parameters.get('sortby')?.replace(/:[AD]$/u, ''),
    constraint: parameters.get('constraint'),
  };
}

function askedByPost(body: string): Asked {
  const read = readXmlTree(body);
  if (!read.ok) {
    const nothing = { sortBy: undefined, constraint: undefined };
    return { request: `XML ${read.found}`, start: 1, rows: 10, schema: dublinCore, ...nothing };
  }
  const { local, attributes } = read.root;
  const [query] = childrenOf(read.root, 'Query');
  return {
    request: local,
    start: Number(attributes.get('startPosition') ?? 1),
    rows: Number(attributes.get('maxRecords') ?? 10),
    schema: attributes.get('outputSchema') ?? dublinCore,
    sortBy: wholeText(elementAt(query, 'SortBy/SortProperty/PropertyName')),
    constraint: wholeText(elementAt(query, 'Constraint/CqlText')),
  };
}

/** The only constraint that is played: a day, against the date of the record as it is written. */
function changedSince(records: readonly PortalRecord[], constraint: string | undefined): readonly PortalRecord[] {
  const day = /dct:modified >= '([^']+)'/u.exec(constraint ?? '')?.[1];
  if (day === undefined) return records;
  return records.filter(({ bytes }) => (dateOf(Buffer.from(bytes).toString('utf8')) ?? '') >= day);
}

function dateOf(xml: string): string | undefined {
  return /dateStamp>\s*<gco:Date(?:Time)?>([^<]+)</u.exec(xml)?.[1] ?? /<(?:dct:)?modified>([^<]+)</u.exec(xml)?.[1];
}

function sortedById(records: readonly PortalRecord[]): readonly PortalRecord[] {
  return records.toSorted((a, b) => (a.id === b.id ? 0 : a.id < b.id ? -1 : 1));
}

/** Without an order a database gives its rows as it likes: here, another first one for each page. */
function rotated(records: readonly PortalRecord[], start: number, { hasNoOrder }: CswPortal): readonly PortalRecord[] {
  if (hasNoOrder !== true) return records;
  const by = start % Math.max(1, records.length);
  return [...records.slice(by), ...records.slice(0, by)];
}

function exception(code: string, locator: string, text: string): Reply {
  return textReply(
    200,
    xmlType,
    `<?xml version="1.0" encoding="UTF-8"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows" version="1.2.0">
  <ows:Exception exceptionCode="${code}" locator="${locator}"><ows:ExceptionText>${escapeXml(text)}</ows:ExceptionText></ows:Exception>
</ows:ExceptionReport>
`,
  );
}

const capabilities = `<?xml version="1.0" encoding="UTF-8"?>
<csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ows="http://www.opengis.net/ows" version="2.0.2">
  <ows:ServiceIdentification><ows:ServiceType>CSW</ows:ServiceType></ows:ServiceIdentification>
</csw:Capabilities>
`;
