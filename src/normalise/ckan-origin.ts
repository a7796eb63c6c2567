/**
 * Where a CKAN says it took a record over from: the extras that ckanext-harvest, ckanext-dcat and data.gov's harvester
 * write. Pure. `harvest_object_id` and `harvest_source_id` are ids of the CKAN itself, which nobody else knows.
 */
import type { HarvestedFrom } from '../model/dataset.ts';
import type { CkanFields } from './ckan-fields.ts';
import { readLink } from './link.ts';
import { present } from './optional.ts';
import { plainLine } from './plain-text.ts';

export function ckanOrigin(fields: CkanFields): HarvestedFrom | undefined {
  const link = readLink(fields.text('harvest_dataset_url', 'harvest_url', 'harvest_object_url') ?? '');
  const origin = present({
    catalogue: lineOf(
      fields,
      'harvest_source_url',
      'harvest_catalogue_url',
      'source_catalog_homepage',
      'harvested_from',
      'harvest_source_title',
      'harvest_catalogue_name',
      'source_catalog_title',
    ),
    identifier: lineOf(fields, 'guid', 'harvest_source_identifier'),
    address: link !== undefined && 'url' in link ? link.url : undefined,
  });
  return Object.keys(origin).length === 0 ? undefined : origin;
}

function lineOf(fields: CkanFields, ...names: readonly string[]): string | undefined {
  return plainLine(fields.text(...names) ?? '');
}
