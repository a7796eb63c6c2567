/**
 * Readers of single values of a source file. Each takes what the YAML holds and answers the typed value or
 * `undefined`, and says in `expects` what it would have taken. Pure.
 */
import { formatDuration, parseDuration } from '../kit/duration.ts';

export interface FieldReader<T> {
  readonly expects: string;
  readonly read: (value: unknown) => T | undefined;
}

export const text: FieldReader<string> = {
  expects: 'a text that is not empty',
  read: (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined),
};

export const flag: FieldReader<boolean> = {
  expects: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

export function matching(pattern: RegExp, expects: string): FieldReader<string> {
  return { expects, read: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined) };
}

export function oneOf<T extends string>(values: readonly T[]): FieldReader<T> {
  return { expects: `one of ${values.join(', ')}`, read: (value) => values.find((each) => each === value) };
}

/** An integer within bounds, both included. */
export function integer(least: number, most: number): FieldReader<number> {
  return {
    expects: `a whole number from ${least} to ${most}`,
    read: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined,
  };
}

/** A length of time within bounds in ms, both included, as its ms. */
export function duration(leastMs: number, mostMs: number): FieldReader<number> {
  return {
    expects: `hourly, daily, weekly, monthly or an ISO 8601 duration from ${formatDuration(leastMs)} to ${formatDuration(mostMs)}`,
    read: (value) => {
      const ms = typeof value === 'string' ? parseDuration(value) : undefined;
      return ms !== undefined && ms >= leastMs && ms <= mostMs ? ms : undefined;
    },
  };
}

export const webAddress: FieldReader<string> = {
  expects: 'an http or https address',
  read: (value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
    return /^https?:\/\/[^/]/.test(value) ? value : undefined;
  },
};

/** An address in which `{field}` may stand for fields of the native record. */
export const addressTemplate: FieldReader<string> = {
  expects: 'an http or https address, with {field} for fields of the record',
  read: (value) =>
    typeof value === 'string' && webAddress.read(value.replace(/\{[^{}]+\}/g, 'x')) !== undefined ? value : undefined,
};

export const languageTag: FieldReader<string> = {
  expects: 'a BCP 47 language tag such as ja or zh-Hant',
  read: (value) => {
    if (typeof value !== 'string' || !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)) return undefined;
    return Intl.getCanonicalLocales(value)[0] === value ? value : undefined;
  },
};

/** Found so far: asking `Intl` or `TextDecoder` takes 0.1 ms and more, and six hundred files name a dozen. */
const knownZones = new Set<string>();

export const timeZone: FieldReader<string> = {
  expects: 'an IANA time zone such as Asia/Tokyo',
  read: (value) => {
    if (typeof value !== 'string' || !/^[A-Z][A-Za-z]+\/[A-Za-z_]+$|^UTC$/.test(value)) return undefined;
    if (knownZones.has(value)) return value;
    try {
      new Intl.DateTimeFormat('en', { timeZone: value });
    } catch (cause) {
      // `Intl` says "unknown zone" with a RangeError; anything else is a bug of ours.
      if (cause instanceof RangeError) return undefined;
      throw cause;
    }
    knownZones.add(value);
    return value;
  },
};

const knownEncodings = new Set<string>();

/** Names of the WHATWG Encoding standard, which `TextDecoder` knows. */
export const encodingLabel: FieldReader<string> = {
  expects: 'an encoding label such as shift_jis or big5',
  read: (value) => {
    if (typeof value !== 'string') return undefined;
    if (knownEncodings.has(value)) return value;
    try {
      if (new TextDecoder(value).encoding !== value) return undefined;
    } catch (cause) {
      if (cause instanceof RangeError) return undefined;
      throw cause;
    }
    knownEncodings.add(value);
    return value;
  },
};

export function listOf<T>(item: FieldReader<T>, least = 0): FieldReader<readonly T[]> {
  return {
    expects: `a list${least > 0 ? ` of at least ${least}` : ''}, each ${item.expects}`,
    read: (value) => {
      if (!Array.isArray(value) || value.length < least) return undefined;
      const items = value.map((each) => item.read(each)).filter((each) => each !== undefined);
      return items.length === value.length ? items : undefined;
    },
  };
}

/** A mapping whose keys and values are all readable. */
export function mapOf<T>(key: FieldReader<string>, item: FieldReader<T>): FieldReader<Readonly<Record<string, T>>> {
  return {
    expects: `a mapping from ${key.expects} to ${item.expects}`,
    read: (value) => {
      if (!isMapping(value)) return undefined;
      const entries: [string, T][] = [];
      for (const [name, content] of Object.entries(value)) {
        const read = item.read(content);
        if (key.read(name) === undefined || read === undefined) return undefined;
        entries.push([name, read]);
      }
      return Object.fromEntries(entries);
    },
  };
}

export const scalar: FieldReader<string | number | boolean> = {
  expects: 'a text, number, true or false',
  read: (value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined,
};

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
