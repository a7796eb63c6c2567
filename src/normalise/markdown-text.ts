/** Markdown as portals use it in descriptions → plain text: links and emphasis lose their marks, nothing else changes. Pure. */
import { plainText } from './plain-text.ts';

export function markdownText(text: string): string | undefined {
  const unmarked = text
    .replace(/!?\[([^[\]\n]{1,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1/g, '$2')
    .replace(/`([^`\n]{1,1000})`/g, '$1')
    .replace(/^#{1,6} +/gm, '');
  return plainText(unmarked);
}
