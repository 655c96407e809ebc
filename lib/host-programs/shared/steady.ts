/** A clock that nobody sets: milliseconds since some moment. For how long something takes; what time it is tells `Date.now()`, if it is right. */
export function steady(): number {
  return performance.now();
}

/**
 * Milliseconds since 1970 by the clock as it was when this process began, whatever is set since: between two of one process lies the time that has
 * passed. For ages of what outlives the process.
 */
export function stamp(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}
