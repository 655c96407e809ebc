/** What the cloud-config of a rack is rendered from: one text a rack, as one text a fleet. */
import { addressAt, cidrSize, formatCidr, formatIpv4, sizeOfBits } from '../estate/cidr';
import type { Estate, Idc, IdcRack, Region } from '../estate/model';
import { containerMtu, planHostPorts, planPools } from './container-context';
import { planArtifacts } from './context';
import { FIRST_HOST } from './idc-hosts';
import type { FleetContext } from './model';
import { artifactBucket, dnsSuffix } from './names';

/**
 * A rack is like a members fleet with one zone: host n has the n-th address and container range. Nothing in it depends on how many
 * hosts the rack has today, so that one more host changes no other.
 */
export function rackContext(estate: Estate, idc: Idc, rack: IdcRack): FleetContext {
  const from = artifactRegion(estate);
  const suffix = dnsSuffix(from?.aws.partition ?? 'aws');
  return {
    estate: { name: estate.name },
    region: {
      name: idc.name,
      provider: 'idc',
      partition: from?.aws.partition ?? 'aws',
      account: from?.aws.account ?? '',
      dnsSuffix: suffix,
      cidr: formatCidr(idc.block),
    },
    architecture: estate.images.architecture,
    cluster: { name: idc.name, generation: 1 },
    fleet: { name: rack.name, kind: 'members', metadata: {}, hostPrefix: `${idc.name}-${rack.name}` },
    numbering: {
      zones: [{ name: rack.name, base: formatIpv4(addressAt(rack.subnet, FIRST_HOST)) }],
      perZone: rackPlaces(idc, rack),
      firstRange: 0,
    },
    containers: {
      mode: rack.containers === undefined ? 'host' : 'host-gw',
      ...(rack.containers === undefined ? {} : { block: formatCidr(rack.containers), hostBits: idc.hostBits }),
      pools: planPools(estate),
      mtu: containerMtu(estate, idc, idc.mtu),
      hostPorts: planHostPorts(estate, idc, rack.profiles, false),
    },
    artifacts: {
      url: from === undefined ? '' : `https://${artifactBucket(estate.name, from)}.s3.${from.name}.${suffix}`,
      items: planArtifacts(estate, rack.profiles),
    },
    volumes: [],
    parameters: rack.parameters,
  };
}

/** Hosts that a rack has room for: addresses between the gateway and the broadcast address, and container ranges. */
export function rackPlaces(idc: Idc, rack: IdcRack): number {
  const addresses = cidrSize(rack.subnet) - FIRST_HOST - 1;
  return rack.containers === undefined ? addresses : Math.min(addresses, cidrSize(rack.containers) / sizeOfBits(idc.hostBits));
}

/** Region whose bucket has the artifacts of the data centres: the central one, else the first by name. */
function artifactRegion({ central, regions }: Estate): Region | undefined {
  const aws = regions.filter((region) => region.provider === 'aws');
  return aws.find((region) => region.name === central) ?? aws[0];
}
