import { type Remedy, remove, set } from '../../findings/remedy';
import type { Idc, IdcRack } from '../../model/model';
import type { Rule, RuleContext } from '../rule';

/** Every rack stands behind a pair of routers. Source: RFC 5798 section 1 (a default gateway that is one router is a single point of failure). */
export const racksHaveTwoRouters: Rule = {
  code: 'SINGLE_GATEWAY',
  severity: 'warning',
  title: 'Every rack of a data centre stands behind two routers.',
  why: 'while its router restarts, or after it has died, nobody reaches the hosts of the rack and they reach nobody, whatever else is well',
  check: (estate, context) =>
    estate.idcs.flatMap((idc) => {
      const single = idc.racks.filter(({ routers }) => routers.length < 2);
      if (single.length === 0) return [];
      const pairs = single.map((rack) => pairOf(idc, rack, context));
      // Two racks of one VLAN have a router each: a pair would carry both.
      const apart = new Set(idc.racks.map(({ vlan }) => vlan)).size === idc.racks.length;
      const write = apart && pairs.every((steps) => steps.length > 0) ? [pairs.flat()] : [];
      return [
        {
          file: idc.file,
          path: ['racks'],
          message: `${names(single)} of ${idc.name} ${single.length === 1 ? 'has' : 'have'} no second router`,
          ...(write.length > 0
            ? { write, fix: 'the first of a pair is the gateway while it is well' }
            : {
                fix: 'say `routers: [r1, r2]` of each rack, in a VLAN of its own, once there are two routers on a core network',
              }),
        },
      ];
    }),
};

/** Its router and the next one of the data centre; empty where there is no other. */
function pairOf({ file, routers }: Idc, { name, routers: [own] }: IdcRack, { written }: RuleContext): Remedy {
  const at = routers.findIndex((router) => router.name === own);
  const next = routers[(at + 1) % routers.length]?.name;
  if (at < 0 || next === own) return [];
  const says = written?.(file, ['racks', name, 'router']) !== undefined;
  return [...(says ? remove(['racks', name, 'router']) : []), ...set(['racks', name, 'routers'], [own, next])];
}

/** Racks that a finding names; a data centre has dozens. */
const MOST = 6;

function names(racks: readonly IdcRack[]): string {
  const told = racks.slice(0, MOST).map(({ name }) => name);
  if (racks.length > MOST) return `${told.join(', ')} and ${racks.length - MOST} more racks`;
  return told.length === 1 ? told[0]! : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
}
