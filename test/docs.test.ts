import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../src/cli/program.ts';
import { settingRows } from '../src/cli/settings.ts';
import { healthAdvice, healthStates } from '../src/model/source-health.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = (name: string): string => readFileSync(join(root, name), 'utf8');

test.each(settingRows.map((row) => row.name))('docs/settings.md explains %s', (name) => {
  expect(page('docs/settings.md')).toContain(`\`${name}\``);
});

describe('docs/cli.md', () => {
  const commands = createProgram().commands;
  test.each(commands.map((command) => command.name()))('describes `sampan %s`', (name) => {
    expect(page('docs/cli.md')).toContain(`## sampan ${name}`);
  });
  test.each(
    commands.flatMap((command) => command.options.map((option) => [command.name(), option.long ?? ''] as const)),
  )('names the option of %s: %s', (name, option) => {
    const section =
      page('docs/cli.md')
        .split(/^## /m)
        .find((part) => part.startsWith(`sampan ${name}`)) ?? '';
    expect(section).toContain(`\`${option}`);
  });
});

test.each(readdirSync(join(root, 'docs/adr')))('ADR %s has its five sections', (name) => {
  const headings = [...page(`docs/adr/${name}`).matchAll(/^## (.+)$/gm)].map((match) => match[1]);
  expect(headings).toEqual(['Status', 'Context', 'Decision', 'Consequences', 'Alternatives']);
});

test.each(readdirSync(join(root, 'sources')).filter((name) => name.endsWith('.yaml')))(
  'docs/sources/ has a page for %s',
  (name) => {
    expect(page(`docs/sources/${name.replace(/\.yaml$/, '.md')}`)).toMatch(/^# /);
  },
);

test('no file of the repository names this machine, a registry host or a download address', () => {
  expect(page('package-lock.json')).not.toMatch(/"resolved": "https?:/);
});

test.each(healthStates)('docs/operations.md explains the state %s with the words of the pages', (state) => {
  const row = page('docs/operations.md')
    .split('\n')
    .find((line) => line.startsWith(`| \`${state}\` |`));
  expect(row).toContain(healthAdvice[state].meaning);
});
