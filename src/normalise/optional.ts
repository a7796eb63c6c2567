/** An object without the fields that are undefined: an absent value is an absent key, in memory and in the store. */
export function present<T extends object>(object: T): Present<T> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined) kept[key] = value;
  }
  return kept as Present<T>;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
