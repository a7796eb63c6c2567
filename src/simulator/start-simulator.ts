/**
 * Plays portals over loopback for demo, tests and benches: real protocols, real HTTP, records in their native bytes,
 * and faults on demand. Serves what it is given and judges nothing.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CkanSide, ckanSide } from './ckan-side.ts';
import { answerCsw } from './csw-side.ts';
import { answerDataGoKr } from './data-go-kr-side.ts';
import { answerDataGovMy } from './data-gov-my-side.ts';
import { answerDataGovSg, dataGovSgPath } from './data-gov-sg-side.ts';
import { answerDataGovTw } from './data-gov-tw-side.ts';
import { answerDcatRdf, dcatRdfPath } from './dcat-rdf-side.ts';
import { answerDcatUs } from './dcat-us-side.ts';
import { type Fault, type FaultPlan, type FaultRule, faultPlan, spoiltReply } from './faults.ts';
import { answerOgdIndia, ogdIndiaPath } from './ogd-india-side.ts';
import { answerSchemaOrg } from './schema-org-side.ts';
import { sendReply } from './send-reply.ts';
import { type PortalRequest, type Reply, type SimulatedPortal, textReply } from './simulated-portal.ts';
import { type Conditions, conditionalReply, type Validators } from './validators.ts';

export interface SimulatorOptions {
  readonly portals: readonly SimulatedPortal[];
  readonly faults?: readonly FaultRule[];
  /** By portal id; a portal that has none gives none. */
  readonly validators?: Readonly<Record<string, Validators>>;
  /** 0, the default: any free port. */
  readonly port?: number;
}

export interface SeenRequest {
  readonly portal: string;
  /** Below the portal, with the query. */
  readonly pathAndQuery: string;
  /** It was asked for on condition that it changed. */
  readonly isConditional: boolean;
}

export interface Simulator {
  readonly origin: string;
  /** What `endpoint` of the portal's source has to be. */
  urlOf(portalId: string): string;
  /** Every request so far, in order. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** What the adapter of the portal's protocol asks first, below the portal. */
function endpointOf(portal: SimulatedPortal): string {
  switch (portal.protocol) {
    case 'ckan':
      return 'api/3/action/';
    case 'csw':
      return 'csw';
    case 'data-go-kr':
      return 'list.csv';
    case 'data-gov-my':
      return 'git/trees/main?recursive=1';
    case 'data-gov-sg':
      return dataGovSgPath(portal);
    case 'data-gov-tw':
      return 'api/front/dataset/export?format=csv';
    case 'dcat-rdf':
      return dcatRdfPath(portal);
    case 'dcat-us':
      return 'data.json';
    case 'ogd-india':
      return ogdIndiaPath(portal);
    case 'schema-org':
      return 'sitemap.xml';
  }
}

/** A portal with its present records. */
interface LivePortal {
  portal: SimulatedPortal;
  ckan: CkanSide | undefined;
}

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const live = new Map<string, LivePortal>(options.portals.map((portal) => [portal.id, { portal, ckan: undefined }]));
  const plan = faultPlan(options.faults ?? []);
  const requests: SeenRequest[] = [];
  const { validators = {} } = options;
  let origin = '';
  const server = createServer((request, response) => {
    answer(request, response, { live, plan, requests, origin, validators }).catch((failure: unknown) => {
      response.destroy(failure instanceof Error ? failure : new Error(String(failure)));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    origin,
    requests,
    urlOf(portalId) {
      const found = live.get(portalId);
      if (!found) throw new RangeError(`the simulator plays ${[...live.keys()].join(', ')}; asked for ${portalId}`);
      return `${origin}/${encodeURIComponent(portalId)}/${endpointOf(found.portal)}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('the simulator listens on no port');
  return address.port;
}

interface Stage {
  readonly live: ReadonlyMap<string, LivePortal>;
  readonly plan: FaultPlan;
  readonly requests: SeenRequest[];
  readonly origin: string;
  readonly validators: Readonly<Record<string, Validators>>;
}

async function answer(incoming: IncomingMessage, response: ServerResponse, stage: Stage): Promise<void> {
  const url = new URL(incoming.url ?? '/', stage.origin);
  const [, first = '', ...rest] = url.pathname.split('/');
  const portalId = decodeURIComponent(first);
  const path = rest.join('/');
  const found = stage.live.get(portalId);
  if (!found) return sendReply(response, textReply(404, 'text/plain', `no portal ${portalId}`), []);
  const pathAndQuery = `${path}${url.search}`;
  const conditions = conditionsOf(incoming);
  const isConditional = conditions.ifNoneMatch !== undefined || conditions.ifModifiedSince !== undefined;
  stage.requests.push({ portal: portalId, pathAndQuery, isConditional });
  const faults = stage.plan.next(portalId, pathAndQuery);
  for (const fault of faults) edit(found, fault);
  const body = incoming.method === 'POST' ? { body: await postedText(incoming) } : {};
  const request: PortalRequest = { path, query: url.searchParams, base: `${stage.origin}/${first}/`, ...body };
  const own = stage.validators[portalId];
  const plain = replyOf(found, request);
  const reply = own === undefined ? plain : conditionalReply(plain, own, conditions);
  await sendReply(response, spoiltReply(reply, faults), faults);
}

function conditionsOf({ headers }: IncomingMessage): Conditions {
  return { ifNoneMatch: headers['if-none-match'], ifModifiedSince: headers['if-modified-since'] };
}

async function postedText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function edit(live: LivePortal, fault: Fault): void {
  if (fault.kind !== 'edit') return;
  live.portal = { ...live.portal, records: fault.edit([...live.portal.records]) };
  live.ckan = undefined;
}

function replyOf(live: LivePortal, request: PortalRequest): Reply {
  const { portal } = live;
  switch (portal.protocol) {
    case 'ckan':
      live.ckan ??= ckanSide(portal);
      return live.ckan.answer(request);
    case 'csw':
      return answerCsw(portal, request);
    case 'data-go-kr':
      return answerDataGoKr(portal, request);
    case 'data-gov-my':
      return answerDataGovMy(portal, request);
    case 'data-gov-sg':
      return answerDataGovSg(portal, request);
    case 'data-gov-tw':
      return answerDataGovTw(portal, request);
    case 'dcat-rdf':
      return answerDcatRdf(portal, request);
    case 'dcat-us':
      return answerDcatUs(portal, request);
    case 'ogd-india':
      return answerOgdIndia(portal, request);
    case 'schema-org':
      return answerSchemaOrg(portal, request);
  }
}
