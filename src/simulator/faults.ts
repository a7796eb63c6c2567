/** The fault plan: which request of which portal goes wrong, and how. */
import type { PortalRecord, Reply } from './simulated-portal.ts';

export type Fault =
  | { readonly kind: 'delay'; readonly ms: number }
  /** Answers something else: 429 with Retry-After, 500, an HTML page, an empty 200 … */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Breaks the connection off, without ending the answer, after so many bytes of the body. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Sends so many bytes of the body and ends the answer as if that were all. */
  | { readonly kind: 'truncate'; readonly keepBytes: number }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Sends the body in small pieces with gaps. */
  | { readonly kind: 'drip'; readonly chunkBytes: number; readonly gapMs: number }
  /** Sends other bytes or another charset than it says. */
  | { readonly kind: 'rewrite'; readonly contentType?: string; readonly change: (body: Uint8Array) => Uint8Array }
  /** The portal's records change before this request is answered, for good. */
  | { readonly kind: 'edit'; readonly edit: (records: readonly PortalRecord[]) => readonly PortalRecord[] };

export interface FaultRule {
  /** Portal id; every portal unless told. */
  readonly portal?: string;
  /** Part of path and query; every request unless told. */
  readonly path?: string;
  /** First request, counted over those that match, that goes wrong; 1 unless told. */
  readonly from?: number;
  /** How many go wrong; 1 unless told. */
  readonly times?: number;
  readonly fault: Fault;
}

export interface FaultPlan {
  /** The faults of this request, in the order of the rules. */
  next(portal: string, pathAndQuery: string): readonly Fault[];
}

export function faultPlan(rules: readonly FaultRule[]): FaultPlan {
  const counters = rules.map((rule) => ({ rule, seen: 0 }));
  return {
    next(portal, pathAndQuery) {
      const faults: Fault[] = [];
      for (const counter of counters) {
        const { rule } = counter;
        if (!matches(rule, portal, pathAndQuery)) continue;
        counter.seen += 1;
        const from = rule.from ?? 1;
        if (counter.seen >= from && counter.seen < from + (rule.times ?? 1)) faults.push(rule.fault);
      }
      return faults;
    },
  };
}

function matches(rule: FaultRule, portal: string, pathAndQuery: string): boolean {
  return (rule.portal ?? portal) === portal && pathAndQuery.includes(rule.path ?? '');
}

/** The reply as the faults of kind `answer`, `redirect` and `rewrite` make it. */
export function spoiltReply(reply: Reply, faults: readonly Fault[]): Reply {
  return faults.reduce(spoil, reply);
}

function spoil(reply: Reply, fault: Fault): Reply {
  switch (fault.kind) {
    case 'answer':
      return { status: fault.status, headers: fault.headers ?? {}, body: [Buffer.from(fault.body ?? '')] };
    case 'redirect':
      return { status: 302, headers: { location: fault.to }, body: [] };
    case 'rewrite': {
      const type = fault.contentType ?? reply.headers['content-type'] ?? '';
      return {
        ...reply,
        headers: { ...reply.headers, 'content-type': type },
        body: [fault.change(Buffer.concat([...reply.body]))],
      };
    }
    default:
      return reply;
  }
}
