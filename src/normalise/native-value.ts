/** Looks into values of unknown shape. Pure; nothing here throws, whatever a portal sends. */

export type NativeObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is NativeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of the object's own: `__proto__` and `constructor` are fields like others. */
export function fieldOf(object: unknown, name: string): unknown {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Text of a scalar: a number or boolean as JSON writes it; undefined for what is empty, null, a list or an object. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/** The value itself when it is a list, else a list of the one value; nothing for null. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Texts of a list, of a JSON list inside a string (extras of CKAN), or of one value. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(parsedIfJson(value))
    .map(scalarText)
    .filter((each) => each !== undefined);
}

/** A string that holds a JSON list or object, parsed; any other value as it is. */
export function parsedIfJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch (cause) {
    // Text that only looks like JSON is text; any other failure is a bug.
    if (cause instanceof SyntaxError) return value;
    throw cause;
  }
}
