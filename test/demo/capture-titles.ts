import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { capture } from '../support/captures.ts';

/** All dataset titles of the captured portals of the four countries (98,627 distinct), trimmed. */
export function captureTitles(): ReadonlySet<string> {
  const titles = new Set<string>();
  const add = (title: string | undefined): void => {
    if (title !== undefined) titles.add(title.trim());
  };
  for (const line of readZipped('tw', 'data.gov.tw', 'data_title.txt.gz').split('\n')) add(line);
  for (const line of readFileSync(capture('data', 'tw', 'data.kcg.gov.tw', 'kaohsiung-2018-03-20.csv'), 'utf8').split(
    '\n',
  )) {
    add(line.split(',', 1)[0]);
  }
  for (const line of readZipped('jp', 'catalog.data.metro.tokyo.lg.jp', 'package_show.jsonl.gz').split('\n')) {
    if (line !== '') add((JSON.parse(line) as { readonly result?: { readonly title?: string } }).result?.title);
  }
  for (const found of readZipped('kr', 'data.go.kr', 'openData.jsonl.gz').matchAll(/"목록명": "([^"]*)"/g))
    add(found[1]);
  for (const found of readZipped('kr', 'data.go.kr', '목록개방현황_split_01.csv.gz').matchAll(/^\d+,FILE,([^,]*),/gm))
    add(found[1]);
  for (const found of readZipped('th', 'data.go.th', 'catalog-seed-11.sql.gz').matchAll(/VALUES \('[^']*','([^']*)'/g))
    add(found[1]);
  return titles;
}

function readZipped(...parts: readonly string[]): string {
  return gunzipSync(readFileSync(capture('data', ...parts))).toString('utf8');
}
