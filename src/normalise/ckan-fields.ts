/** Fields of a CKAN package wherever the portal keeps them: at the top level, or as `extras: [{key, value}]`. Pure. */
import { fieldOf, listOf, type NativeObject, scalarText } from './native-value.ts';

export interface CkanFields {
  /** The first of the names that holds anything, at the top level before extras, with its path. */
  readonly find: (...names: readonly string[]) => { readonly path: string; readonly value: unknown } | undefined;
  /** The same as the text of a scalar. */
  readonly text: (...names: readonly string[]) => string | undefined;
}

export function ckanFields(pkg: NativeObject): CkanFields {
  const extras = new Map<string, { readonly path: string; readonly value: unknown }>();
  listOf(pkg['extras']).forEach((extra, index) => {
    const key = scalarText(fieldOf(extra, 'key'));
    if (key !== undefined && !extras.has(key))
      extras.set(key, { path: `extras[${index}].value`, value: fieldOf(extra, 'value') });
  });
  const find: CkanFields['find'] = (...names) => {
    for (const name of names) {
      const own = fieldOf(pkg, name);
      if (isSaid(own)) return { path: name, value: own };
      const extra = extras.get(name);
      if (extra !== undefined && isSaid(extra.value)) return extra;
    }
    return undefined;
  };
  return { find, text: (...names) => scalarText(find(...names)?.value) };
}

function isSaid(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== 'string' || value.trim() !== '';
}
