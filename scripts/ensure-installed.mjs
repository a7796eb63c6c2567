/**
 * Installs the dependencies when they are missing, with Node's own modules only, so that
 * `npm run demo` and `npm test` are all that a person has to type on a fresh machine.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const minimum = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
  console.error(
    `sampan: Node ${process.versions.node} found, ≥ ${minimum.join('.')} expected; install a newer Node.js.`,
  );
  process.exit(1);
}

const missing = Object.entries({ ...wanted.dependencies, ...wanted.devDependencies }).filter(([name, version]) => {
  const manifest = join(root, 'node_modules', name, 'package.json');
  return !existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).version !== version;
});

if (missing.length > 0) {
  console.error(`Installing ${missing.length} package(s) that are missing (npm ci) …`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    console.error('sampan: `npm ci` failed; its message stands above. Check the network and run the command again.');
    process.exit(done.status ?? 1);
  }
}
