/**
 * `manifest.json`: which segments make up the index, and for what versions they were written. It is the only file that
 * ever changes, by a rename: a reader sees the old index or the new one, never a mixture.
 */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { IndexDamagedError, IndexMismatchError } from './search-error.ts';
import { damaged, segmentFormat } from './segment-file.ts';

/** What decides which terms a text becomes; made by the caller, compared as strings. */
export interface IndexVersions {
  /** Version of the text analysis. */
  readonly analysis: string;
  /** `process.versions.icu`: word breaking and case folding change with it. */
  readonly icu: string;
  /** Version of what concepts and places were recognised with. */
  readonly knowledge: string;
}

/**
 * What a reader insists on. Not on the knowledge: an index written before a label was added answers as well as it did,
 * and whoever writes next builds it anew.
 */
export type ReadableVersions = Pick<IndexVersions, 'analysis' | 'icu'> & Partial<IndexVersions>;

const segmentEntry = z.object({
  file: z.string().regex(/^segment-[\w-]+\.bin$/),
  documents: z.int().min(0),
  /** Absent: all documents are live. */
  live: z.object({ file: z.string().regex(/^live-[\w-]+\.bin$/), crc32: z.int(), dead: z.int().min(1) }).optional(),
});

const manifestShape = z.object({
  format: z.int(),
  versions: z.object({ analysis: z.string(), icu: z.string(), knowledge: z.string() }),
  generation: z.int().min(1),
  changeNumber: z.int().min(0),
  segments: z.array(segmentEntry),
});

export type SegmentEntry = z.infer<typeof segmentEntry>;
export type Manifest = z.infer<typeof manifestShape>;

export const manifestFile = 'manifest.json';

/**
 * The manifest of the folder. Throws `IndexDamagedError` when there is none or it cannot be read, `IndexMismatchError`
 * when it was written for other versions than `expected`.
 */
export async function readManifest(folder: string, expected: ReadableVersions): Promise<Manifest> {
  const path = join(folder, manifestFile);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new IndexDamagedError(
      'missing',
      `${folder}: holds no search index (no ${manifestFile}). Run \`npx sampan reindex\` to build it.`,
      { cause },
    );
  });
  const json = parseJson(path, text);
  checkVersions(folder, json, expected);
  const manifest = manifestShape.safeParse(json);
  if (!manifest.success) throw damaged(path, 'is not a manifest', { cause: manifest.error });
  return manifest.data;
}

/** Written beside the manifest, synced, then renamed over it. */
export async function swapManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, manifestFile);
  const aside = `${path}.new`;
  const file = await open(aside, 'w');
  try {
    await file.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(path, 'is not JSON', { cause });
  }
}

const versionsShape = z.object({
  format: z.unknown(),
  versions: z.object({ analysis: z.unknown(), icu: z.unknown(), knowledge: z.unknown() }).optional(),
});

/** Looked at before the rest, because another format may have another shape. */
function checkVersions(folder: string, json: unknown, expected: ReadableVersions): void {
  const found = versionsShape.safeParse(json);
  if (!found.success) return;
  const pairs = [
    ['format', found.data.format, segmentFormat],
    ['analysis', found.data.versions?.analysis, expected.analysis],
    ['icu', found.data.versions?.icu, expected.icu],
    ['knowledge', found.data.versions?.knowledge, expected.knowledge ?? found.data.versions?.knowledge],
  ];
  const different = pairs.filter(([, is, wanted]) => is !== wanted);
  if (different.length === 0) return;
  const sentence = different.map(([name, is, wanted]) => `${name} ${is} (this program uses ${wanted})`).join(', ');
  throw new IndexMismatchError(
    `${folder}: the search index was written with ${sentence}. Run \`npx sampan reindex\` to build it again.`,
  );
}
