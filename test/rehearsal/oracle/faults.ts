/** One thing that goes wrong while a change is deployed. */
import fc from 'fast-check';
import { reboot } from '../../../lib/embedded-cloud/aliyun/resources/ecs/launch';
import type { VirtualCloud } from '../../../lib/embedded-cloud/virtual';
import type { RehearsalInput } from '../../../lib/rehearsal/rehearse';

export interface Planted extends Pick<RehearsalInput, 'prepare' | 'killAt' | 'onStart'> {
  readonly what: string;
  /** Whoever runs it mends what is broken before the re-run. @default - nothing stays broken */
  readonly mend?: (cloud: VirtualCloud) => void;
  /** What is gone can't be put back by a way back either: a stack may be stuck there, until somebody mends it. @default false */
  readonly sticks?: boolean;
}

/** Chosen before anybody knows what is deployed: the n-th of whatever there is. */
export type Fault = (changing: readonly Changing[]) => Planted;

/** A resource that the deploy touches. */
export interface Changing {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'create' | 'update' | 'delete';
}

const none: Fault = () => ({ what: 'nothing' });

const fails =
  (pick: number): Fault =>
  (changing) => {
    const chosen = changing[pick % Math.max(1, changing.length)];
    if (chosen === undefined) return none(changing);
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
    if (chosen === undefined) return none(changing);
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
  fc.constant(none),
  fc.nat(200).map(fails),
  fc.nat(200).map(lost),
  fc.nat(4).map(neverWell),
  fc.nat(40).map(killed),
  fc.nat(60).map(byHand),
);
