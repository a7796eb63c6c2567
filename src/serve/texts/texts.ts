/** What a page language has to say: a new language is a module beside `en.ts` with the same keys, and a row here. */
import type { PageLanguage } from '../page-languages.ts';
import { en } from './en.ts';

export type Texts = typeof en;

export const textsOf: Readonly<Record<PageLanguage, Texts>> = { en };
