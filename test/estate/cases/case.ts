import { parse } from 'yaml';
import { filesOf, type Written } from '../written';

/** What a rule refuses and what it lets through, each as a sentence and a change of the small estate. */
export interface RuleCases {
  readonly code: string;
  readonly refuses: Readonly<Record<string, Case>>;
  readonly accepts: Readonly<Record<string, Case>>;
}

export { region } from '../written';

export type Case = (w: Written) => void;

/** A fleet of the region sa-east-1. */
export function fleet(w: Written, name: 'voters' | 'adserver' | 'storage' = 'storage') {
  return w.places['sa-east-1'].clusters.core.fleets[name];
}

export function core(w: Written) {
  return w.places['sa-east-1'].clusters.core;
}

export function south(w: Written) {
  return w.places['sa-east-1'];
}

/** A members lock of sa-east-1 as it was when the fleet storage was made of three. */
export function lockOf(changes: Record<string, unknown> = {}, key = 'core/storage/1') {
  const entry = (zone: string) => ({ image: 'ami-0dbd802e72d0b653d', rootGb: 20, zone: `sa-east-1${zone}`, generation: 1 });
  const members: Record<string, object> = {};
  for (const f of ['storage', 'voters'])
    for (let n = 1; n <= (f === 'storage' ? 4 : 3); n++) members[`core/${f}/${n}`] = entry('abc'[(n - 1) % 3]!);
  members[key] = { ...(members[key] ?? entry('a')), ...changes };
  return { region: 'sa-east-1', members };
}

/** The small estate stands as it is written, or as `before` makes it, and is then changed. */
export const stood =
  (change: (w: Written) => unknown, before: (w: Written) => unknown = () => {}): Case =>
  (w) => {
    before(w);
    for (const [path, text] of Object.entries(filesOf(w))) {
      const [, name] = /^regions\/(.+)\.members\.lock\.yaml$/.exec(path) ?? [];
      if (name !== undefined) w.members[name] = parse(text);
    }
    change(w);
  };
