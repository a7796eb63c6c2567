/** Why a result is there when its words are not those that were typed: 空氣品質 = 大気質 = air quality. */
import { Fragment, type VNode } from 'preact';
import { textKey } from '../../vocabulary/text-key.ts';
import { type MeaningWords, relationSigns, type Why } from '../meaning-words.ts';
import type { PageContext } from '../page-context.ts';

export interface WhyFoundProps {
  readonly page: PageContext;
  readonly why: readonly Why[];
  readonly words: MeaningWords;
}

export function WhyFound({ page, why, words }: WhyFoundProps): VNode | null {
  const telling = why.filter(words.tellsSomething);
  if (telling.length === 0) return null;
  const texts = page.texts.meaning;
  return (
    <p class="why">
      <span class="quiet">{texts.why}</span>{' '}
      {telling.map((each) => (
        <span key={each.source} class="why-part">
          <WhyChain why={each} language={words.language} />
          {each.words === undefined && <span class="quiet"> ({texts.field[each.field]})</span>}
        </span>
      ))}
    </p>
  );
}

interface Link {
  readonly text: string;
  readonly lang: string;
  /** Stands before it. */
  readonly sign: string;
}

function WhyChain({ why, language }: { why: Why; language: string }): VNode {
  return (
    <>
      {chain(why, language).map(({ text, lang, sign }, at) => (
        <Fragment key={text}>
          {at > 0 && <span class="quiet"> {sign} </span>}
          <span lang={lang} dir="auto">
            {text}
          </span>
        </Fragment>
      ))}
    </>
  );
}

/** As typed, as the dataset says it, as the reader calls it: each once. */
function chain({ source, words, label, relation }: Why, language: string): readonly Link[] {
  const links: Link[] = [{ text: source, lang: '', sign: '' }];
  const add = (text: string | undefined, lang: string): void => {
    if (text === undefined || links.some((each) => textKey(each.text) === textKey(text))) return;
    links.push({ text, lang, sign: links.length === 1 ? relationSigns[relation] : '=' });
  };
  add(words, '');
  add(label, language);
  return links;
}
