/** Who votes in an etcd that stands: user-data can't change it, a person does by etcd's own membership. */
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning, counted } from './cluster-pair';

/** Source: docs/etcd.md ("The decision, made on the host at each start", "A voter whose data is gone"); etcd, "Runtime reconfiguration". */
export function votersThatChange({ place, before, after }: ClusterPair): Meaning[] {
  if (before.etcd === undefined || after.etcd === undefined) return [];
  const { voters } = after.etcd;
  // Not those that hosts are told of: whoever stands votes.
  const [old, now] = [before.etcd.voters.members, voters.members].map((members) => ({ size: members.length, voters: members }));
  if (old === undefined || now === undefined) return [];
  const knew = new Map(old.voters.map(({ name, address }) => [name, address]));
  const plans = new Map(now.voters.map(({ name, address }) => [name, address]));
  const come = now.voters.filter(({ name }) => !knew.has(name)).map(({ name }) => name);
  const go = old.voters.filter(({ name }) => !plans.has(name)).map(({ name }) => name);
  const move = now.voters.filter(({ name, address }) => knew.has(name) && knew.get(name) !== address);
  const size = old.size === now.size ? `${now.size} voters` : `${old.size} -> ${counted(now.size, 'voter')}`;
  const found: Meaning[] = [];
  if (go.length > 0) {
    const left = old.size - go.length;
    const needed = Math.floor(old.size / 2) + 1;
    const fate =
      left < needed
        ? 'its quorum is lost'
        : left === needed
          ? 'one more that fails takes its quorum'
          : `${left - needed} more may fail`;
    const what = `etcd of ${place} (${size}) still counts ${go.join(', ')} when ${go.length === 1 ? 'it is' : 'they are'} gone: ${left} of ${old.size} members are left, ${needed} are needed, ${fate}`;
    found.push(
      clusterMeaning(after, voters, 'etcd-voters-go', 'quorum', what, {
        hosts: go,
        details: [
          come.length > 0
            ? 'those that are lost are given up by `meissa etcd replace` of the next one that comes; one that is well: first `etcdctl member remove <id>` on a voter'
            : 'first, for each of them: `etcdctl member remove <id>` (`etcdctl member list` on a voter), one after the other; then deploy',
        ],
      }),
    );
  }
  if (come.length > 0) {
    const what = `etcd of ${place} (${size}) does not take ${come.join(', ')} by itself: a voter that its quorum doesn't know does not start, and its gate fails after ${voters.gateTimeout} s`;
    found.push(
      clusterMeaning(after, voters, 'etcd-voters-come', 'refused', what, {
        hosts: come,
        details: [
          `while each gate waits: ${come.map((name) => `\`meissa etcd replace ${name} --yes\``).join(', ')}: it joins as a learner and votes when it has caught up`,
        ],
      }),
    );
  }
  if (move.length > 0) {
    const what = `etcd of ${place} knows voters by addresses that change: ${move.map(({ name, address }) => `${name} ${knew.get(name)} -> ${address}`).join(', ')}`;
    found.push(
      clusterMeaning(after, voters, 'etcd-voters-move', 'quorum', what, {
        hosts: move.map(({ name }) => name),
        details: [
          'a voter at another address is a stranger to the others: leave the addresses, or replace the voters one after the other',
        ],
      }),
    );
  }
  return found;
}
