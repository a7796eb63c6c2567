/**
 * What a dataset of a data.json is known by. Pure. DCAT-US 1.1: the text `identifier`, a number as it is written. 3.0: the
 * first of a list of texts, or of Identifiers, whose `@id` or `notation` counts; else the dataset's own `@id`.
 */
import { JsonSliceScanner } from '../../kit/json-slices.ts';
import { tokenValue, topLevelTokens } from '../../kit/json-tokens.ts';

/** Undefined when there is none. */
export function dcatUsIdentifier(raw: Uint8Array): string | undefined {
  const tokens = topLevelTokens(raw, ['identifier', '@id']);
  const written = textOf(tokens.get('identifier')) ?? inside(raw);
  const own = tokenValue(tokens.get('@id'));
  return written ?? (typeof own === 'string' && own.startsWith('_:') ? undefined : textOf(tokens.get('@id')));
}

/** Of an Identifier, or of the first element of a list that says anything. */
function inside(raw: Uint8Array): string | undefined {
  for (const path of ['identifier', 'identifier[*]']) {
    for (const slice of new JsonSliceScanner({ path }).push(raw)) {
      const found = slice.kind === 'element' ? valueOfElement(slice.bytes) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function valueOfElement(bytes: Uint8Array): string | undefined {
  const tokens = topLevelTokens(bytes, ['@id', 'notation', '@value']);
  const members = ['@id', 'notation', '@value'].map((name) => textOf(tokens.get(name)));
  return members.find((each) => each !== undefined) ?? textOf(new TextDecoder().decode(bytes));
}

function textOf(token: string | undefined): string | undefined {
  const value = tokenValue(token);
  if (typeof value === 'string' && value.trim() !== '') return value;
  return typeof value === 'number' ? token : undefined;
}
