/** Files of a record that has no resource objects, only addresses in fields of its own → distributions. Pure. */
import type { Distribution, FormatClaim } from '../model/dataset.ts';
import type { LangText } from '../model/lang-text.ts';
import { distributionIds } from './distribution-id.ts';
import { linkFields } from './link.ts';
import type { Mapping } from './mapping.ts';
import { present } from './optional.ts';

export interface ListedFile {
  /** Address as written. */
  readonly url: string | undefined;
  /** Field that holds it, for problems. */
  readonly path: string;
  /** What the address is when it can be a link. */
  readonly access: Distribution['access'];
  readonly format: (url: string | undefined) => FormatClaim;
  readonly nativeId?: string | undefined;
  readonly title?: LangText;
  readonly description?: LangText;
  readonly sizeBytes?: number | undefined;
}

export function distributionsOf(files: readonly ListedFile[], path: string, mapping: Mapping): readonly Distribution[] {
  if (files.length === 0) mapping.log.add('distributions-missing', path, 'found none; expected at least one');
  const ids = distributionIds(
    mapping.datasetId,
    files.map(({ nativeId, url }) => ({ nativeId, url })),
  );
  return files.map((file, index) => {
    const links = linkFields(file.url, file.path, mapping.log);
    return present({
      id: ids[index] ?? '',
      nativeId: file.nativeId,
      title: file.title ?? [],
      description: file.description ?? [],
      ...links,
      access: links.url === undefined ? ('unknown' as const) : file.access,
      format: file.format(links.url),
      sizeBytes: file.sizeBytes,
    });
  });
}
