/**
 * The operator's own files, in the folder `SAMPAN_SOURCES`: the package's are never written. A file there takes the
 * place of the built-in one with the same id.
 */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

export interface Switch {
  readonly enabled: boolean;
  /** Raised to what the portal's robots.txt asks for. */
  readonly minGapMs?: number;
  /** First line of the file: who tried the portal, when, and what was found. */
  readonly note: string;
}

/** The file with `enabled` set, no longer unproven, and everything else as it was, comments too. Pure. */
export function switchedYaml(yaml: string, { enabled, minGapMs, note }: Switch): string {
  const document = parseDocument(yaml, { schema: 'core' });
  // A new node: what a comment said of the old value ("never tried live") went with it.
  document.set('enabled', document.createNode(enabled));
  document.delete('unproven');
  if (minGapMs !== undefined) document.setIn(['pace', 'minGapMs'], minGapMs);
  document.commentBefore = ` ${note.replace(/\s+/g, ' ')}`;
  return document.toString({ lineWidth: 0 });
}

/** Writes `<folder>/<id>.yaml`, whole or not at all; answers its path. */
export async function writeOwnSource(folder: string, id: string, yaml: string): Promise<string> {
  const path = join(folder, `${id}.yaml`);
  await writeFile(`${path}.new`, yaml);
  await rename(`${path}.new`, path);
  return path;
}
