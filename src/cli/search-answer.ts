/** What a search found, for people and for programs: the datasets, how the query was understood, why each is there. */
import type { SearchAnswer, SearchHit, SearchRequest } from '../search/search-contract.ts';
import { glossText, type MeaningWords, relationSigns } from '../serve/meaning-words.ts';
import { meaningEn } from '../serve/texts/meaning-en.ts';
import { cutToWidth, oneLine } from './table.ts';

/** The index's answer, with labels in the reader's language. */
export function answerForPrograms(answer: SearchAnswer, words: MeaningWords): object {
  const { reading } = answer;
  return {
    ...answer,
    hits: answer.hits.map((hit) => {
      const pieces = words.gloss(hit.stored.title, hit.stored.terms);
      return {
        ...hit,
        why: words.why(hit.why, reading),
        ...(pieces.length === 0 ? {} : { gloss: { lang: words.language, text: glossText(pieces), terms: pieces } }),
      };
    }),
    reading: { ...reading, lang: words.language, parts: words.parts(reading) },
  };
}

export function answerForPeople(request: SearchRequest, answer: SearchAnswer, words: MeaningWords): readonly string[] {
  const notices = [...answer.notices, ...readingForPeople(answer, words), ...spellingForPeople(answer)];
  const head = notices.map((notice) => `(${notice})`);
  if (answer.total === 0) return [...head, 'Nothing found. Fewer words or filters find more.'];
  const first = request.offset + 1;
  const last = request.offset + answer.hits.length;
  const range =
    answer.hits.length === 0 ? 'no more results' : `${first}–${last} of ${answer.total.toLocaleString('en')}`;
  const countries = (answer.facets.country ?? [])
    .map((each) => `${each.value} ${each.count.toLocaleString('en')}`)
    .join(' · ');
  return [
    ...head,
    `${range}${countries === '' ? '' : `   ${countries}`}`,
    ...answer.hits.map((hit) => hitForPeople(hit, answer, words)),
  ];
}

function spellingForPeople({ didYouMean }: SearchAnswer): readonly string[] {
  return didYouMean === undefined ? [] : [`did you mean ${oneLine(didYouMean)} ?`];
}

function readingForPeople({ reading }: SearchAnswer, words: MeaningWords): readonly string[] {
  const parts = words.parts(reading);
  const understood = parts.map(({ source, meanings }) => {
    const labels = [...new Set(meanings.map(({ label }) => label))];
    return labels.length === 0 ? `"${source}"` : `${source} = ${labels.join(' / ')}`;
  });
  const list = (sources: readonly string[]): string => sources.map((each) => `"${oneLine(each)}"`).join(', ');
  return [
    ...(parts.some(({ meanings }) => meanings.length > 0) ? [`understood as ${oneLine(understood.join(', '))}`] : []),
    ...(reading.letGo.length > 0 ? [`left out as words of the question: ${list(reading.letGo)}`] : []),
    ...(reading.relaxed.length > 0
      ? [`next to no dataset has all of it; not insisted on: ${list(reading.relaxed)}`]
      : []),
  ];
}

function hitForPeople(hit: SearchHit, { reading }: SearchAnswer, words: MeaningWords): string {
  const { stored } = hit;
  const facts = [
    stored.country,
    stored.publisher,
    stored.formats.join(' '),
    stored.licenceId,
    stored.modified?.slice(0, 10) ?? '',
  ];
  const gloss = glossText(words.gloss(stored.title, stored.terms));
  const why = whyForPeople(hit, reading, words);
  return [
    '',
    cutToWidth(oneLine(stored.title), 100),
    ...(gloss === '' ? [] : [`  ${cutToWidth(`gloss: ${gloss}`, 98)}`]),
    `  ${cutToWidth(
      facts
        .map(oneLine)
        .filter((each) => each !== '')
        .join(' · '),
      98,
    )}`,
    ...(hit.snippet.text.trim() === '' ? [] : [`  ${cutToWidth(oneLine(hit.snippet.text), 98)}`]),
    ...(why === '' ? [] : [`  ${cutToWidth(`why: ${why}`, 98)}`]),
    `  sampan show ${hit.id}`,
  ].join('\n');
}

/** 空氣品質 = 大気質 = air quality */
function whyForPeople(hit: SearchHit, reading: SearchAnswer['reading'], words: MeaningWords): string {
  const telling = words.why(hit.why, reading).filter(words.tellsSomething);
  return telling
    .map(({ source, words: said, label, field, relation }) => {
      const where = said === undefined ? ` (${meaningEn.field[field]})` : '';
      const named = [...new Set([said, label])].filter((each) => each !== undefined && each !== source).join(' = ');
      return oneLine(`${source}${named === '' ? '' : ` ${relationSigns[relation]} ${named}`}${where}`);
    })
    .join('; ');
}
