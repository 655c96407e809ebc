/** CLUSTER_EMPTIED: a cluster's generation is raised, so that an empty etcd or Kafka takes the place of the one that stands. */
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import type { FleetFacts, LedgerFacts } from './facts';
import { wellAtFirst } from './wellness';
import { accepting } from './words';

export function anew(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  return facts.fleets.flatMap((fleet) => (fleet.formed === undefined ? [] : emptiedLoss(rehearsal, facts, fleet, fleet.formed)));
}

/** Which generation stands is read from what stands: hosts may read the *formed* marker of their own one only. */
function emptiedLoss(rehearsal: Rehearsal, { before }: LedgerFacts, fleet: FleetFacts, formed: string): Loss[] {
  const hosts = wellAtFirst(
    rehearsal,
    fleet.members.map(({ name }) => name),
  );
  const standing = generationsIn(
    before.map(({ body }) => body),
    formed,
  );
  const now = GENERATION.exec(formed)?.[1];
  if (hosts.length === 0 || now === undefined || standing.length === 0 || standing.includes(now)) return [];
  const name = `CLUSTER_EMPTIED:${fleet.path}`;
  const cluster = fleet.voters === 'kraft' ? 'Kafka' : 'etcd';
  const steps = rehearsal.steps.filter(({ stack }) => stack === fleet.path);
  return [
    {
      code: 'CLUSTER_EMPTIED',
      severity: 'error',
      name,
      stack: fleet.path,
      from: steps[0]?.from ?? 0,
      to: rehearsal.seconds,
      hosts,
      what: `an empty ${cluster} of generation ${now} takes the place of generation ${standing.join(', ')} in ${fleet.target}: ${cluster === 'etcd' ? 'every key' : 'every topic and every line that is not carried on yet'} is out of reach`,
      why: `generation of the cluster is raised from ${standing.join(', ')} to ${now}`,
      fix: `set generation of cluster ${fleet.target.split('/')[1]} back to ${standing.at(-1)}; ${accepting(name)}`,
    },
  ];
}

const GENERATION = /\/(?:kafka-)?g(\d+)\/formed$/;

/** Generations of the marker that stand in these texts. @param formed `/meissa/<estate>/<region>/<cluster>/g1/formed` */
function generationsIn(texts: readonly string[], formed: string): string[] {
  const [start] = formed.split(/\d+\/formed$/);
  const found = new Set<string>();
  for (const text of texts) {
    for (let at = text.indexOf(start!); at >= 0; at = text.indexOf(start!, at + 1)) {
      const generation = /^\d+(?=\/formed)/.exec(text.slice(at + start!.length, at + start!.length + 20))?.[0];
      if (generation !== undefined) found.add(generation);
    }
  }
  return [...found].sort();
}
