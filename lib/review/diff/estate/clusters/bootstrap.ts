/** How an etcd that stands would be made: it was made already. */
import type { EtcdContext } from '../../../../plan/model';
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning } from './cluster-pair';

/** Voters with data start from it (docs/etcd.md); the texts of all hosts change all the same, which is told with them. */
export function bootstrapThatChanges({ place, before, after }: ClusterPair): Meaning[] {
  if (before.etcd === undefined || after.etcd === undefined) return [];
  const [old, now] = [wayOf(before.etcd.plan), wayOf(after.etcd.plan)];
  if (old === now) return [];
  const what = `etcd of ${place}: bootstrap ${old} -> ${now}: counts only for a generation that is not formed yet; voters that have data start from it`;
  return [clusterMeaning(after, after.etcd.voters, 'etcd-bootstrap', 'addition', what)];
}

function wayOf({ bootstrap, discoveryUrl }: EtcdContext): string {
  return discoveryUrl === undefined ? bootstrap : `${bootstrap} by ${discoveryUrl}`;
}
