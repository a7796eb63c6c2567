/**
 * Writes `sources/<cc>/*.yaml` and `docs/sources/unsupported.md` from a capture of the registry of data portals:
 *
 *     npx tsx scripts/generate-sources.ts <asia-catalogs.json>
 *
 * Files written by hand (`sources/*.yaml`) come first: a portal that has one is not generated. What is written is
 * committed; a test compares it with what would be written (test/registry/generated-sources.test.ts).
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSourceFiles } from '../src/registry/source-files.ts';
import { sourceFromYaml } from '../src/registry/source-from-yaml.ts';
import { parseRegistry } from './registry/registry-record.ts';
import { sourcesOfRegistry } from './registry/sources-of-registry.ts';
import { unsupportedPage } from './registry/unsupported-page.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [capture] = process.argv.slice(2);
if (capture === undefined)
  throw new Error('generate-sources: found no argument; expected the path of asia-catalogs.json');

const sourcesFolder = join(root, 'sources');
const byHand = readSourceFiles(sourcesFolder)
  .filter(({ path }) => !path.includes('/'))
  .map(({ yaml, name }) => sourceFromYaml(yaml, name));
const records = parseRegistry(await readFile(capture, 'utf8'));
const generated = sourcesOfRegistry(records, byHand);

for (const entry of await readdir(sourcesFolder, { withFileTypes: true })) {
  if (entry.isDirectory()) await rm(join(sourcesFolder, entry.name), { recursive: true });
}
for (const [path, yaml] of generated.files) {
  await mkdir(join(sourcesFolder, dirname(path)), { recursive: true });
  await writeFile(join(sourcesFolder, path), yaml);
}
await writeFile(join(root, 'docs/sources/unsupported.md'), unsupportedPage(records, generated));
console.log(
  `${generated.files.size} sources, ${generated.unspoken.length} portals unsupported, ${generated.doubled.length} doubled`,
);
