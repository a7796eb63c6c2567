/** Which protocol a portal speaks, found by asking it: a score of short requests at most, one a second. */
import type { Protocol } from '../model/source.ts';
import { isSourceError } from '../model/source-error.ts';
import { type PeekOptions, peek } from './peek.ts';
import { documentSigns, type ProtocolSign, protocolSigns, type SignRead } from './protocol-signs.ts';

export type Detected =
  | {
      readonly kind: 'supported';
      readonly name: string;
      readonly protocol: Protocol;
      /** The portal's address, ending with a slash. */
      readonly base: string;
      readonly endpoint: string;
      readonly recordPage?: string;
      /** Options that the source's file needs besides. */
      readonly options?: Readonly<Record<string, string>>;
      /** As the portal claims. */
      readonly records?: number;
    }
  | { readonly kind: 'recognised'; readonly name: string; readonly url: string }
  | { readonly kind: 'unknown'; readonly asked: number };

/** `address` may be any page of the portal. Throws `SourceError` where the portal does not answer. */
export async function detectProtocol(address: string, options: PeekOptions): Promise<Detected> {
  let asked = 0;
  let recognised: Detected | undefined;
  for (const sign of protocolSigns) {
    // A protocol without an adapter is looked for only below the address given: it changes nothing.
    const bases = sign.protocol === undefined ? basesOf(address).slice(0, 1) : basesOf(address);
    if (recognised !== undefined && sign.protocol === undefined) break;
    for (const base of bases) {
      asked += 1;
      const read = await readSign(sign, base, { ...options, isFirst: asked === 1 });
      if (read === undefined) continue;
      if (sign.protocol !== undefined) return supported(sign, sign.protocol, base, read.records);
      recognised = { kind: 'recognised', name: sign.name, url: `${base}${sign.path}` };
    }
  }
  const document = await documentAt(address, options);
  asked += document.asked;
  return document.found ?? recognised ?? { kind: 'unknown', asked };
}

/** Endings of catalogues that are one document. */
const documentEnding = /\.(?:ttl|n3|nt|rdf|xml|jsonld|json)$/i;

/** The very address that was given, where it may be such a document: its name may be any. */
async function documentAt(
  address: string,
  options: PeekOptions,
): Promise<{ readonly asked: number; readonly found?: Detected }> {
  const { pathname, origin } = new URL(address);
  if (!documentEnding.test(pathname)) return { asked: 0 };
  let asked = 0;
  for (const sign of documentSigns) {
    asked += 1;
    const read = await readSign(sign, address, { ...options, isFirst: false });
    if (read === undefined || sign.protocol === undefined) continue;
    const { name, protocol } = sign;
    return { asked, found: { kind: 'supported', name, protocol, base: `${origin}/`, endpoint: address } };
  }
  return { asked };
}

/** Failures of one address that say nothing of the portal; a protocol that is not there may be answered like that. */
const ofOneAddress: ReadonlySet<string> = new Set(['timeout', 'unreachable', 'truncated', 'too-many-redirects']);

async function readSign(
  sign: ProtocolSign,
  base: string,
  { isFirst, ...options }: PeekOptions & { readonly isFirst: boolean },
): Promise<SignRead | undefined> {
  try {
    const answer = await peek(`${base}${sign.path}`, options);
    const read = sign.read(answer);
    if (read === undefined || sign.prove === undefined) return read;
    return (await sign.prove(answer, (url) => peek(url, options))) ? read : undefined;
  } catch (failure) {
    if (!isFirst && isSourceError(failure) && ofOneAddress.has(failure.code)) return undefined;
    throw failure;
  }
}

function supported(sign: ProtocolSign, protocol: Protocol, base: string, records: number | undefined): Detected {
  return {
    ...{ kind: 'supported', name: sign.name, protocol, base, endpoint: `${base}${sign.endpoint ?? sign.path}` },
    ...(sign.options !== undefined && { options: sign.options }),
    ...(sign.recordPage !== undefined && { recordPage: `${base}${sign.recordPage}` }),
    ...(records !== undefined && { records }),
  };
}

/** Below the path given, without the page of a list (`/dataset`) or of an API, and below the host itself. */
function basesOf(address: string): readonly string[] {
  const { origin, pathname } = new URL(address);
  const folder = pathname
    .replace(/\/(?:dataset|datasets|organization|group|api|data\.json|index\.\w+|srv|csw)(?:\/.*)?$/, '/')
    .replace(/\/*$/, '/');
  return [...new Set([`${origin}${folder}`, `${origin}/`])];
}
