/** English words about copies of one dataset at several portals. */
export const copiesEn = {
  title: 'The same dataset elsewhere',
  lead: (portals: string) =>
    `${portals} records are one dataset. Each stays as its portal has it; a search shows them as one.`,
  authoritative: 'authoritative copy',
  thisRecord: 'this record',
  decided: 'A person put them together.',
  because: 'Why:',
  evidence: {
    'harvested-from': 'its portal says that it was taken from there',
    'same-identifier': 'same identifier',
    'same-page': 'same page',
    'same-addresses': 'same files',
    'same-title': 'same title',
    'like-title': 'nearly the same title',
    'same-agency': 'same body',
    'agency-within': 'a body and its office',
  } as Readonly<Record<string, string>>,
  fromRecords: (records: string) => `datasets, from ${records} records`,
  alsoAt: 'Also at',
};
