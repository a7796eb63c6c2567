/** What a link should answer with, as the portal describes the distribution. Pure. */
import type { Distribution } from '../model/dataset.ts';
import type { LinkExpectation } from '../model/link-check.ts';

/** Format ids (`vocab/formats.json`) of pages and services. */
const pageFormats: ReadonlySet<string> = new Set(['HTML']);
const serviceFormats: ReadonlySet<string> = new Set(['API', 'WMS', 'WMTS', 'WFS', 'WCS', 'SPARQL', 'ArcGIS', 'SDMX']);
/** Files that many portals make by writing an HTML table (case `field P-31`). */
const sheetFormats: ReadonlySet<string> = new Set(['XLS', 'XLSX', 'XLSM', 'DOC']);

export function linkExpectation({ access, format }: Distribution): LinkExpectation {
  const { id } = format;
  if (access === 'page' || (id !== undefined && pageFormats.has(id))) return 'page';
  if (access === 'service' || id === undefined || id === 'other' || serviceFormats.has(id)) return 'any';
  return sheetFormats.has(id) ? 'sheet' : 'data';
}
