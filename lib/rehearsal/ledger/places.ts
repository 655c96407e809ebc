/** Which resource of which stack a physical thing is. */
import type { World } from '../../embedded-cloud/store/world';
import type { Step } from '../model';
import type { Rehearsal } from '../rehearse';
import type { RehearsedStack } from '../stack';
import type { LedgerFacts } from './facts';
import { membersIn, regionsOf } from './hosts';
import { count } from './words';

export interface Place {
  /** Construct path of the stack. */
  readonly stack: string;
  readonly logicalId: string;
}

/** By physical id, of what stood when the deploy began. */
export function placesBefore({ before }: Pick<Rehearsal, 'before'>, facts: LedgerFacts): ReadonlyMap<string, Place> {
  return placesIn(before, [...facts.after, ...facts.before]);
}

export function placesIn(world: World, stacks: readonly RehearsedStack[]): Map<string, Place> {
  const paths = new Map(stacks.map(({ account, cloudRegion, name, path }) => [`${account} ${cloudRegion} ${name}`, path]));
  return new Map(
    regionsOf(world).flatMap((region) =>
      Object.values(region.stacks).flatMap(({ name, resources }) => {
        const path = paths.get(`${region.account} ${region.name} ${name}`);
        if (path === undefined) return [];
        return Object.values(resources).map(({ physicalId, logicalId }): [string, Place] => [
          physicalId,
          { stack: path, logicalId },
        ]);
      }),
    ),
  );
}

/** Names of the members by what they have: instance and disks. */
export function membersByThing({ before }: Pick<Rehearsal, 'before'>): ReadonlyMap<string, string> {
  return new Map(
    [...membersIn(before).values()].flatMap(({ name, instanceId, rootDisk, dataDisks }) =>
      [instanceId, rootDisk, ...dataDisks].map((id): [string, string] => [id, name]),
    ),
  );
}

/** Why a step is taken: `UserData`, `SubnetId by the replacement of SubnetMembersAG1`. */
export function causeOf({ act, properties, through }: Pick<Step, 'act' | 'properties' | 'through'>): string {
  if (properties.length === 0) return act === 'delete' ? 'it is no longer described' : 'it is new';
  const by = through.length === 0 ? '' : ` by the replacement of ${through.join(', ')}`;
  return `${properties.join(', ')}${by}`;
}

/** What the steps do to these hosts' instances: `3 hosts interrupt: UserData`. */
export function causes(rehearsal: Pick<Rehearsal, 'before' | 'steps'>, hosts: readonly string[]): string[] {
  const memberOf = membersByThing(rehearsal);
  const asked = new Set(hosts);
  const words = new Map<string, number>();
  for (const step of rehearsal.steps) {
    if (step.before === undefined || !/::Instance$/.test(step.type) || step.act === 'retain') continue;
    if (!asked.has(memberOf.get(step.before) ?? '')) continue;
    const text = `${ACTS[step.act]} (${causeOf(step)})`;
    words.set(text, (words.get(text) ?? 0) + 1);
  }
  return [...words].map(([text, number]) => `${count(number, 'host')} ${text}`);
}

const ACTS: Readonly<Record<Step['act'], string>> = {
  create: 'made',
  replace: 'replaced',
  update: 'changed',
  interrupt: 'stopped and started',
  delete: 'deleted',
  retain: 'left alone',
  wait: 'waited for',
};
