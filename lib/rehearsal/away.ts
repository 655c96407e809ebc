/** Hosts that do not run when a deploy begins: a deploy finds them as they are. */
import { tell } from '../embedded-cloud/incidents';
import type { VirtualCloud } from '../embedded-cloud/virtual';
import type { RehearsedStack } from './stack';

export function takeAway({ backend, faults }: VirtualCloud, stacks: readonly RehearsedStack[]): void {
  for (const { account, cloudRegion, away = [] } of stacks)
    for (const { name: host, state } of away)
      tell({ backend, faults }, { incident: `host-${state}`, region: cloudRegion, account, host });
}
