/** A refusal to touch a path: what stands there is not ours, is held by another, or can't be written. */
export class DiskRefusal extends Error {
  /**
   * @param code stable
   * @param fix what to write instead; works when followed to the letter
   */
  constructor(
    readonly code: string,
    message: string,
    readonly fix: string,
  ) {
    super(message);
    this.name = 'DiskRefusal';
  }
}

export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']);
const NO_FOLDER = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

/** What the file system answered to a write, in words; anything else is given back as it is. */
export function worded(error: unknown, path: string): unknown {
  const code = errorCode(error) ?? '';
  if (UNWRITABLE.has(code))
    return new DiskRefusal(
      'NOT_WRITABLE',
      `${path} can't be written (${code})`,
      `make ${path} writable for this user, or run where it is`,
    );
  if (NO_FOLDER.has(code))
    return new DiskRefusal('NO_FOLDER', `${path} stands in no folder (${code})`, 'name a path whose parent is a folder');
  return error;
}
