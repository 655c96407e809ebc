/** A clock that nobody sets: milliseconds since some moment. For how long something takes; what time it is tells `Date.now()`, if it is right. */
export function steady(): number {
  return performance.now();
}
