/** A body that was read whole, as text: by BOM, valid UTF-8, the label, then the languages of the portal. */
import { isUtf8 } from 'node:buffer';
import { decodedBody, encodingCandidates } from '../kit/decoded-body.ts';

export async function textOfBody(
  bytes: Uint8Array,
  label: string | undefined,
  languages: readonly string[],
): Promise<string> {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  async function* body() {
    yield bytes;
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of decodedBody(body(), label, encodingCandidates(languages)).chunks) {
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
