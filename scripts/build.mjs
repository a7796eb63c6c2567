/** Compiles `src/` to `dist/` with plain `tsc` and copies what the compiler leaves behind (style sheets). */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (tsc.status !== 0) process.exit(tsc.status ?? 1);
const assets = join(root, 'src/serve/assets');
if (existsSync(assets)) cpSync(assets, join(root, 'dist/serve/assets'), { recursive: true });
chmodSync(join(root, 'dist/cli/main.js'), 0o755);
