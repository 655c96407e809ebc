/** The nearest right name to a wrong one: "did you mean". */

/**
 * Optimal string alignment distance: insert, delete, replace or swap neighbours, each counts one.
 * @param most a distance of this or more is told as this. @default - it is told exactly
 */
export function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  let leastOfLast = 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
      if (best < least) least = best;
    }
    // Every way on leads through one of the last two rows.
    if (least >= most && leastOfLast + 1 >= most) return most;
    [beforeLast, last, leastOfLast] = [last, row, least];
  }
  return Math.min(most, last[b.length]!);
}

/** Longer names are not compared: a wrong name of a thousand letters is no slip of the pen. */
const LONGEST = 100;

/** The candidate nearest to `name`, if it is near enough to be meant (a third of its length, at least 2); ties by order of the alphabet. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const comesFirst = best !== undefined && candidate < best;
    const distance = editDistance(wanted, candidate.toLowerCase(), comesFirst ? bestDistance + 1 : bestDistance);
    if (distance < bestDistance || (comesFirst && distance === bestDistance)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` Did you mean "x"?`, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = nearest(name, candidates);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
