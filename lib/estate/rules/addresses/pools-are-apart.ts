import { formatCidr, overlaps } from '../../addresses/cidr';
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
        fix: `write a block of at least ${pool.bits}`,
      }));
    if (!overlaps(hosts.pool, containers.pool)) return problems;
    return [
      ...problems,
      {
        file: ESTATE_PATH,
        path: ['addressing', 'containers', 'pool'],
        message: `${formatCidr(containers.pool)} overlaps the pool of hosts, ${formatCidr(hosts.pool)}`,
        fix: 'write for example 10.0.0.0/8 for hosts and 172.16.0.0/12 for containers',
      },
    ];
  },
};
