/** Stacks of transit routers and links of an estate, as templates. */
import { join } from 'node:path';
import type { RosStackManifest, StackOutput } from '../../../lib/aliyun/assembly';
import { emitStack } from '../../../lib/aliyun/emitted';
import { linkStacks } from '../../../lib/aliyun/links/link-stacks';
import { addTransit } from '../../../lib/aliyun/links/transit';
import { newParts } from '../../../lib/aliyun/parts';
import type { RosResourceJson, RosTemplate } from '../../../lib/aliyun/ros';
import { cidr } from '../../../lib/estate/addresses/cidr';
import { diskSource, packageRoot } from '../../../lib/estate/files/disk-source';
import type { Estate, Given, Idc, Region } from '../../../lib/estate/model/model';
import { readEstate } from '../../../lib/estate/read/read';
import { cloudRegionId } from '../../../lib/facts/region';
import type { EstatePlan } from '../../../lib/plan/model';
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
  readonly manifest: RosStackManifest;
}

/** Transit and link stacks of the Aliyun regions of a plan, by name, in the order in which they deploy. */
export function emitted(plan: EstatePlan): Map<string, Emitted> {
  const transits = plan.regions.flatMap((region) => {
    if (region.provider !== 'aliyun' || region.transit === undefined) return [];
    const parts = newParts(stackName(region.name, 'transit'), region.generation);
    addTransit(parts, region);
    const facts = {
      path: `${region.name}/transit`,
      region: region.cloudRegion,
      place: region.name,
      kind: 'transit',
      description: '',
      dependsOn: [],
      tags: {},
    } as const;
    return [emitStack(facts, parts)];
  });
  const aliyun = plan.links.filter(({ cloud }) => cloud === 'aliyun');
  return new Map(
    [...transits, ...linkStacks(aliyun, plan)].map(({ manifest, template }) => [
      manifest.name,
      { template, manifest, inputs: manifest.parameters, region: manifest.region },
    ]),
  );
}

export function emit(estate: Estate): Map<string, Emitted> {
  return emitted(planEstate(estate));
}

/** Properties of a resource. */
export function properties({ template }: Emitted, id: string): Readonly<Record<string, unknown>> {
  const found = template.Resources[id];
  if (found === undefined) throw new Error(`no ${id} among ${Object.keys(template.Resources).join(', ')}`);
  return found.Properties ?? {};
}

/** Logical ids in the order in which they can be made; templates have them in order of name. */
export function inOrder({ template: { Resources: all } }: Emitted): string[] {
  const done = new Set<string>();
  const visit = (id: string): void => {
    for (const before of all[id]!.DependsOn ?? []) visit(before);
    done.add(id);
  };
  for (const id of Object.keys(all)) visit(id);
  return [...done];
}

/** Resources of a type, in the order in which they are made. */
export function ofType(of: Emitted, type: string): [string, RosResourceJson][] {
  return inOrder(of).flatMap((id): [string, RosResourceJson][] => {
    const json = of.template.Resources[id]!;
    return json.Type === type ? [[id, json]] : [];
  });
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
    cloudRegion: cloudRegionId(name),
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

export const HOSTS: readonly Given[] = ['hosts'];

export { cidr, dataCentre };
