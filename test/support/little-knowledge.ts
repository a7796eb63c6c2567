/** The knowledge of `test/fixtures/vocab/`: a few concepts, forms and places. */
import { fileURLToPath } from 'node:url';
import { loadKnowledge } from '../../src/enrich/knowledge.ts';

export const littleVocabFolder = fileURLToPath(new URL('../fixtures/vocab/', import.meta.url));

export const littleKnowledge = await loadKnowledge(littleVocabFolder);
