/** English words about how a search was understood and what a dataset is about. */
import type { WhyMatched } from '../../search/search-contract.ts';

const field: Readonly<Record<WhyMatched['field'], string>> = {
  titles: 'in the title',
  keywords: 'in the keywords',
  publisher: 'in the name of the agency',
  descriptions: 'in the description',
};

export const meaningEn = {
  understood: 'Understood as',
  asWords: 'as words',
  about: (place: string) => `Only about ${place}`,
  from: (country: string) => `Only from ${country}`,
  letGo: (words: string) => `Words of the question, left out of the search: ${words}.`,
  relaxed: (words: string) => `Next to no dataset has all of it. These were not insisted on: ${words}.`,
  onlyMyWords: 'Search only my words',
  withMeaning: 'Search with meaning, in all languages',
  wordsOnly: 'Only your own words were looked for.',
  why: 'Found by meaning:',
  field,
  gloss: 'Automatic gloss:',
  glossTitle: 'Word by word from the terms that were recognised in the title; not a translation',
  sameTopic: 'The same topic in other countries',
  sameTopicLead: 'The datasets of each country that share most with this one, found by the terms in its own words.',
  related: 'Related datasets of this country',
  sharedConcepts: 'Shares',
};
