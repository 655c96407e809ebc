/** Stacks of transit routers and links of an estate, as templates. */
import { join } from 'node:path';
import type { StackOutput } from '../../../lib/aliyun/assembly';
import { linkStacks } from '../../../lib/aliyun/link-stacks';
import { fragmentOf, newParts, type StackParts } from '../../../lib/aliyun/parts';
import { FORMAT_VERSION, type RosResourceJson, type RosTemplate } from '../../../lib/aliyun/ros';
import { addTransit } from '../../../lib/aliyun/transit';
import { cidr } from '../../../lib/estate/cidr';
import { diskSource, packageRoot } from '../../../lib/estate/files/disk-source';
import type { Carried, Estate, Idc, Region } from '../../../lib/estate/model';
import { readEstate } from '../../../lib/estate/read';
import type { AliyunRegionPlan, EstatePlan } from '../../../lib/plan/model';
import { stackName } from '../../../lib/plan/names';
import { planEstate } from '../../../lib/plan/plan';
import { dataCentre, linked, place } from '../../plan/linked-fixture';

/** test/estates/aliyun: two Aliyun regions over transit, a data centre with a leased line and a VPN. */
export function inland(): Estate {
  return readEstate(diskSource(join(__dirname, '../../estates/aliyun')), { packaged: diskSource(packageRoot()) }).estate!;
}

/** What the tests look at of a stack. */
export interface Emitted {
  readonly template: RosTemplate;
  readonly inputs: Readonly<Record<string, StackOutput>>;
  readonly region: string;
}

/** Transit and link stacks of the Aliyun regions of a plan, by name, in the order in which they deploy. */
export function emitted(plan: EstatePlan): Map<string, Emitted> {
  const stacks = new Map<string, Emitted>();
  const add = (parts: StackParts, region: string): void => {
    const template = { ROSTemplateFormatVersion: FORMAT_VERSION, ...fragmentOf(parts) } as RosTemplate;
    stacks.set(parts.stackName, { template, inputs: parts.inputs.outputs(), region });
  };
  const regions = plan.regions.filter((region): region is AliyunRegionPlan => region.provider === 'aliyun');
  for (const region of regions) {
    if (region.transit === undefined) continue;
    const parts = newParts(stackName(region.name, 'transit'), region.generation);
    addTransit(parts, region);
    add(parts, region.name);
  }
  const cen = regions.find((region) => region.cen !== undefined)?.cen;
  for (const link of plan.links.filter(({ cloud }) => cloud === 'aliyun')) {
    for (const { parts, plan: stack } of linkStacks({
      link,
      links: plan.links,
      idcs: plan.idcs,
      ...(cen === undefined ? {} : { cen }),
    })) {
      add(parts, stack.region);
    }
  }
  return stacks;
}

export function emit(estate: Estate): Map<string, Emitted> {
  return emitted(planEstate(estate));
}

/** Properties of a resource. */
export function properties({ template }: Emitted, id: string): Readonly<Record<string, unknown>> {
  const found = template.Resources?.[id];
  if (found === undefined) throw new Error(`no ${id} among ${Object.keys(template.Resources ?? {}).join(', ')}`);
  return found.Properties ?? {};
}

/** Resources of a type, in the order of the template. */
export function ofType({ template }: Emitted, type: string): [string, RosResourceJson][] {
  return Object.entries(template.Resources ?? {}).filter(([, { Type }]) => Type === type);
}

/** Whose output a property is: `<stack> <output>`. */
export function readsOf({ inputs }: Emitted, value: unknown): string | undefined {
  const source = inputs[(value as { Ref?: string }).Ref ?? ''];
  return source && `${source.stack} ${source.output}`;
}

/** Region `cn-<n>` of Aliyun with block 10.n/16, in host-gw with container block n. */
export function inlandPlace(n: number, mode: 'host' | 'host-gw' = 'host-gw'): Region {
  const { aws: _aws, transit: _transit, ...base } = place(n, mode) as Extract<Region, { provider: 'aws' }>;
  const name = `cn-${String(n).padStart(2, '0')}`;
  const zones = [`${name}-a`, `${name}-b`];
  return {
    ...base,
    name,
    file: `regions/${name}.yaml`,
    provider: 'aliyun',
    aliyun: { account: '1111111111111111', image: 'aliyun_3_x64_20G_alibase_20240819.vhd', userDataEncoding: 'plain' },
    network: { ...base.network, zones },
    clusters: base.clusters.map((cluster) => ({
      ...cluster,
      fleets: cluster.fleets.map((fleet) => ({ ...fleet, zones })),
    })),
  };
}

/** Regions and links of Aliyun, with the CEN in the first region. */
export function inlandEstate(regions: readonly Region[], links: Estate['links'], idcs: readonly Idc[] = []): Estate {
  return { ...linked(regions, links, idcs), cen: regions[0]!.name };
}

export const HOSTS: readonly Carried[] = ['hosts'];

export { cidr, dataCentre };
