/** A change of a value or of a list, as people say it. */
import type { ListChange } from '../model/list-change';

/** `from now on a, b; no longer c`. Undefined where nothing differs. */
export function fromNowOn(verb: string, { gone, come }: ListChange): string | undefined {
  const parts = [
    ...(come.length === 0 ? [] : [`${verb} from now on ${come.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`${come.length === 0 ? `${verb} ` : ''}no longer ${gone.join(', ')}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** `MTU 9000 -> 1500`. Undefined where both are the same. */
export function moved(what: string, before: string | number | undefined, after: string | number | undefined): string | undefined {
  return before === after ? undefined : `${what} ${before ?? 'none'} -> ${after ?? 'none'}`;
}
