/**
 * How many values a property is tried with: all of them in CI and by `npm run test:all`, a fifth by `npm test`, which a person waits for.
 * A property that must see much in order to say anything asks for its number itself.
 */
export function runs(all: number): number {
  const whole = process.env.CI === 'true' || process.env.MEISSA_ALL_RUNS === '1';
  return whole ? all : Math.min(all, Math.max(5, Math.ceil(all / 5)));
}
