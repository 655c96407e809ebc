/** Which stacks a region has, what each holds and in which order they deploy. */

import type { Cluster, Estate, Fleet, Region } from '../estate/model/model';
import { isGated } from '../estate/stacks/gates';
import { memberStackIds } from '../estate/stacks/member-stack';
import type { StackPlan } from './model';
import { stackName } from './names';
import { entryStackId } from './region/load-balancers';

/** @param transit whether the region has a transit gateway */
export function planStacks(estate: Estate, region: Region, transit: boolean): StackPlan[] {
  const stack = (id: string, rest: Omit<StackPlan, 'id' | 'name' | 'changesAfter'> & Partial<StackPlan>): StackPlan => ({
    id,
    name: stackName(region.name, id),
    changesAfter: [],
    ...rest,
  });
  const stacks = [
    stack('base', { kind: 'base', holdsData: true, disableRollback: false, dependsOn: [] }),
    stack('network', { kind: 'network', holdsData: false, disableRollback: false, dependsOn: [] }),
    ...(transit ? [stack('transit', { kind: 'transit', holdsData: false, disableRollback: false, dependsOn: ['network'] })] : []),
  ];
  for (const cluster of region.clusters) {
    // Voters come first: every other host of the cluster reaches etcd through its gateway. Of a collection then who the others need.
    const fleets = [...cluster.fleets].sort((a, b) => rank(cluster, a) - rank(cluster, b));
    for (const fleet of fleets) {
      const id = `${cluster.name}-${fleet.name}`;
      const before = [
        'base',
        'network',
        ...(cluster.etcd !== undefined && !votes(cluster, fleet) ? [`${cluster.name}-${cluster.etcd.voters}`] : []),
        ...controllersBefore(cluster, fleet).map((name) => `${cluster.name}-${name}`),
      ];
      const of = { cluster: cluster.name, fleet: fleet.name };
      const own = { ...of, changesAfter: brokersRead(cluster, fleet).map((name) => `${cluster.name}-${name}`) };
      if (fleet.name === cluster.kafka?.frontEnds) {
        // Before the fleet: its hosts are registered there as they come.
        const entry = entryStackId(cluster.name, fleet.name);
        stacks.push(stack(entry, { kind: 'entry', ...of, holdsData: false, disableRollback: false, dependsOn: ['network'] }));
        before.push(entry);
      }
      if (fleet.kind === 'elastic') {
        stacks.push(stack(id, { kind: 'elastic', ...own, holdsData: false, disableRollback: false, dependsOn: before }));
      } else if (fleet.quorum !== undefined) {
        stacks.push(stack(id, { kind: 'members', ...own, holdsData: true, disableRollback: true, dependsOn: before }));
      } else {
        // Shards follow each other, so that maxUnavailable holds for the whole fleet.
        const disableRollback = isGated(estate, region, cluster, fleet);
        const previous: string[] = [];
        for (const [k, shard] of memberStackIds(cluster, fleet).entries()) {
          const dependsOn = [...before, ...previous.slice(-1)];
          stacks.push(stack(shard, { kind: 'members', ...own, shard: k + 1, holdsData: true, disableRollback, dependsOn }));
          previous.push(shard);
        }
      }
    }
  }
  return quorumsFirst(stacks);
}

/**
 * Stacks with rollback off stand together, so that whoever has one setting a call (the CDK CLI) needs three calls for a region. Nothing that
 * they wait for waits for anything but them.
 */
function quorumsFirst(stacks: readonly StackPlan[]): StackPlan[] {
  const rank = ({ kind, cluster, disableRollback }: StackPlan) =>
    cluster === undefined || kind === 'entry' ? 0 : disableRollback ? 1 : 2;
  return [...stacks].sort((a, b) => rank(a) - rank(b));
}

/** Place in the order of a cluster's fleets. */
function rank(cluster: Cluster, fleet: Fleet): number {
  return votes(cluster, fleet)
    ? 0
    : fleet.name === cluster.kafka?.controllers
      ? 1
      : fleet.name === cluster.kafka?.brokers
        ? 2
        : 3;
}

/** Brokers wait for a quorum of controllers. */
function controllersBefore({ kafka }: Cluster, { name }: Fleet): string[] {
  return name === kafka?.brokers && name !== kafka.controllers ? [kafka.controllers] : [];
}

/** Front ends keep lines until brokers take them, mirrors ask until brokers answer: they come up beside them, and change behind them. */
function brokersRead({ kafka }: Cluster, { name }: Fleet): string[] {
  return kafka !== undefined && (name === kafka.frontEnds || name === kafka.mirrors) ? [kafka.brokers] : [];
}

function votes(cluster: Cluster, fleet: Fleet): boolean {
  return cluster.etcd?.voters === fleet.name;
}
