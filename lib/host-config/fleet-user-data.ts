/** User-data of planned fleets and racks: the bridge from a plan to what its hosts get. */

import type { Fragment } from '../estate/build/profiles';
import { attempt } from '../estate/findings/attempt';
import type { Finding } from '../estate/findings/finding';
import { FindingsError, moreFindings } from '../estate/findings/finding';
import type { Estate, Idc, IdcRack } from '../estate/model/model';
import type { Profile } from '../estate/model/profile';
import { rackContext } from '../plan/idc/context';
import type { EstatePlan, FleetPlan } from '../plan/model';
import { fragmentTree } from './fragment-tree';
import { MOST_FINDINGS } from './fragment-values';
import type { UserData } from './model';
import { unusedFiles } from './unused-files';
import { renderUserData } from './user-data';

/** Rendered once a fleet, when first asked for; throws all findings of a fleet that can't be rendered. */
export function userDataOf(estate: Estate): (fleet: FleetPlan) => UserData {
  return (fleet) => {
    const { userData, findings } = rendered(estate, fleet);
    if (userData === undefined) throw new FindingsError(findings);
    return userData;
  };
}

/**
 * One text a rack, for `/var/lib/flatcar-install/user_data` of its hosts, which coreos-cloudinit reads at every boot; by names
 * of data centre and rack. Throws all findings of a rack that can't be rendered.
 */
export function rackUserDataOf(estate: Estate): (idc: string, rack: string) => UserData {
  return (idcName, rackName) => {
    const idc = estate.idcs.find(({ name }) => name === idcName);
    const rack = idc?.racks.find(({ name }) => name === rackName);
    if (idc === undefined || rack === undefined) throw new Error(`the estate has no rack ${idcName}/${rackName}`);
    const { userData, findings } = renderedRack(estate, idc, rack);
    if (userData === undefined) throw new FindingsError(findings);
    return userData;
  };
}

/** What is wrong with fragments whatever their values are: told also where the estate can't be planned. */
export function fragmentFindings(fragments: readonly Fragment[]): Finding[] {
  return fragments.flatMap((fragment) => fragmentTree(fragment).findings);
}

/**
 * Every finding in the user-data of a plan's fleets, of the racks of its data centres, and in the folders of their profiles. What is wrong in
 * a profile is told once, however many fleets have it.
 */
export function renderFindings(estate: Estate, plan: EstatePlan): Finding[] {
  const planned = new Set(plan.idcs.map(({ name }) => name));
  const hosts: (() => Rendered)[] = [
    ...plan.regions.flatMap((region) => region.fleets.map((fleet) => () => rendered(estate, fleet))),
    ...estate.idcs
      .filter(({ name }) => planned.has(name))
      .flatMap((idc) => idc.racks.map((rack) => () => renderedRack(estate, idc, rack))),
  ];
  const told = new Map<string, Finding>();
  for (const [i, render] of hosts.entries()) {
    for (const finding of render().findings) if (!told.has(causeOf(finding))) told.set(causeOf(finding), finding);
    if (told.size <= MOST_FINDINGS) continue;
    const { file, line, path } = [...told.values()][0]!;
    const message = `of ${hosts.length} fleets and racks ${i + 1} were looked at: ${told.size} findings are enough`;
    return [...told.values(), { file, line, path, severity: 'error', ...moreFindings(message) }];
  }
  return [...told.values(), ...[...estate.profiles.values()].flatMap(unusedFiles)];
}

/** Of a profile line and words are enough: which item of a list it is depends on what a fleet has of it. What is said of a fleet is its own. */
function causeOf({ file, line, column, code, path, message }: Finding): string {
  return JSON.stringify([file, line, column, code, message, ...(file.startsWith('regions/') ? [path] : [])]);
}

/** Throws all errors of these. @param only regions, and no rack. @default - all that is planned */
export function refuseUserData(estate: Estate, plan: EstatePlan, only?: readonly string[]): void {
  const asked =
    only === undefined ? plan : { ...plan, regions: plan.regions.filter(({ name }) => only.includes(name)), idcs: [] };
  const findings = renderFindings(estate, asked).filter((f) => f.severity === 'error');
  if (findings.length > 0) throw new FindingsError(findings);
}

type Rendered = ReturnType<typeof renderUserData>;

/** Keyed by the plan's own object: a fleet is rendered once, whoever asks. */
const memo = new WeakMap<FleetPlan, Rendered>();

function rendered(estate: Estate, fleet: FleetPlan): Rendered {
  const known = memo.get(fleet);
  if (known !== undefined) return known;
  const made = tried(`regions/${fleet.context.region.name}.yaml`, `the user-data of ${fleet.cluster}/${fleet.name}`, () =>
    renderUserData(fleet.context, profilesOf(estate, fleet.profiles), { compress: fleet.compress, past: estate.past }),
  );
  memo.set(fleet, made);
  return made;
}

/** By the estate's own object, and the estate that it was rendered in: its pools, links and locks stand in the text. */
const rackMemo = new WeakMap<IdcRack, { readonly estate: Estate; readonly made: Rendered }>();

function renderedRack(estate: Estate, idc: Idc, rack: IdcRack): Rendered {
  const known = rackMemo.get(rack);
  if (known?.estate === estate) return known.made;
  const made = tried(idc.file, `the user-data of ${rack.name}`, () =>
    renderUserData(rackContext(estate, idc, rack), profilesOf(estate, rack.profiles), { compress: 'auto', past: estate.past }),
  );
  rackMemo.set(rack, { estate, made });
  return made;
}

function tried(file: string, step: string, render: () => Rendered): Rendered {
  const made = attempt(file, step, render);
  return 'value' in made ? made.value : made;
}

function profilesOf(estate: Estate, names: readonly string[]): Profile[] {
  return names.flatMap((name) => estate.profiles.get(name) ?? []);
}
