import { type Cidr, cidr, formatCidr, overlaps } from '../../addresses/cidr';
import { BLOCK_BITS } from '../../addresses/layout';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Rule } from '../rule';
import { ESTATE_PATH } from '../rule';

/** The pool of hosts and the pool of containers don't overlap, and each holds at least one block. Source: the design of this toolkit. */
export const poolsAreApart: Rule = {
  code: 'POOLS_OVERLAP',
  title: 'The pools of hosts and of containers are apart, and a block fits each.',
  why: 'the next free block of one could be taken by the other',
  check({ addressing: { hosts, containers } }) {
    const problems = (['hosts', 'containers'] as const)
      .map((kind) => ({ kind, ...{ hosts, containers }[kind] }))
      .filter(({ pool, blockBits }) => blockBits < pool.bits)
      .map(({ kind, pool, blockBits }) => ({
        file: ESTATE_PATH,
        path: ['addressing', kind, 'block'],
        message: `a block of /${blockBits} doesn't fit the pool ${formatCidr(pool)}`,
        write: [set(['addressing', kind, 'block'], Math.max(pool.bits, kind === 'hosts' ? BLOCK_BITS.min : pool.bits))],
      }));
    if (!overlaps(hosts.pool, containers.pool)) return problems;
    return [
      ...problems,
      {
        file: ESTATE_PATH,
        path: ['addressing', 'containers', 'pool'],
        message: `${formatCidr(containers.pool)} overlaps the pool of hosts, ${formatCidr(hosts.pool)}`,
        ...apart(hosts.pool),
      },
    ];
  },
};

/** A private pool that isn't that of hosts. */
function apart(hosts: Cidr): Advice {
  const pool = ['172.16.0.0/12', '10.0.0.0/8', '192.168.0.0/16'].find((range) => !overlaps(cidr(range), hosts));
  return pool === undefined
    ? { fix: 'make the pool of hosts smaller than the private ranges' }
    : { write: [set(['addressing', 'containers', 'pool'], pool)] };
}
