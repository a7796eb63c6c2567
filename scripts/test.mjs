/**
 * The one test command: check, build, then all tests. The last line is always
 * `N passed, N failed, N skipped`; a stage that fails before the tests counts as one failed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = mkdtempSync(join(tmpdir(), 'sampan-test-'));
const countsFile = join(scratch, 'counts.json');
let failedStages = 0;

function run(name, script, args) {
  const done = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SAMPAN_COUNTS: countsFile },
  });
  if (done.status !== 0) console.log(`✗ ${name} ended with ${done.status ?? done.signal}`);
  return done.status === 0;
}

if (!run('check', 'scripts/check.mjs', [])) failedStages += 1;
const built = run('build', 'scripts/build.mjs', []);
if (!built) failedStages += 1;
const green = built && run('tests', 'node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)]);
const counts = existsSync(countsFile)
  ? JSON.parse(readFileSync(countsFile, 'utf8'))
  : { passed: 0, failed: 0, skipped: 0 };
if (built && !green && counts.failed === 0) failedStages += 1;
rmSync(scratch, { recursive: true, force: true });
const failed = counts.failed + failedStages;
console.log(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
