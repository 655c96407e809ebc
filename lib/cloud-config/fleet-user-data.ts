/** User-data of planned fleets: the bridge from a plan to what its hosts get. */
import type { Finding } from '../estate/finding';
import { FindingsError } from '../estate/finding';
import type { Estate } from '../estate/model';
import type { EstatePlan, FleetPlan } from '../plan/model';
import type { UserData } from './model';
import { renderUserData } from './user-data';

/** Rendered once a fleet, when first asked for; throws all findings of a fleet that can't be rendered. */
export function userDataOf(estate: Estate): (fleet: FleetPlan) => UserData {
  return (fleet) => {
    const { userData, findings } = rendered(estate, fleet);
    if (userData === undefined) throw new FindingsError(findings);
    return userData;
  };
}

/** Every finding in the user-data of a plan's fleets. */
export function renderFindings(estate: Estate, plan: EstatePlan): Finding[] {
  return plan.regions.flatMap((region) => region.fleets.flatMap((fleet) => rendered(estate, fleet).findings));
}

type Rendered = ReturnType<typeof renderUserData>;

/** Keyed by the plan's own object: a fleet is rendered once, whoever asks. */
const memo = new WeakMap<FleetPlan, Rendered>();

function rendered(estate: Estate, fleet: FleetPlan): Rendered {
  const known = memo.get(fleet);
  if (known !== undefined) return known;
  const profiles = fleet.profiles.flatMap((name) => estate.profiles.get(name) ?? []);
  const made = renderUserData(fleet.context, profiles, { compress: fleet.compress });
  memo.set(fleet, made);
  return made;
}
