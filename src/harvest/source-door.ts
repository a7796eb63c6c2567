/**
 * The door as one source uses it: sends the source's key, and only to the origin of its endpoint; lets nothing through
 * that shows the key; and knows a gateway's error under any status and content type. An adapter never sees a key, so that
 * no address, message or record can carry one.
 */
import { peekBody } from '../kit/http/body-start.ts';
import type { HttpAnswer, HttpDoor, HttpRequest } from '../kit/http/http-door.ts';
import { maskedChunks, maskedText, type SecretKey } from '../kit/service-key.ts';
import type { ServiceKey, Source } from '../model/source.ts';
import { isSourceError, SourceError } from '../model/source-error.ts';
import { gatewayError, gatewayErrorBytes } from './gateway-error.ts';

/** `key`: the value that `source.serviceKey` names; absent when there is none. */
export function sourceDoor(source: Source, http: HttpDoor, key: SecretKey | undefined): HttpDoor {
  const { serviceKey } = source;
  if (serviceKey === undefined) return refusingDoor(source.id, http, undefined);
  const { origin } = new URL(source.endpoint);
  const dress = (request: HttpRequest): HttpRequest => {
    if (!URL.canParse(request.url) || new URL(request.url).origin !== origin) return request;
    if (key === undefined) throw missingKey(source.id, serviceKey);
    return withKey(request, serviceKey, key);
  };
  return refusingDoor(source.id, dressedDoor(http, dress, key), key);
}

function missingKey(sourceId: string, { name }: ServiceKey): SourceError {
  return new SourceError(
    'key-refused',
    `${sourceId}: found no key ${name}; expected it in the environment or in the file that SAMPAN_SECRETS names`,
    { reason: 'key_missing' },
  );
}

function withKey(request: HttpRequest, { in: place }: ServiceKey, key: SecretKey): HttpRequest {
  if ('header' in place) {
    return { ...request, headers: { ...request.headers, [place.header]: `${place.prefix}${key.plain}` } };
  }
  const url = new URL(request.url);
  const others = url.search
    .slice(1)
    .split('&')
    .filter((each) => each !== '' && each.split('=', 1)[0] !== place.parameter);
  url.search = [...others, `${place.parameter}=${key.encoded}`].join('&');
  return { ...request, url: url.href };
}

/** Sends what `dress` makes of each request; what comes back is masked, failures too. */
function dressedDoor(
  http: HttpDoor,
  dress: (request: HttpRequest) => HttpRequest,
  key: SecretKey | undefined,
): HttpDoor {
  return {
    request: async (request) => maskedAnswer(await maskedFailure(key, () => http.request(dress(request))), key),
    fetchWhole: async (request) => {
      const { answer, bytes } = await maskedFailure(key, () => http.fetchWhole(dress(request)));
      async function* body(): AsyncGenerator<Uint8Array> {
        yield bytes;
      }
      const masked: Uint8Array[] = [];
      for await (const chunk of key === undefined ? body() : maskedChunks(body(), key)) masked.push(chunk);
      return { answer: maskedHead(answer, key), bytes: Buffer.concat(masked) };
    },
    close: () => http.close(),
  };
}

async function maskedFailure<T>(key: SecretKey | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (key === undefined || !isSourceError(failure)) throw failure;
    throw maskedError(failure, key);
  }
}

/** Without its cause, which may show the address too; a refusal of a request that carried a key is about the key. */
function maskedError(failure: SourceError, key: SecretKey): SourceError {
  const { code, reason, status } = failure;
  return new SourceError(code, maskedText(failure.message, key), {
    ...(reason !== undefined && { reason: maskedText(reason, key) }),
    ...(status !== undefined && { status }),
  });
}

function maskedAnswer(answer: HttpAnswer, key: SecretKey | undefined): HttpAnswer {
  if (key === undefined) return answer;
  async function* body(secret: SecretKey): AsyncGenerator<Uint8Array> {
    try {
      yield* maskedChunks(answer.body, secret);
    } catch (failure) {
      throw isSourceError(failure) ? maskedError(failure, secret) : failure;
    }
  }
  return { ...maskedHead(answer, key), body: body(key), discard: () => answer.discard() };
}

function maskedHead<T extends Omit<HttpAnswer, 'body' | 'discard'>>(answer: T, key: SecretKey | undefined): T {
  if (key === undefined) return answer;
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, maskedText(value, key)]);
  return {
    ...answer,
    url: maskedText(answer.url, key),
    redirects: answer.redirects.map((each) => maskedText(each, key)),
    headers: Object.fromEntries(headers),
    ...(answer.movedTo !== undefined && { movedTo: maskedText(answer.movedTo, key) }),
  };
}

/** A door whose answers are data: a gateway's error, or the refusal of a key that was sent, is a `SourceError`. */
function refusingDoor(who: string, http: HttpDoor, key: SecretKey | undefined): HttpDoor {
  const refuse = (start: Uint8Array, status: number): void => {
    const text = new TextDecoder().decode(start.subarray(0, gatewayErrorBytes));
    const refused = gatewayError(who, text, status);
    if (refused !== undefined) throw refused;
    if (key !== undefined && (status === 401 || status === 403)) throw refusedKey(who, status);
  };
  return {
    request: async (request) => {
      if (request.method === 'HEAD') return http.request(request);
      const { start, answer } = await peekBody(await http.request(request), gatewayErrorBytes);
      try {
        refuse(start, answer.status);
      } catch (refused) {
        await answer.discard();
        throw refused;
      }
      return answer;
    },
    fetchWhole: async (request) => {
      const fetched = await http.fetchWhole(request);
      refuse(fetched.bytes, fetched.answer.status);
      return fetched;
    },
    close: () => http.close(),
  };
}

function refusedKey(who: string, status: number): SourceError {
  return new SourceError('key-refused', `${who}: answered status ${status} to a request with its key; expected data`, {
    status,
    reason: `http_${status}`,
  });
}
