import type { Finding } from '../estate/findings/finding';
import { type Remedy, wordsOf } from '../estate/findings/remedy';

/** A remedy as advice of this room, whose findings are told in sentences: `Write dropIns.` */
export function sentence(remedy: Remedy): Required<Pick<Finding, 'fix' | 'write'>> {
  const words = wordsOf({ file: '', path: [] }, [remedy]);
  return { fix: `${words.charAt(0).toUpperCase()}${words.slice(1)}.`, write: [remedy] };
}
