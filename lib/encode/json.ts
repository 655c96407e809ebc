import type { Language } from './language';
import { Json, textOf, Words } from './value';

/** Whether the place is inside of a text, and whether a backslash has come right before. */
type JsonState = '' | 'text' | 'escape';

/** JSON: inside of quotes a part of a text; outside a whole value, texts with quotes of their own. */
export const json: Language<JsonState> = {
  name: 'json',
  start: '',
  read: (state, text) => {
    let now = state;
    for (const c of text) {
      if (now === 'escape') now = 'text';
      else if (now === 'text') now = c === '"' ? '' : c === '\\' ? 'escape' : 'text';
      else if (c === '"') now = 'text';
    }
    return now;
  },
  put: (state, value) => {
    if (state !== '') return JSON.stringify(textOf(value)).slice(1, -1);
    if (value instanceof Json) return JSON.stringify(value.value);
    return JSON.stringify(value instanceof Words ? value.words : value);
  },
};
