import type { Advice, Path } from '../../estate/findings/finding';
import { set } from '../../estate/findings/remedy';
import { instancePerformance } from '../../facts/aws/instance-performance';

/** The first of the types that has so much memory, in GiB. */
export function largerType(path: Path, gib: number, types: readonly string[], note?: string): Advice {
  const type = types.find((one) => (instancePerformance(one)?.memoryGib ?? 0) >= gib);
  if (type === undefined)
    return { fix: `choose a type with ${Math.ceil(gib)} GiB of memory${note === undefined ? '' : `, ${note}`}` };
  return { write: [set(path, type)], ...(note !== undefined && { fix: note }) };
}
