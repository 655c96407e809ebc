/** What the cloud-config of a rack is rendered from: one text a rack, as one text a fleet. */
import { addressAt, type Cidr, cidrSize, formatCidr, formatIpv4, sizeOfBits } from '../../estate/addresses/cidr';
import { FIRST_HOST, hostPlaces } from '../../estate/addresses/rack-addresses';
import type { Estate, Idc, IdcRack } from '../../estate/model/model';
import { regionsOf } from '../../estate/regions-of';
import { dnsSuffix } from '../../facts/aws/regions';
import type { FleetContext } from '../model';
import { containerMtu, planHostPorts, planPools } from '../region/container-context';
import { planArtifacts, planCloud, planEtcd } from '../region/context';
import { dockerPool } from '../region/docker-pool';

/**
 * A rack is like a members fleet with one zone: host n has the n-th address and container range. Nothing in it depends on how many
 * hosts the rack has today, so that one more host changes no other.
 */
export function rackContext(estate: Estate, idc: Idc, rack: IdcRack): FleetContext {
  const cluster = clusterOf(estate, rack);
  const mode = rack.containers === undefined ? 'host' : 'host-gw';
  const pool = dockerPool(estate, idc, mode);
  return {
    estate: { name: estate.name },
    region: {
      name: idc.name,
      id: idc.name,
      provider: 'idc',
      ...cloudOf(estate),
      cidr: formatCidr(idc.block),
    },
    architecture: estate.images.architecture,
    cluster: cluster ?? { name: idc.name, generation: 1 },
    fleet: { name: rack.name, kind: 'members', metadata: rack.metadata, hostPrefix: `${idc.name}-${rack.name}` },
    numbering: {
      zones: [{ name: rack.name, base: formatIpv4(addressAt(rack.subnet, FIRST_HOST)) }],
      perZone: rackPlaces(idc, rack),
      firstRange: 0,
    },
    containers: {
      mode,
      ...(rack.containers === undefined ? {} : { block: formatCidr(rack.containers), hostBits: idc.hostBits }),
      pools: planPools(estate),
      ...(pool === undefined ? {} : { dockerPool: pool }),
      mtu: containerMtu(estate, idc, idc.mtu),
      hostPorts: planHostPorts(estate, idc, rack.profiles, false, joinedBlock(estate, rack)),
    },
    time: idc.time,
    artifacts: {
      url: idc.artifacts ?? '',
      items: planArtifacts(estate, rack.profiles),
    },
    volumes: [],
    parameters: rack.parameters,
  };
}

/** Hosts that a rack has room for: addresses, and container ranges. */
export function rackPlaces(idc: Idc, rack: IdcRack): number {
  const addresses = hostPlaces(rack);
  return rack.containers === undefined ? addresses : Math.min(addresses, cidrSize(rack.containers) / sizeOfBits(idc.hostBits));
}

/** The cluster of a region that a rack belongs to: its hosts are no voters, they reach those by a gateway. */
function clusterOf(estate: Estate, { cluster: joined }: IdcRack): FleetContext['cluster'] | undefined {
  const region = estate.regions.find((r) => r.name === joined?.region);
  const cluster = region?.clusters.find((c) => c.name === joined?.cluster);
  if (region === undefined || cluster === undefined) return undefined;
  const etcd = planEtcd(estate, region, cluster, '');
  return { name: cluster.name, generation: cluster.generation, ...(etcd === undefined ? {} : { etcd }) };
}

/** Host block of the region whose cluster a rack belongs to: its hosts are of the cluster, too. */
function joinedBlock(estate: Estate, { cluster }: IdcRack): Cidr[] {
  return estate.regions.filter(({ name }) => name === cluster?.region).map(({ block }) => block);
}

/** No host of a data centre asks a cloud; its fields are those of the central region, else of the first by name. */
function cloudOf(estate: Estate): Pick<FleetContext['region'], 'partition' | 'account' | 'dnsSuffix'> {
  const aws = regionsOf(estate, 'aws');
  const from = aws.find((region) => region.name === estate.central) ?? aws[0] ?? estate.regions[0];
  return from === undefined ? { partition: 'aws', account: '', dnsSuffix: dnsSuffix('aws') } : planCloud(from);
}
