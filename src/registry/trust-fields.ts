/** Readers of what a source file says about trust: certificates, TLS and the key that a portal wants. Pure. */
import { parsePemCertificates } from '../kit/pem-certificates.ts';
import type { ServiceKey } from '../model/source.ts';
import { type FieldReader, isMapping, oneOf } from './field-readers.ts';

/** `<name>.pem` beside the source file: no folder, so that no file leads elsewhere. */
const pemFileName = /^[a-z0-9][a-z0-9-]*\.pem$/;

export function isPemFileName(text: string): boolean {
  return pemFileName.test(text);
}

export const certificates: FieldReader<string> = {
  expects: 'certificates in PEM form, or the name of a .pem file beside this one',
  read: (value) => {
    if (typeof value !== 'string') return undefined;
    return isPemFileName(value) || isPem(value) ? value : undefined;
  },
};

export function isPem(text: string): boolean {
  try {
    return parsePemCertificates(text).length > 0;
  } catch (cause) {
    // OpenSSL's word for "this is no certificate"; anything else is a bug of ours.
    if (cause instanceof Error && 'code' in cause) return false;
    throw cause;
  }
}

export const tlsProfile = oneOf(['legacy'] as const);

const keyName = /^SAMPAN_KEY_[A-Z0-9_]{1,60}$/;
const parameterName = /^[A-Za-z][A-Za-z0-9_.-]{0,60}$/;

/** RFC 9110 §5.1: a token; those that would change the request itself are left out. */
const headerName = /^(?!(?:host|content-length|transfer-encoding|connection|cookie)$)[a-z][a-z0-9-]{0,60}$/i;

export const serviceKey: FieldReader<ServiceKey> = {
  expects:
    '{ name: SAMPAN_KEY_…, parameter: … } or { name: SAMPAN_KEY_…, header: … }, never the key itself (see docs/sources.md)',
  read: (value) => {
    if (!isMapping(value)) return undefined;
    const { name, parameter, header, prefix, ...unknown } = value;
    if (Object.keys(unknown).length > 0 || typeof name !== 'string' || !keyName.test(name)) return undefined;
    if (header === undefined) {
      const isParameter = typeof parameter === 'string' && parameterName.test(parameter) && prefix === undefined;
      return isParameter ? { name, in: { parameter } } : undefined;
    }
    if (parameter !== undefined || typeof header !== 'string' || !headerName.test(header)) return undefined;
    if (prefix !== undefined && (typeof prefix !== 'string' || !/^[\x20-\x7e]{1,40}$/.test(prefix))) return undefined;
    return { name, in: { header, prefix: prefix ?? '' } };
  },
};
