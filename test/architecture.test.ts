import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stages = ['registry', 'harvest', 'normalise', 'enrich', 'store', 'search', 'data', 'publish'];
const ground = ['model', 'kit', 'text', 'vocabulary'];

/** What each folder of `src/` may import besides itself; everything else is a violation. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  kit: ['model'],
  text: ['model', 'kit'],
  vocabulary: ['model', 'kit', 'text'],
  ...Object.fromEntries(stages.map((stage) => [stage, ground])),
  pipeline: [...ground, ...stages],
  serve: [...ground, 'store', 'search', 'publish', 'data'],
  client: ['model'],
  simulator: ['model', 'kit'],
  cli: [...ground, ...stages, 'pipeline', 'serve', 'simulator'],
};

const forbidden: IForbiddenRuleType[] = [
  ...Object.entries(mayImport).map(([folder, allowed]) => ({
    name: `${folder} imports ${allowed.length === 0 ? 'nothing' : allowed.join(', ')}`,
    severity: 'error' as const,
    from: { path: `^src/${folder}/` },
    to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
  })),
  { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'one file knows the SQL driver',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/store/sqlite-driver\\.ts$' },
    to: { path: '^(node_modules/)?libsql' },
  },
  {
    name: 'one folder opens connections to the world',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/kit/http/' },
    to: { path: '^(node_modules/)?undici' },
  },
];

let result: ICruiseResult;

beforeAll(async () => {
  const answer = await cruise(
    ['src'],
    {
      baseDir: root,
      ruleSet: { forbidden },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
    undefined,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  if (typeof answer.output === 'string')
    throw new Error('dependency-cruiser answered text; expected its result object');
  result = answer.output;
});

test('every file of src/ is looked at', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const cruised = result.modules.filter((module) => module.source.startsWith('src/'));
  expect(cruised.map((module) => module.source).sort()).toEqual(files.map((name) => `src/${name}`).sort());
  expect(files.length).toBeGreaterThan(50);
});

test('every folder of src/ has a row in the table of who may import whom', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map((entry) => entry.name).filter((name) => !(name in mayImport))).toEqual([]);
});

test('nobody imports a layer above or beside its own', () => {
  expect(result.summary.violations.map((each) => `${each.rule.name}: ${each.from} → ${each.to}`)).toEqual([]);
});

test('the graph in docs/architecture.md is the one in the code', () => {
  const file = join(root, 'docs/architecture.md');
  const page = readFileSync(file, 'utf8');
  const fenced = /(<!-- graph: written by test\/architecture\.test\.ts -->\n)[\s\S]*?(<!-- end of graph -->)/;
  const current = page.replace(fenced, `$1${folderGraph(result)}$2`);
  if (process.env['SAMPAN_WRITE_DOCS'] === '1') writeFileSync(file, current);
  expect(fenced.test(page)).toBe(true);
  expect(readFileSync(file, 'utf8'), 'run SAMPAN_WRITE_DOCS=1 npx vitest run test/architecture.test.ts').toBe(current);
});

function folderGraph(cruised: ICruiseResult): string {
  const edges = new Set<string>();
  for (const module of cruised.modules) {
    for (const dependency of module.dependencies) {
      const from = /^src\/([^/]+)\//.exec(module.source)?.[1];
      const to = /^src\/([^/]+)\//.exec(dependency.resolved)?.[1];
      if (from !== undefined && to !== undefined && from !== to) edges.add(`  ${from} --> ${to}`);
    }
  }
  return `\`\`\`mermaid\ngraph LR\n${[...edges].sort().join('\n')}\n\`\`\`\n`;
}
