/** Questions about the whole World at once, after Batfish's: undefined and unused references, loops, blackholes, sessions. */
import { formatIpv4 } from '../../estate/addresses/cidr';
import { topologyOf } from '../walk/topology';
import type { World } from '../world';
import { lostPackets } from './paths';
import { undefinedReferences, unusedReferences } from './references';
import { type Remark, remark } from './remark';

/** All remarks: what is not there, what goes nowhere, what does nothing. */
export function checkWorld(world: World): Remark[] {
  return [...undefinedReferences(world), ...silentSessions(world), ...lostPackets(world), ...unusedReferences(world)];
}

/** Sessions that never come up, and routes that never settle, with nothing down. */
function silentSessions(world: World): Remark[] {
  const { sessions, faults } = topologyOf(world).bgp;
  return [
    ...sessions.down.map(({ router, neighbor, why }) =>
      remark(
        'REACH_SESSION_DOWN',
        { stack: router.file, logicalId: `line ${neighbor.line}` },
        `the session with ${formatIpv4(neighbor.address)} never comes up: ${why}`,
        'let both ends name each other’s address and AS number',
      ),
    ),
    ...faults.map(({ where, what, message }) =>
      remark('REACH_UNSETTLED', { stack: where, logicalId: what }, message, 'let no two routers prefer what the other tells'),
    ),
  ];
}
