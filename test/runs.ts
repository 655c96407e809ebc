/**
 * How many values a property is tried with: all of them by `npm run test:all` and `MEISSA_ALL_RUNS=1 .ci/run`, a quarter of them in CI, a fifth by
 * `npm test`, which a person waits for; others each time. A property that must see much in order to say anything asks for its number itself.
 */
export function runs(all: number): number {
  const part = process.env.MEISSA_ALL_RUNS === '1' ? 1 : process.env.CI === 'true' ? 4 : 5;
  return Math.min(all, Math.max(5, Math.ceil(all / part)));
}
