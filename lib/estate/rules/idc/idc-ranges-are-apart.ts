import {
  addressAt,
  type Cidr,
  cidrSize,
  containsCidr,
  formatCidr,
  formatIpv4,
  nextFree,
  overlaps,
  sizeOfBits,
  subrange,
} from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate, Idc } from '../../model/model';
import { freeBlock } from '../addresses/free';
import { ranges } from '../places';
import type { Problem, Rule } from '../rule';

interface Part {
  readonly range: Cidr;
  readonly label: string;
  readonly kind: 'hosts' | 'containers';
  readonly path: readonly string[];
}

/** The parts of a data centre lie in its blocks and are disjoint. Source: RFC 4632 section 3.1 (longest match); the design of this toolkit. */
export const idcRangesAreApart: Rule = {
  code: 'IDC_RANGE',
  title: 'Racks, core and loopbacks of a data centre lie in its blocks, and none overlaps another.',
  why: 'only the blocks are told to other places as aggregates, and an address in two racks has two gateways',
  check: (estate) => estate.idcs.flatMap((idc) => problemsOf(estate, idc)),
};

function problemsOf(estate: Estate, idc: Idc): Problem[] {
  const parts = partsOf(idc);
  return [
    ...parts.flatMap((part) => outside(estate, idc, part)),
    ...parts.flatMap((part, i) =>
      parts
        .slice(0, i)
        .filter((other) => overlaps(other.range, part.range))
        .map((other) => ({
          file: idc.file,
          path: part.path,
          message: `${part.label} overlaps ${other.label}`,
          ...elsewhere(idc, part),
          also: [estate.locate(idc.file, other.path)],
        })),
    ),
  ];
}

function outside(estate: Estate, idc: Idc, { range, label, kind, path }: Part): Problem[] {
  const block = kind === 'hosts' ? idc.block : idc.containers;
  if (block !== undefined && containsCidr(block, range)) return [];
  const key = kind === 'hosts' ? 'block' : 'containers';
  return [
    {
      file: idc.file,
      path,
      message:
        block === undefined ? `${label}, but ${idc.name} has no container block` : `${label} lies outside ${formatCidr(block)}`,
      ...(block === undefined ? withContainers(estate, idc) : elsewhere(idc, { range, label, kind, path })),
      also: [estate.locate(idc.file, [key])],
    },
  ];
}

/** Every range of a data centre, and where it is written. */
export function partsOf(idc: Idc): Part[] {
  const part = (range: Cidr, what: string, kind: Part['kind'], path: readonly string[]): Part => ({
    range,
    label: `${formatCidr(range)} (${what})`,
    kind,
    path,
  });
  return [
    ...(idc.core === undefined ? [] : [part(idc.core.subnet, 'the core network', 'hosts', ['core', 'subnet'])]),
    ...idc.routers.map((r) =>
      part({ base: r.address, bits: 32 }, `loopback of ${r.name}`, 'hosts', ['routers', r.name, 'address']),
    ),
    ...idc.racks.flatMap((rack) => [
      part(rack.subnet, `hosts of rack ${rack.name}`, 'hosts', ['racks', rack.name, 'subnet']),
      ...(rack.containers === undefined
        ? []
        : [part(rack.containers, `containers of rack ${rack.name}`, 'containers', ['racks', rack.name, 'containers'])]),
    ]),
  ];
}

/** The next free range of that size in the block. */
function elsewhere(idc: Idc, { range, kind, path }: Part): Advice {
  const block = kind === 'hosts' ? idc.block : idc.containers;
  const taken = partsOf(idc).filter((part) => part.path.join('.') !== path.join('.'));
  // A single address stands apart from the first and the last of the block.
  const edges =
    kind === 'hosts' && range.bits === 32
      ? [
          { base: idc.block.base, bits: 32 },
          { base: addressAt(idc.block, cidrSize(idc.block) - 1), bits: 32 },
        ]
      : [];
  const free = block && nextFree(block, range.bits, [...taken.map((part) => part.range), ...edges]);
  if (free === undefined)
    return { fix: `no range of that size is free in ${block === undefined ? idc.name : formatCidr(block)}` };
  return {
    write: [set(path, range.bits === 32 ? formatIpv4(free.base) : formatCidr(free))],
    fix: 'unless hosts stand there already',
  };
}

function withContainers(estate: Estate, idc: Idc): Advice {
  const { blockBits } = estate.addressing.containers;
  const free = freeBlock(estate, 'containers', blockBits, { file: idc.file, path: ['containers'] });
  // The ranges of racks lie in the block: it is the one that holds them, where it is free.
  const around = idc.racks.flatMap((rack) =>
    rack.containers === undefined ? [] : [subrange(rack.containers, rack.containers.bits, 0)],
  );
  const [first] = around;
  const holding = first && { base: (first.base - (first.base % sizeOfBits(blockBits))) as Cidr['base'], bits: blockBits };
  const fits =
    holding !== undefined &&
    containsCidr(estate.addressing.containers.pool, holding) &&
    around.every((range) => containsCidr(holding, range)) &&
    ranges(estate).every((place) => !overlaps(place.range, holding));
  const block = fits ? formatCidr(holding) : free;
  return block === undefined ? { fix: 'make the pool of containers larger' } : { write: [set(['containers'], block)] };
}
