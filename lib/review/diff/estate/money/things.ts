/** What a region's plan has that costs by the month: hosts, disks, gateways, balancers, attachments. Traffic and requests are nobody's plan. */
import type { EstatePlan, FleetPlan, RegionPlan } from '../../../../plan/model';
import { PRICE_LISTS, type Standing } from './price-list';

export interface Thing {
  /** The same before and after: a host's name, `<host>/<volume>`, a gateway's zone. */
  readonly id: string;
  /** As it is counted in words: `m5.large`, `GiB of gp3`. */
  readonly noun: string;
  readonly count: number;
  /** A month. @default - no price is known */
  readonly price?: number;
  /** Construct path of the stack it stands in. */
  readonly stack: string;
  /** It stays, and costs, when it goes from a stack that stays. @default false */
  readonly retained?: boolean;
}

export function thingsOf(plan: EstatePlan, region: RegionPlan): Thing[] {
  return [...region.fleets.flatMap((fleet) => ofFleet(region, fleet)), ...ofNetwork(region), ...ofLinks(plan, region)];
}

function ofFleet(region: RegionPlan, fleet: FleetPlan): Thing[] {
  const list = PRICE_LISTS[region.provider];
  const host = (id: string, stack: string, rootGb: number): Thing[] => {
    const root = { type: 'gp3', gb: rootGb } as const;
    return [
      thing(id, fleet.instanceType, 1, list.host(fleet.instanceType, region.cloudRegion), stack),
      thing(`${id}/root`, `GiB of ${list.diskName(root)}`, rootGb, list.disk(root, region.cloudRegion), stack),
    ];
  };
  if (fleet.kind === 'elastic') {
    const stack = `${region.name}/${fleet.stack}`;
    const name = `${region.name}-${fleet.cluster}-${fleet.name}`;
    return Array.from({ length: fleet.min }, (_, i) => host(`${name}/${i}`, stack, fleet.rootGb)).flat();
  }
  return fleet.members.flatMap((member) => {
    const stack = `${region.name}/${member.stack}`;
    const disks = fleet.volumes.map((volume) => ({
      ...thing(
        `${member.name}/${volume.name}`,
        `GiB of ${list.diskName(volume)}`,
        volume.gb,
        list.disk(volume, region.cloudRegion),
        stack,
      ),
      retained: true,
    }));
    return [...(member.absent ? [] : host(member.name, stack, member.rootGb)), ...disks];
  });
}

const NOUNS: Readonly<Record<Standing, string>> = {
  nat: 'NAT gateway',
  publicAddress: 'public address',
  balancer: 'network load balancer',
  attachment: 'transit attachment',
  vpn: 'VPN connection',
};

function ofNetwork(region: RegionPlan): Thing[] {
  const zones =
    region.network.nat === 'per-zone'
      ? region.network.zones
      : region.network.nat === 'single'
        ? region.network.zones.slice(0, 1)
        : [];
  return [
    ...zones.flatMap(({ letter }) => [
      standing(region, 'nat', `nat ${letter}`, 'network'),
      standing(region, 'publicAddress', `address ${letter}`, 'network'),
    ]),
    ...(region.loadBalancers ?? []).map(({ name, stack }) => standing(region, 'balancer', name, stack)),
    ...(region.transit === undefined ? [] : [standing(region, 'attachment', 'own network', 'transit')]),
  ];
}

/** Each end pays for its own attachment; peerings and static routes through a third region cost nothing by the hour. */
function ofLinks({ links }: EstatePlan, region: RegionPlan): Thing[] {
  return links.flatMap((link): Thing[] => {
    if (![link.a, link.b].some(({ place }) => place === region.name) || link.kind === 'peering') return [];
    if (link.kind === 'transit' && link.through !== undefined) return [];
    // By the gateway of another entry, which is attached there.
    if (link.kind === 'leased-line' && link.gateway !== undefined) return [];
    const path = `links/${link.path}/${link.stacks[0]?.id ?? ''}`;
    const own = (what: Standing): Thing => ({ ...standing(region, what, `${link.id} ${what}`, ''), stack: path });
    return [own('attachment'), ...(link.kind === 'vpn' ? [own('vpn')] : [])];
  });
}

function standing(region: RegionPlan, what: Standing, id: string, stack: string): Thing {
  return thing(
    `${region.name} ${id}`,
    NOUNS[what],
    1,
    PRICE_LISTS[region.provider].standing(what, region.cloudRegion),
    `${region.name}/${stack}`,
  );
}

function thing(id: string, noun: string, count: number, price: number | undefined, stack: string): Thing {
  return { id, noun, count, stack, ...(price === undefined ? {} : { price }) };
}
