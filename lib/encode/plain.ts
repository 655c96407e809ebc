import type { Language } from './language';
import { Unencodable } from './unencodable';
import { controls, harmless, textOf } from './value';

/** Languages of which no more is known than that letters, digits and _./:@+- mean nothing in them: udev, modprobe, sshd, nft ... */
export const words: Language<''> = {
  name: 'words',
  start: '',
  read: () => '',
  put: (_state, value) => {
    const text = textOf(value);
    if (harmless.test(text)) return text;
    throw new Unencodable('has other characters than letters, digits and _./:@+-', 'Write a value of those.');
  },
};

/** Texts whose lines a reader takes as they are: sysctl.d, and what people read. */
export const lines: Language<''> = {
  name: 'lines',
  start: '',
  read: () => '',
  put: (_state, value) => {
    const text = textOf(value);
    if (!controls.test(text) && !/[\x80-\x9f\u2028\u2029]/.test(text)) return text;
    throw new Unencodable('holds a line break or control character, and stands in one line', 'Write it without.');
  },
};
