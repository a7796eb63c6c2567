/** The licence as written → canonical id and openness; unknown text stays unknown and is reported. */
import type { Licence } from '../model/dataset.ts';
import type { Mapping } from './mapping.ts';
import { plainLine } from './plain-text.ts';
import { quoted } from './problem-log.ts';

/** A licence field that holds whole terms of use is cut for the record, in characters; the archive has all of it. */
const maxOriginalLength = 2000;

export interface WrittenLicence {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly url?: string | undefined;
}

export function licenceField(written: WrittenLicence, path: string, mapping: Mapping): Licence {
  const original = originalOf(written);
  const licence = mapping.vocabulary.licence(original);
  if (Object.keys(licence.original).length === 0) return silentLicence(path, mapping);
  if (licence.id === 'unknown') {
    const text = original.title ?? original.id ?? original.url ?? '';
    mapping.log.add(
      'licence-unknown-text',
      path,
      `found ${quoted(text)}; expected the name or address of a known licence`,
    );
  }
  return licence;
}

/**
 * The licence of a record in a form that has no field for one: the portal's stated default, or unknown. That nothing is
 * said is then no fault of the record; openness is never inferred from silence.
 */
export function portalLicence({ source, vocabulary }: Mapping): Licence {
  if (source.defaultLicence === undefined) return vocabulary.licence({});
  return { ...vocabulary.licence({ id: source.defaultLicence }), original: {} };
}

function silentLicence(path: string, mapping: Mapping): Licence {
  if (mapping.source.defaultLicence === undefined) {
    mapping.log.add('licence-missing', path, 'found no licence; expected its name or address');
  }
  return portalLicence(mapping);
}

function originalOf({ id, title, url }: WrittenLicence): Licence['original'] {
  return { ...part('id', id), ...part('title', title), ...part('url', url) };
}

function part<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  const text = value === undefined ? undefined : plainLine(value)?.slice(0, maxOriginalLength);
  return text === undefined ? {} : ({ [key]: text } as { [P in K]?: string });
}
