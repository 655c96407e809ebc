/** Last lines of what a host wrote, for whoever wants to know why it did not come back. */
import { stripVTControlCharacters } from 'node:util';
import { withoutRequest } from '../encode/echoed-request';
import { maskSecrets } from '../secrets';

/** Enough to hold the unit that failed and why; a console holds 64 KB. */
const LINES = 20;

/** The end of a text, each line for itself: no secret, no signed request, nothing that a terminal obeys. */
export function lastLines(text: string, most = LINES): string[] {
  const plain = stripVTControlCharacters(text).replace(/\r/g, '');
  const lines = maskSecrets(plain).split('\n');
  return lines
    .map((line) => withoutRequest(line).trimEnd())
    .filter((line) => line !== '')
    .slice(-most);
}
