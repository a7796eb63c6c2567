/**
 * How far publishers of one portal agree with each other on the theme of records that have the same name: no classifier can
 * be right more often than that on them. What stands for one record's place or agency is taken off the name.
 */
import type { LabelledRecord } from './labelled-records.ts';
import { titleKey } from './split-records.ts';

/** Names that fewer publishers use say nothing. */
const leastPublishers = 5;

export interface Agreement {
  readonly records: number;
  /** Share of the records whose theme is the commonest one of their name (or is one of those that are right too). */
  readonly agreed: number;
}

export function publisherAgreement(records: readonly LabelledRecord[]): Agreement {
  const byName = new Map<string, Map<string, LabelledRecord>>();
  for (const record of records) {
    const { publisher = '' } = record;
    const name = nameOf(record);
    const named = byName.get(name) ?? new Map<string, LabelledRecord>();
    byName.set(name, named.set(publisher, record));
  }
  let all = 0;
  let agreed = 0;
  for (const named of byName.values()) {
    if (named.size < leastPublishers) continue;
    const themes = [...named.values()].map(({ theme, also }) => [theme, ...also]);
    all += themes.length;
    agreed += mostOf(themes);
  }
  return { records: all, agreed: all === 0 ? 1 : agreed / all };
}

function nameOf({ dataset, publisher = '' }: LabelledRecord): string {
  const agency = publisher.slice(publisher.indexOf(' ') + 1);
  const title = dataset.title[0]?.text ?? '';
  return titleKey(title.replace(agency, '').replace(/^.*_/u, '')).replace(/[\s0]|현황|정보|조회|서비스|목록/gu, '');
}

/** Records that the theme found with most of them is right for. */
function mostOf(themes: readonly (readonly string[])[]): number {
  const counts = new Map<string, number>();
  for (const each of themes.flat()) counts.set(each, (counts.get(each) ?? 0) + 1);
  return Math.max(...counts.values());
}
