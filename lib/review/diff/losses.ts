/** What the ledger of a deploy in virtual time found, as meanings: what is lost, why, and the way out. */
import type { Loss, Timeline } from '../../rehearsal/model';
import { INSTANCES } from './meaning/host-names';
import type { Meaning, Severity } from './meaning/meaning';

/** By the beginning of a loss's code. What is in no row is told as something that goes. */
const SEVERITY_OF: readonly (readonly [RegExp, Severity, Meaning['kind']])[] = [
  [/^(DISK|DATA|CLUSTER)_/, 'data-loss', 'deploy-loses-data'],
  [/^(QUORUM|REPLICAS)_/, 'quorum', 'deploy-loses-quorum'],
  [/^(CUT_OFF|OPENED|REACH_)/, 'reachability', 'deploy-cuts-off'],
  [/^CAPACITY_/, 'fleet', 'deploy-lowers-capacity'],
  [/^MEMBERS_/, 'interrupted', 'deploy-lowers-capacity'],
  [/_FAILS$/, 'refused', 'deploy-fails'],
];

export function lossMeanings(losses: readonly Loss[]): Meaning[] {
  // Who is newly open when all is done is told beside who is cut off, from both worlds.
  return losses
    .filter(({ code }) => code !== 'OPENED')
    .map((loss): Meaning => {
      const [, severity, kind] = SEVERITY_OF.find(([codes]) => codes.test(loss.code)) ?? [
        /^/,
        'replaced' as const,
        'deploy-replaces' as const,
      ];
      const { stack, resource, hosts, what, why, fix, code, name } = loss;
      const refused = loss.severity === 'error' ? [`deploy refuses it unless it is accepted by name: ${name}`] : [];
      return {
        kind,
        severity,
        stack,
        what: `${what} (${code}${resource === undefined ? '' : `, ${resource}`}; ${momentWords(loss)})`,
        hosts,
        details: [`why: ${why}`, `way out: ${fix}`, ...refused],
        explains: [],
      };
    });
}

function momentWords({ from, to }: Pick<Loss, 'from' | 'to'>): string {
  return to <= from ? `at ${spanWords(from)}` : `from ${spanWords(from)} to ${spanWords(to)}`;
}

/** Seconds in words: `40 s`, `14 min`, `2 h 5 min`. */
export function spanWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}

/** `the deploy takes about 14 min of virtual time; 12 hosts stop and start, one at a time`. */
export function timelineWords({ seconds, steps }: Timeline): string {
  const stops = steps.filter(({ act, type }) => (act === 'interrupt' || act === 'replace') && INSTANCES.has(type));
  const hosts = new Set(stops.map(({ stack, logicalId }) => `${stack}/${logicalId}`)).size;
  const took = `the deploy takes about ${spanWords(seconds)} of virtual time`;
  if (hosts === 0) return `${took}; no host stops`;
  const most = Math.max(...stops.map((one) => stops.filter((other) => other.from <= one.from && one.from < other.to).length));
  const pace = hosts === 1 ? '' : most <= 1 ? ', one at a time' : `, at most ${most} at once`;
  return `${took}; ${hosts === 1 ? '1 host stops and starts' : `${hosts} hosts stop and start`}${pace}`;
}
