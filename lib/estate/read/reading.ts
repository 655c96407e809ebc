/** Asks a source for files and folders: what can't be read is a finding, and never stops the reading of the others. */
import { Unreadable } from '../../disk/unreadable';
import type { Finding } from '../findings/finding';
import type { EstateSource } from './source';

export interface Asked<T> {
  /** @default - it is not there, or can't be read */
  readonly value?: T;
  /** Why it can't be read. @default - it was read, or is not there */
  readonly finding?: Finding;
}

export function readText(source: EstateSource, path: string): Asked<string> {
  const asked = ask(path, () => source.read(path));
  // What a program decoded before us: the characters that were written are lost.
  if (asked.value?.includes('\uFFFD')) return { finding: unreadable(new Unreadable(path, ...REPLACED)) };
  return asked;
}

/** Names without those that a dot hides: editors and file managers leave them, and nobody means them. */
export function listNames(source: EstateSource, folder: string): Asked<readonly string[]> {
  const { value, finding } = ask(folder, () => source.list(folder));
  return {
    ...(finding === undefined ? {} : { finding }),
    ...(value === undefined ? {} : { value: value.filter((n) => !n.startsWith('.')) }),
  };
}

/** A name that a folder has and no file: it went meanwhile, or is made of bytes that are no text. */
export function vanished(path: string): Finding {
  const odd = path.includes('\uFFFD');
  return unreadable(
    new Unreadable(
      path,
      odd ? 'has a name that is not UTF-8' : 'went while it was read',
      'nothing in it could be checked',
      odd ? 'rename it' : 'run again when nothing changes these files meanwhile',
    ),
  );
}

const REPLACED = [
  'is not UTF-8 text, or holds the character U+FFFD that stands for one that could not be read',
  'it would reach its readers as other characters than were written',
  'save it as UTF-8, and write the character that was meant',
] as const;

function ask<T>(path: string, question: () => T | undefined): Asked<T> {
  try {
    const value = question();
    return value === undefined ? {} : { value };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const wrong =
      error instanceof Unreadable
        ? error
        : new Unreadable(
            path,
            `can't be read: ${code ?? 'error'}`,
            'nothing in it could be checked',
            'check that it is a file and that you may read it',
          );
    return { finding: unreadable(wrong) };
  }
}

function unreadable({ path: file, what: message, why, fix }: Unreadable): Finding {
  return { file, line: 0, code: 'FILE_UNREADABLE', severity: 'error', path: '', message, why, fix };
}
