/**
 * The records of the registry of data portals (commondataio/dataportals-registry, CC BY 4.0) as far as the generator
 * needs them. A record without these fields is not the registry we know: it throws.
 */

export interface RegistryEndpoint {
  /** Such as `ckan:package-search`, `dcatus11`, `sitemap`. */
  readonly type: string;
  readonly url: string;
}

export interface RegistryRecord {
  /** Stable id of the record, `cdi00001234`. */
  readonly uid: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-2. */
  readonly subdivision: string | undefined;
  /** `Open data portal`, `Geoportal` … */
  readonly catalogType: string;
  readonly software: string;
  readonly link: string;
  readonly status: string;
  readonly endpoints: readonly RegistryEndpoint[];
  /** As the registry writes them: `JA`, but also `JP`, `VN`, `zh_TW`. */
  readonly languages: readonly string[];
}

export function parseRegistry(json: string): readonly RegistryRecord[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw new Error('registry: found no array; expected one of catalogue records');
  return list.map(recordFrom);
}

function recordFrom(value: unknown, index: number): RegistryRecord {
  const fields = objectOf(value, `record ${index}`);
  const text = (key: string): string => {
    const found = fields[key];
    if (typeof found === 'string') return found;
    throw new Error(`registry: record ${index} has ${key}: ${JSON.stringify(found)}; expected a text`);
  };
  const list = (key: string): readonly unknown[] => (Array.isArray(fields[key]) ? fields[key] : []);
  return {
    uid: text('uid'),
    name: text('name'),
    country: text('country'),
    subdivision: typeof fields['subregion'] === 'string' ? fields['subregion'] : undefined,
    catalogType: text('catalog_type'),
    software: text('software'),
    link: text('link'),
    status: text('status'),
    endpoints: list('api_endpoints').flatMap((each) => {
      const { type, url } = objectOf(each, `record ${index}, api_endpoints`);
      return typeof type === 'string' && typeof url === 'string' ? [{ type, url }] : [];
    }),
    languages: list('langs').filter((each) => typeof each === 'string'),
  };
}

function objectOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  throw new Error(`registry: ${where} is ${JSON.stringify(value)}; expected an object`);
}
