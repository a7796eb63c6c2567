/**
 * Characters that are written in several ways for one word: traditional, simplified, Japanese old and new forms. Each
 * group is one key, its first character; where one simplified character stands for several traditional ones (台 for 臺, 颱)
 * all are one group. For matching only: it is not a conversion, and display text is never rewritten with it.
 */
const groups = `台臺颱檯 国國圀 丰豐豊 湾灣 济濟済 经經経`;

let made: ReadonlyMap<string, string> | undefined;

/** Character → key; characters without variants are absent. */
export function hanVariants(): ReadonlyMap<string, string> {
  made ??= variantsOf(groups);
  return made;
}

function variantsOf(text: string): ReadonlyMap<string, string> {
  const variants = new Map<string, string>();
  for (const group of text.split(/\s+/u)) {
    const [key = '', ...others] = group;
    for (const other of others) variants.set(other, key);
  }
  return variants;
}
