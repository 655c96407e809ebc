/** Parameters of etcd and of the collection's programs, which no template shows by name. */
import type { FleetPlan } from '../../../../plan/model';
import type { Meaning } from '../../meaning/meaning';
import { changeWords } from '../../meaning/references';
import type { Json } from '../../model/json';
import { type ClusterPair, clusterMeaning } from './cluster-pair';

/** Profiles of what keeps data: of the others it is the text of user-data that tells. */
const PROFILES: Readonly<Record<string, string>> = {
  etcd: 'etcd',
  kafka: 'Kafka',
  'front-end': 'front ends',
  'kafka-mirror': 'mirrors',
};

/** Sources: etcd, "Space quota", "Tuning"; docs/collection/mirror.md ("At least once, on purpose"). By `<profile>.<parameter>`, for a value that becomes less or goes. */
const LESS: Readonly<Record<string, string>> = {
  'etcd.quotaBytes': 'a database that is larger takes no more writes (NOSPACE): compact and defragment first',
  'kafka-mirror.exactlyOnce': 'lines may come twice',
};

/** Of each fleet that stands; room of spools is told by itself. */
export function parametersThatChange({ place, before, after }: ClusterPair): Meaning[] {
  return after.fleets.flatMap((fleet) => {
    const stood = before.fleets.find(({ name }) => name === fleet.name);
    return stood === undefined
      ? []
      : Object.keys(PROFILES).flatMap((profile) => ofProfile({ place, before, after }, stood, fleet, profile));
  });
}

function ofProfile({ place, after }: ClusterPair, stood: FleetPlan, fleet: FleetPlan, profile: string): Meaning[] {
  if (!fleet.profiles.includes(profile) || !stood.profiles.includes(profile)) return [];
  if (profile === 'etcd' && fleet.context.cluster.etcd?.voter !== true) return [];
  const [old, now] = [stood, fleet].map(({ context }) => context.parameters[profile] ?? {}) as [Values, Values];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  );
  const told = names.filter((name) => !['spoolPercent', 'rootPercent', 'syslogTopic'].includes(name)).sort();
  if (told.length === 0) return [];
  const words = told.map((name) => `${changeWords(name, old[name], now[name])}${hint(profile, name, old[name], now[name])}`);
  const what = `${PROFILES[profile]} of ${place} (${fleet.name}): ${words.join('; ')}`;
  const risky = words.some((word) => word.includes('NOSPACE'));
  return [clusterMeaning(after, fleet, 'cluster-parameters', risky ? 'quorum' : 'interrupted', what)];
}

type Values = Readonly<Record<string, Json | undefined>>;

function hint(profile: string, name: string, old: Json | undefined, now: Json | undefined): string {
  const words = LESS[`${profile}.${name}`];
  return words === undefined || Number(now ?? 0) >= Number(old ?? 0) ? '' : ` (${words})`;
}
