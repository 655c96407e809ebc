/**
 * A pattern in which `*` stands for anything.
 *
 * @param single `?` stands for any one character
 */
export const wildcard = (pattern: string, single = false, flags = ''): RegExp =>
  new RegExp(
    `^${pattern
      .split(single ? /([*?])/ : /(\*)/)
      .map((p) => (p === '*' ? '.*' : single && p === '?' ? '.' : p.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    flags,
  );
