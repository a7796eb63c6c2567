/**
 * The keys that sources name: from the environment, else from the file of secrets. A malformed one is refused before
 * anything runs, in a sentence that does not repeat it; a missing one fails the runs of its source alone.
 */
import { readFile } from 'node:fs/promises';
import { parseServiceKey, type SecretKey } from '../kit/service-key.ts';
import type { Source } from '../model/source.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';

/** Keys by source id. Throws `CliError` (usage). */
export async function readServiceKeys(
  context: CliContext,
  sources: readonly Source[],
): Promise<ReadonlyMap<string, SecretKey>> {
  const named = sources.flatMap(({ id, serviceKey }) =>
    serviceKey === undefined ? [] : [[id, serviceKey.name] as const],
  );
  if (named.length === 0) return new Map();
  const { serviceKeys, secretsFile } = context.settings();
  const secrets = { ...(secretsFile === undefined ? {} : await readSecrets(secretsFile)), ...serviceKeys };
  const keys = new Map<string, SecretKey>();
  for (const [id, name] of named) {
    const text = secrets[name];
    if (text === undefined || text.trim() === '') continue;
    const key = parseServiceKey(text);
    if (key === undefined) {
      throw new CliError(
        'usage',
        `${name}: found a key that cannot be meant (not shown); expected it as the portal hands it out, plain or percent-encoded: visible ASCII without blanks`,
      );
    }
    keys.set(id, key);
  }
  return keys;
}

/** As an option of a run. */
export function serviceKeyOf(
  keys: ReadonlyMap<string, SecretKey>,
  { id }: Source,
): { readonly serviceKey?: SecretKey } {
  const serviceKey = keys.get(id);
  return serviceKey === undefined ? {} : { serviceKey };
}

/** Lines `NAME=value`; empty ones and those that begin with `#` are left out. */
async function readSecrets(file: string): Promise<Readonly<Record<string, string>>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new CliError('usage', `SAMPAN_SECRETS: found no readable file ${file}; expected lines NAME=key`, { cause });
  }
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const secrets: Record<string, string> = {};
  for (const [at, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, value] = /^(SAMPAN_KEY_[A-Z0-9_]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new CliError('usage', `${file}: line ${at + 1} is not read (not shown); expected SAMPAN_KEY_…=key`);
    }
    secrets[name] = value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return secrets;
}
