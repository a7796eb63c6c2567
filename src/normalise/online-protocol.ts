/**
 * What the `protocol` of an online resource says: how its address answers, and in which format. Pure. The names are
 * those of GeoNetwork and of the catalogue profiles that copied them (`OGC:WMS-1.3.0-http-get-map`,
 * `WWW:DOWNLOAD-1.0-http--download`, `WWW:LINK-1.0-http--link`), with what was seen beside them.
 */
import type { Distribution, FormatClaim } from '../model/dataset.ts';
import { formatField } from './format-field.ts';
import type { Mapping } from './mapping.ts';

type Access = Distribution['access'];

export interface WrittenResource {
  readonly url: string | undefined;
  readonly protocol?: string | undefined;
  /** `CI_OnLineFunctionCode`. */
  readonly function?: string | undefined;
  readonly mediaType?: string | undefined;
  /** Format that the record names for all that can be downloaded. */
  readonly format?: string | undefined;
}

/** Formats that are files of an address which names a service's protocol. */
const fileProtocols = /^OGC:(?:KML|KMZ|GML|GPKG|GeoPackage|OWS-C)/iu;
const servicePattern =
  /^(?:OGC:|ESRI:|urn:ogc:serviceType:|urn:x-esri:)|(?:^|[^a-z])(?:WMS|WMTS|WFS|WCS|WPS|CSW|SOS|TMS|OData|OPeNDAP|REST|API|SOAP)(?:[^a-z]|$)|web ?(?:map|feature|coverage) ?service/iu;
const downloadPattern = /download|^(?:ftp|file)|WWW:FTP/iu;

/** A link to the record itself, as a page or as XML (GeoNetwork, any CSW): often called a download, and never the data. */
const ofTheRecord = /[?&]request=GetRecordById|\/catalog\.search#\/metadata\/|\/metadata\.show\?/iu;

/** What the address is for: by protocol, else by function, else by the ending of the address. */
export function accessOf(written: WrittenResource, { vocabulary }: Mapping): Access {
  if (ofTheRecord.test(written.url ?? '')) return 'page';
  const protocol = written.protocol ?? '';
  const purpose = written.function?.toLowerCase() ?? '';
  if (fileProtocols.test(protocol) || downloadPattern.test(protocol)) return 'download';
  if (servicePattern.test(protocol) || /service/u.test(purpose)) return 'service';
  if (purpose === 'download') return 'download';
  const ending = vocabulary.formats(undefined, written.url)[0]?.id;
  if (ending !== undefined && ending !== 'HTML') return 'download';
  return /link/iu.test(protocol) || ['information', 'search', 'order'].includes(purpose) ? 'page' : 'unknown';
}

export function resourceFormat(written: WrittenResource, path: string, mapping: Mapping): FormatClaim {
  const { url, mediaType } = written;
  const access = accessOf(written, mapping);
  const service = serviceName(written.protocol);
  if (service !== undefined) return formatField({ format: service, url: undefined }, path, mapping);
  if (access === 'download') {
    // The record's format is that of its data, not of each file beside them.
    const isTold = mediaType !== undefined || mapping.vocabulary.formats(undefined, url)[0]?.id !== undefined;
    return formatField({ format: isTold ? undefined : written.format, mediaType, url }, path, mapping);
  }
  if (mediaType !== undefined) return formatField({ mediaType, url }, path, mapping);
  // A page or an address of an unknown kind need not name a format.
  return mapping.vocabulary.formats(undefined, url)[0] ?? {};
}

/** `OGC:WMS-1.3.0-http-get-map` → `OGC:WMS`; `WWW:…` names no format. */
function serviceName(protocol: string | undefined): string | undefined {
  if (protocol === undefined || /^WWW:|^(?:https?|ftp|file)$/iu.test(protocol.trim())) return undefined;
  const urn = /^urn:(?:ogc:serviceType|x-esri:specification:ServiceType):(.+)$/iu.exec(protocol.trim())?.[1];
  const name = /^((?:OGC|ESRI)?:?\s*[A-Za-z ]+?)(?:[-:\s]?\d+(?:\.\d+)*)?(?:-http.*|:.*)?$/u.exec(
    urn ?? protocol.trim(),
  )?.[1];
  return name?.trim() === '' ? undefined : name?.trim();
}
