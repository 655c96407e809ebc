/** Pieces of sentences that every loss uses. */

/** `3 members`, `1 member`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `from 135 s to 270 s`, or that it stays so. */
export function span(from: number, to: number, stays: boolean): string {
  const begin = `from ${Math.round(from)} s`;
  return stays ? `${begin} on, and at the end still` : `${begin} to ${Math.round(to)} s`;
}

/** The last way out of every error. */
export function accepting(name: string): string {
  return `or, where it is wanted, accept it: --accept ${name}`;
}

/** A few of many: `a, b, c and 9 more`. */
export function few(names: readonly string[], most = 5, between = ', '): string {
  return names.length <= most ? names.join(between) : `${names.slice(0, most).join(between)} and ${names.length - most} more`;
}
