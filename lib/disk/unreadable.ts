/** A file or folder that is there and isn't read: what is wrong with it, why that matters, and what to do. */
export class Unreadable extends Error {
  constructor(
    /** As the caller named it, with `/`. */
    readonly path: string,
    /** What is wrong, without the path. */
    readonly what: string,
    readonly why: string,
    readonly fix: string,
  ) {
    super(`${path}: ${what}`);
    this.name = 'Unreadable';
  }
}

const UNCHECKED = 'nothing in it could be checked';

/** What the system said when it was asked for a file. */
export function systemRefusal(path: string, error: unknown): Unreadable {
  const code = (error as NodeJS.ErrnoException).code ?? 'error';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new Unreadable(
        path,
        `can't be read: ${code}, you have no permission`,
        UNCHECKED,
        'give yourself read permission, or ask who owns it',
      );
    case 'ELOOP':
      return new Unreadable(
        path,
        'is a symbolic link that leads round in a circle',
        UNCHECKED,
        'put the file itself in the place of the link',
      );
    case 'ENAMETOOLONG':
      return new Unreadable(path, 'has a name that is too long', UNCHECKED, 'give it a name of at most 255 bytes');
    case 'EISDIR':
      return aFolder(path);
    case 'ENOENT':
    case 'ENOTDIR':
      return new Unreadable(
        path,
        'is not there',
        UNCHECKED,
        'put it back, or run again when nothing changes these files meanwhile',
      );
    default:
      return new Unreadable(
        path,
        `can't be read: ${code}`,
        UNCHECKED,
        'check that it is a file, that the disk is well, and that you may read it',
      );
  }
}

export function aFolder(path: string): Unreadable {
  return new Unreadable(
    path,
    'is a folder where a file belongs',
    'nothing reads what is in it',
    'move the folder away, or put the file itself there',
  );
}

export function aLink(path: string, link: string): Unreadable {
  return new Unreadable(
    path,
    link === path ? 'is a symbolic link' : `lies behind the symbolic link ${link}`,
    'what a link names may be any file of this machine, and would be told to whoever reads the outcome; links are never followed, also inside the folder',
    `put what ${link} names in its place: a copy, a git submodule or a git subtree`,
  );
}

export function outside(path: string): Unreadable {
  return new Unreadable(
    path,
    'lies outside the folder',
    'only files inside the folder are read',
    'name a file inside the folder',
  );
}

export function noFile(path: string, kind: string): Unreadable {
  return new Unreadable(
    path,
    `is ${kind}, not a regular file`,
    'reading it may never end, or do something',
    'put a regular file there',
  );
}

export function tooLarge(path: string, most: number, reason: string): Unreadable {
  return new Unreadable(
    path,
    `is larger than ${most} bytes`,
    reason,
    `keep it under ${most} bytes, or move it away if it came here by mistake`,
  );
}

export function noText(path: string, what: string): Unreadable {
  return new Unreadable(
    path,
    what,
    'it would reach its readers as other characters than were written',
    'save it as UTF-8 text, or move it away; programs come as artifacts',
  );
}
