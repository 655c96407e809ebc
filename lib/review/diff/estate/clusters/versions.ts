/** Another version of etcd or of the collection's programs: in which order stacks get it, and whether etcd takes it at all. */
import type { FleetPlan } from '../../../../plan/model';
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, type ClusterView, clusterMeaning } from './cluster-pair';

export function versionsThatChange(pair: ClusterPair): Meaning[] {
  return [...etcdVersion(pair), ...collectionVersion(pair)];
}

function etcdVersion({ place, before, after }: ClusterPair): Meaning[] {
  const { etcd } = after;
  const [old, now] = [before.etcd?.voters, etcd?.voters].map((fleet) => fleet && versionOf(fleet, 'etcd'));
  if (etcd === undefined || old === undefined || now === undefined || old === now) return [];
  const fleets = differing(before, after, 'etcd');
  const words = `etcd of ${place} ${old} -> ${now}`;
  const bad = before.generation === after.generation ? refusal(old, now) : undefined;
  const details = [
    `order: ${orderWords(after, fleets)}`,
    'voters come first, one at a time, each behind its gate; gateways only pass bytes on, so their version may lag behind',
    ...(minor(old) < minor(now)
      ? ['no way back: with all voters on the new minor version etcd takes an older one only by `etcdctl downgrade`']
      : []),
  ];
  const kind = 'etcd-version';
  if (bad === undefined) return [clusterMeaning(after, etcd.voters, kind, 'interrupted', words, { details })];
  return [clusterMeaning(after, etcd.voters, kind, 'quorum', `${words}: ${bad}`, { details })];
}

/** Kafka, Java and our own programs are one artifact. */
function collectionVersion({ place, before, after }: ClusterPair): Meaning[] {
  const { kafka } = after;
  const [old, now] = [before.kafka?.brokers, kafka?.brokers].map((fleet) => fleet && versionOf(fleet, 'collection'));
  if (kafka === undefined || old === undefined || now === undefined || old === now) return [];
  const details = [
    `order: ${orderWords(after, differing(before, after, 'collection'))}`,
    'brokers and controllers one at a time, each behind its gate; the level of features (`kafka-features`) is raised by nobody but you',
  ];
  return [
    clusterMeaning(after, kafka.brokers, 'collection-version', 'interrupted', `Kafka and programs of ${place} ${old} -> ${now}`, {
      details,
    }),
  ];
}

function versionOf({ context }: FleetPlan, artifact: string): string | undefined {
  return context.artifacts.items[artifact]?.version;
}

function differing(before: ClusterView, after: ClusterView, artifact: string): FleetPlan[] {
  return after.fleets.filter((fleet) => {
    const old = before.fleets.find(({ name }) => name === fleet.name);
    return old !== undefined && versionOf(old, artifact) !== versionOf(fleet, artifact);
  });
}

/** Stacks as a deploy takes them: what waits for nothing of these first; those between `and` go side by side. */
export function orderWords({ region, name }: ClusterView, fleets: readonly FleetPlan[]): string {
  const names = new Set(fleets.map((fleet) => fleet.name));
  const stacks = region.stacks.filter(
    ({ cluster, fleet, kind }) => cluster === name && kind !== 'entry' && names.has(fleet ?? ''),
  );
  const depth = new Map<string, number>();
  for (const { id, dependsOn, changesAfter } of stacks)
    depth.set(id, Math.max(0, ...[...dependsOn, ...changesAfter].map((other) => (depth.get(other) ?? -1) + 1)));
  const most = Math.max(0, ...depth.values());
  const waves = Array.from({ length: most + 1 }, (_, wave) => stacks.filter(({ id }) => depth.get(id) === wave));
  return waves.map((wave) => wave.map(({ id }) => `${region.name}/${id}`).join(' and ')).join(', then ');
}

/** Of `3.5.21`: 3005. */
function minor(version: string): number {
  const [major = 0, second = 0] = version.split('.').map(Number);
  return major * 1000 + second;
}

/** Sources: etcd, "Upgrading etcd clusters and applications" (one minor version at a time), "Downgrade etcd"; `membership.mustDetectDowngrade`. */
function refusal(old: string, now: string): string | undefined {
  if (minor(now) < minor(old))
    return 'an older minor version refuses the data ("server version is lower than determined cluster version"): the first voter does not come back and its gate stays shut, unless `etcdctl downgrade enable` was answered first';
  if (minor(now) > minor(old) + 1)
    return 'etcd is upgraded one minor version at a time: take the one between first, or voters that start may not join those that run';
  return undefined;
}
