/** Another generation is another etcd: it begins without the keys of the one that stands. */

import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning } from './cluster-pair';

/** Source: `cloud-config/etcd/meissa-etcd.sh` (data folder, names and marker carry the generation), docs/etcd.md. */
export function etcdGeneration({ place, before, after }: ClusterPair): Meaning[] {
  if (before.etcd === undefined || after.etcd === undefined || before.generation === after.generation) return [];
  const [old, now] = [before.generation, after.generation];
  const { voters } = after.etcd;
  const lost = Math.floor(before.etcd.plan.size / 2) + 1;
  const what = `etcd of ${place} is made anew and empty: generation ${old} -> ${now}: every key, lease and lock of generation ${old} is out of reach`;
  return [
    clusterMeaning(after, voters, 'etcd-made-anew', 'data-loss', what, {
      hosts: voters.members.filter(({ absent }) => !absent).map(({ name }) => name),
      details: [
        `no rolling restart: ${wordsOf(lost)} voter that stops takes the quorum of generation ${old}, and generation ${now} serves when a quorum of it stands`,
        `meanwhile gateways reach voters of both: what is written then may be of either`,
        `kept, and read by nobody: /var/lib/etcd/g${old} on the voters' volumes`,
        `to keep the keys: leave the generation at ${old}; or save them first (\`etcdctl snapshot save\` on a voter) and write them again afterwards`,
      ],
    }),
  ];
}

function wordsOf(nth: number): string {
  return ['', 'the first', 'the second', 'the third'][nth] ?? `number ${nth} of the`;
}
