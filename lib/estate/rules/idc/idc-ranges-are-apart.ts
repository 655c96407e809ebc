import { type Cidr, containsCidr, formatCidr, overlaps } from '../../addresses/cidr';
import type { Estate, Idc } from '../../model/model';
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
          fix: `write a range of ${formatCidr(part.kind === 'hosts' ? idc.block : (idc.containers ?? idc.block))} that is free`,
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
      fix:
        block === undefined
          ? 'write `containers:` with a free block of the container pool'
          : `write a range inside ${formatCidr(block)}`,
      also: [estate.locate(idc.file, [key])],
    },
  ];
}

function partsOf(idc: Idc): Part[] {
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
