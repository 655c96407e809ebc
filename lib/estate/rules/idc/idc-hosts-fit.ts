import { formatCidr, nextFree, sizeOfBits } from '../../addresses/cidr';
import { hostPlaces, takenAddresses } from '../../addresses/rack-addresses';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Idc, IdcRack } from '../../model/model';
import type { Problem, Rule } from '../rule';
import { partsOf } from './idc-ranges-are-apart';

/** Hosts of a rack have an address and a container range each. Source: the design of this toolkit (host n has the n-th of each). */
export const idcHostsFit: Rule = {
  code: 'IDC_HOSTS_DONT_FIT',
  title: 'The hosts of a rack fit its subnet and its container ranges.',
  why: 'host n has the n-th address after the gateway and the n-th range: beyond the end it would take those of another rack',
  check: (estate) => estate.idcs.flatMap((idc) => idc.racks.flatMap((rack) => problemsOf(idc, rack))),
};

function problemsOf(idc: Idc, rack: IdcRack): Problem[] {
  const { subnet, containers, hosts } = rack;
  const path = ['racks', rack.name];
  const highest = hosts.at(-1)?.number ?? 0;
  const problems: Problem[] = [];
  const addresses = hostPlaces(rack);
  if (highest > addresses || addresses === 0)
    problems.push({
      file: idc.file,
      path: [...path, 'subnet'],
      message: `${formatCidr(subnet)} has ${addresses} addresses beside ${rack.routers.length > 1 ? 'those of the gateway and its routers' : 'the gateway'} for hosts up to number ${highest}`,
      ...room(idc, rack, 'subnet', bitsFor(Math.max(highest, 1) + takenAddresses(rack))),
    });
  if (containers === undefined) return problems;
  const ranges = idc.hostBits < containers.bits ? 0 : sizeOfBits(containers.bits) / sizeOfBits(idc.hostBits);
  if (highest > ranges || ranges === 0)
    problems.push({
      file: idc.file,
      path: [...path, 'containers'],
      message: `${formatCidr(containers)} has ${ranges} ranges of /${idc.hostBits} for hosts up to number ${highest}`,
      ...room(idc, rack, 'containers', idc.hostBits - Math.ceil(Math.log2(Math.max(highest, 1)))),
    });
  return problems;
}

/** Prefix length of the smallest range of so many addresses. */
function bitsFor(addresses: number): number {
  return 32 - Math.ceil(Math.log2(addresses));
}

/** A free range of the data centre's block that is large enough. */
function room(idc: Idc, rack: IdcRack, key: 'subnet' | 'containers', bits: number): Advice {
  const block = key === 'subnet' ? idc.block : idc.containers;
  const taken = partsOf(idc).filter(({ path }) => path.join('.') !== `racks.${rack.name}.${key}`);
  const free =
    block &&
    nextFree(
      block,
      bits,
      taken.map(({ range }) => range),
    );
  if (free === undefined)
    return { fix: `no /${bits} is free in the block of ${idc.name}: lower the number of hosts, or make room in the block` };
  return { write: [set(['racks', rack.name, key], formatCidr(free))], fix: 'unless hosts stand there already' };
}
