/** One thing that goes wrong while a change is deployed. */
import fc from 'fast-check';
import { reboot, start, stop } from '../../../lib/embedded-cloud/aliyun/resources/ecs/launch';
import { terminate } from '../../../lib/embedded-cloud/aws/resources/ec2/launch';
import type { VirtualCloud } from '../../../lib/embedded-cloud/virtual';
import type { RehearsalInput } from '../../../lib/rehearsal/rehearse';

export interface Planted extends Pick<RehearsalInput, 'prepare' | 'killAt' | 'onStart'> {
  readonly what: string;
  /** Whoever runs it mends what is broken before the re-run. @default - nothing stays broken */
  readonly mend?: (cloud: VirtualCloud) => void;
  /** What is gone can't be put back by a way back either: a stack may be stuck there, until somebody mends it. @default false */
  readonly sticks?: boolean;
  /** Name of a host that it takes: it is gone by that, and by no deploy. What it means for the deploy says a rehearsal that is told of it. */
  readonly takes?: () => string | undefined;
}

/** Chosen before anybody knows what is deployed: the n-th of whatever there is. @param voting fleets whose members vote, as hosts' names begin */
export type Fault = (changing: readonly Changing[], voting: readonly string[]) => Planted;

/** A resource that the deploy touches. */
export interface Changing {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'delete';
}

const none = (): Planted => ({ what: 'nothing' });

const fails =
  (pick: number): Fault =>
  (changing) => {
    const chosen = changing[pick % Math.max(1, changing.length)];
    if (chosen === undefined) return none();
    const { logicalId, type, action } = chosen;
    return {
      what: `${action} of ${logicalId} (${type}) fails`,
      prepare: ({ faults }) => faults.plant({ logicalId, type, action, code: 'InternalFailure', message: 'it failed' }),
    };
  };

const lost =
  (pick: number): Fault =>
  (changing) => {
    const chosen = changing[pick % Math.max(1, changing.length)];
    if (chosen === undefined) return none();
    const { logicalId, type, action } = chosen;
    return {
      what: `the answer to ${action} of ${logicalId} (${type}) is lost`,
      prepare: ({ faults }) => faults.plant({ logicalId, type, action, lost: 'usual' }),
    };
  };

const neverWell =
  (pick: number): Fault =>
  () => {
    let started = 0;
    let silent = '';
    return {
      what: `the ${pick + 1}th host that starts never gets well`,
      onStart: ({ instanceId }) => {
        if (started++ !== pick) return 'healthy';
        silent = instanceId;
        return 'silent';
      },
      mend: (cloud) => restart(cloud, silent),
    };
  };

const killed =
  (step: number): Fault =>
  () => ({ what: `killed at step ${step + 1}`, killAt: step + 1 });

const byHand =
  (pick: number): Fault =>
  () => {
    let back = () => undefined as unknown;
    return {
      what: `route ${pick} deleted by hand`,
      prepare: (cloud) => {
        back = deleteRoute(cloud, pick);
      },
      sticks: true,
      mend: (cloud) => {
        const stuck = regionsOf(cloud).flatMap((region) =>
          Object.values(region.stacks).flatMap(({ name, status }) =>
            status === 'UPDATE_ROLLBACK_FAILED' ? [{ region, name }] : [],
          ),
        );
        // As the deploy says: mend it, then go on with the rollback, then deploy again.
        if (stuck.length > 0) back();
        for (const { region, name } of stuck) cloud.engine.continueRollback(region, name, []);
      },
    };
  };

/** AWS's is terminated, Aliyun's stopped. */
export const voterByHand =
  (pick: number): Fault =>
  (_, voting) => {
    let taken: Taken | undefined;
    return {
      what: `voter ${pick} taken away by hand`,
      takes: () => taken?.name,
      prepare: (cloud) => {
        taken = takeVoter(cloud, voting, pick);
      },
      mend: () => taken?.back(),
    };
  };

interface Taken {
  readonly name: string;
  /** As it was, with its disks and its address. */
  readonly back: () => void;
}

function takeVoter(cloud: VirtualCloud, voting: readonly string[], pick: number): Taken | undefined {
  const { hosts, aliyunHosts } = cloud.backend;
  const votes = (name: string) => voting.some((fleet) => name.startsWith(`${fleet}-`));
  const voters = regionsOf(cloud).flatMap((region) => [
    ...Object.values(region.instances).map((instance) => ({
      name: instance.tags.Name ?? '',
      take: () => {
        const attached = [region.interfaces, region.volumes].flatMap((kind) => Object.values<{ attachment?: unknown }>(kind));
        const before = attached.map(({ attachment }) => attachment);
        const root = region.volumes[instance.rootVolume];
        terminate(region, hosts, instance);
        return () => {
          instance.state = 'running';
          if (root !== undefined) region.volumes[instance.rootVolume] = root;
          attached.forEach((one, i) => {
            one.attachment = before[i];
          });
          hosts.started(region, instance);
        };
      },
    })),
    ...Object.values(region.aliyun.instances).map((instance) => ({
      name: instance.tags.Name ?? instance.name,
      take: () => {
        stop({ hosts: aliyunHosts }, instance);
        return () => start({ region, hosts: aliyunHosts }, instance);
      },
    })),
  ]);
  const chosen = voters.filter(({ name }) => votes(name));
  const one = chosen[pick % Math.max(1, chosen.length)];
  return one && { name: one.name, back: one.take() };
}

const regionsOf = ({ world }: Pick<VirtualCloud, 'world'>) =>
  Object.values(world.accounts).flatMap(({ regions }) => Object.values(regions));

function restart({ world, backend: { hosts, aliyunHosts } }: VirtualCloud, id: string): void {
  for (const region of regionsOf({ world })) {
    const instance = region.instances[id];
    if (instance?.state === 'running') {
      hosts.stopped(id);
      hosts.started(region, instance);
    }
    const other = region.aliyun.instances[id];
    if (other !== undefined) reboot({ region, hosts: aliyunHosts }, other);
  }
}

/** Of the VPCs' tables of either cloud. What is returned puts it back. */
function deleteRoute(cloud: VirtualCloud, pick: number): () => unknown {
  const tables: { routes: unknown[] }[] = regionsOf(cloud)
    .flatMap((region) => [...Object.values(region.routeTables), ...Object.values(region.aliyun.routeTables)])
    .filter(({ routes }) => routes.length > 0);
  const table = tables[pick % Math.max(1, tables.length)];
  const gone = table?.routes.splice(pick % table.routes.length, 1) ?? [];
  return () => table?.routes.push(...gone);
}

export const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant<Fault>(none),
  fc.nat(200).map(fails),
  fc.nat(200).map(lost),
  fc.nat(4).map(neverWell),
  fc.nat(40).map(killed),
  fc.nat(60).map(byHand),
  fc.nat(20).map(voterByHand),
);
