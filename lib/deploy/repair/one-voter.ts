/** Of members that vote never two are down at once, in whichever stacks they stand: pure. */
import type { LeftOver, RepairPlan } from '../engine';

/**
 * @param plans one a stack
 * @returns the same, where what would stop a second voter of a fleet is left: a change set puts back a stack whole, so all of that stack's is
 */
export function oneVoterAtOnce(plans: readonly RepairPlan[]): RepairPlan[] {
  const stops = plans.flatMap(({ items }) => items.flatMap((item) => item.stops ?? []));
  const down = plans.flatMap((plan) => plan.down);
  return plans.map((plan) => {
    const own = plan.items.flatMap((item) => item.stops ?? []);
    const why = own.map((host) => tooMany(host, stops, down)).find((words) => words !== undefined);
    if (why === undefined) return plan;
    const fix = `one host at a time by hand, each well before the next: stop its instance, set back what differs, start it; or make the host anew: meissa replace ${own[0]}`;
    const left = plan.items.filter(({ by }) => by === 'revert').map(({ resource }): LeftOver => ({ resource, why, fix }));
    return { ...plan, items: plan.items.filter(({ by }) => by !== 'revert'), left: [...plan.left, ...left] };
  });
}

function tooMany(host: string, stops: readonly string[], down: readonly string[]): string | undefined {
  const same = (other: string) => fleetOf(other) === fleetOf(host);
  const [stopping, away] = [[...new Set(stops.filter(same))], [...new Set(down.filter(same))]];
  if (stopping.length + away.length < 2) return undefined;
  const meanwhile = away.length === 0 ? ' at once' : ` while ${away.join(', ')} ${away.length === 1 ? 'is' : 'are'} down`;
  return `it would stop ${stopping.join(' and ')}${meanwhile}, and they vote`;
}

const fleetOf = (host: string): string => host.replace(/-\d+$/, '');
