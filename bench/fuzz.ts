/**
 * The random tests of `npm test` with full counts and a fresh seed: every test file that draws from
 * `test/support/random-runs.ts`. JSON: `{"factor","seed","files","passed","failed"}`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Ten times the sample of `npm test` (2,000 oracle queries become 20,000). */
const defaultFactor = 10;

export async function run(args: readonly string[]): Promise<void> {
  const factor = numberAfter(args, '--factor') ?? defaultFactor;
  const seed = numberAfter(args, '--seed') ?? Date.now() & 0x7fffffff;
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => join('test', name))
    .filter((name) => readFileSync(join(root, name), 'utf8').includes('random-runs.ts'));
  const scratch = mkdtempSync(join(tmpdir(), 'sampan-fuzz-'));
  const countsFile = join(scratch, 'counts.json');
  console.error(`fuzz: ${files.length} files, factor ${factor}, seed ${seed}`);
  spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--testTimeout=3600000', ...files],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: {
        ...process.env,
        SAMPAN_COUNTS: countsFile,
        SAMPAN_RANDOM_FACTOR: String(factor),
        SAMPAN_RANDOM_SEED: String(seed),
      },
    },
  );
  const counts: { passed: number; failed: number } = JSON.parse(readFileSync(countsFile, 'utf8'));
  rmSync(scratch, { recursive: true, force: true });
  console.log(`${counts.passed} property tests held, ${counts.failed} did not`);
  if (args.includes('--json')) {
    console.log(JSON.stringify({ factor, seed, files: files.length, passed: counts.passed, failed: counts.failed }));
  }
  if (counts.failed > 0) process.exitCode = 1;
}

function numberAfter(args: readonly string[], flag: string): number | undefined {
  const at = args.indexOf(flag);
  return at < 0 ? undefined : Number(args[at + 1]);
}
