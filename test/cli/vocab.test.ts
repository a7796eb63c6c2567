import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { littleVocabFolder } from '../support/little-knowledge.ts';
import { runCommand } from './run-command.ts';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'sampan-vocab-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const vocab = (...args: readonly string[]) => runCommand(scratch, ['vocab', ...args]);

describe('sampan vocab', () => {
  test('--check of the package’s vocabulary finds no fault and counts', async () => {
    const { out, code } = await vocab('--check', '--json');
    const report = JSON.parse(out);
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
    expect(report).toMatchObject({ ok: true });
    expect(report.concepts).toBeGreaterThanOrEqual(1_800);
    expect(Object.keys(report.byTheme)).toHaveLength(13);
    expect(Object.keys(report.byLanguage)).toHaveLength(13);
  });

  test('--check of a faulty one ends with 1 and names file, line and what was expected', async () => {
    const folder = join(scratch, 'faulty');
    await mkdir(join(folder, 'lexicon'), { recursive: true });
    await mkdir(join(folder, 'places'));
    await writeFile(join(folder, 'lexicon', 'transport.yaml'), '# One fault.\nbus:\n  en: bus\n  ko: バス\n');
    await writeFile(join(folder, 'places', 'tw.yaml'), 'tw:\n  kind: country\n  en: Taiwan\n');
    await writeFile(join(folder, 'function-words.yaml'), '');
    const { out, code } = await vocab('--check', '--folder', folder);
    expect(code).toBe(1);
    expect(out).toContain('vocab/lexicon/transport.yaml:2 wrong-script bus ko "バス": found the letter バ');
    expect(out).toContain('missing-labels');
    await writeFile(join(folder, 'lexicon', 'transport.yaml'), 'bus:\n  en bus\n');
    await expect(vocab('--check', '--folder', folder)).rejects.toThrow(
      'vocab/lexicon/transport.yaml:2: found "  en bus"',
    );
  });

  test('--show tells a concept, a place, and what is recognised in a text', async () => {
    const concept = await vocab('--show', 'bus', '--folder', littleVocabFolder);
    expect(concept.out).toContain('broader    public-transport');
    expect(concept.out).toContain('バス');
    const place = JSON.parse((await vocab('--show', 'tw-taipei', '--folder', littleVocabFolder, '--json')).out);
    expect(place).toMatchObject({ kind: 'place', placeKind: 'division', iso: 'TW-TPE', within: ['tw'] });
    const text = await vocab('--show', '臺北公車時刻表', '--folder', littleVocabFolder);
    expect(text.out.split('\n').map((line) => line.trim())).toEqual([
      '臺北 = place tw-taipei (Taipei)',
      '公車 = concept bus (bus)',
      '時刻表 = concept timetable (timetable)',
    ]);
    expect((await vocab('--show', 'zzz', '--folder', littleVocabFolder)).out).toContain('Nothing of the vocabulary');
  });

  test('neither is a mistake of the command line', async () => {
    await expect(vocab()).rejects.toThrow('found neither --check nor --show');
  });
});
