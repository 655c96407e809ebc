/** What members stand, by the templates of their stacks as the engines have them. */
import { standingMembersOfStack as ofRos } from '../../aliyun/fleet/standing-members';
import { standingMembersOfStack as ofCloudFormation } from '../../aws/fleet/standing-members';
import { askEach } from '../../deploy/ask';
import type { LiveMember } from '../../estate/changes/pin-standing';
import type { Estate, Provider } from '../../estate/model/model';
import { planEstate } from '../../plan/plan';
import { enginesFor } from '../engines';
import { regionStacks } from './deploy-target';

const MEMBERS = { aws: ofCloudFormation, aliyun: ofRos } as const satisfies Record<Provider, typeof ofRos>;

/** @param name of a region */
export async function liveMembers(estate: Estate, name: string): Promise<LiveMember[]> {
  const plan = planEstate(estate, [name]);
  const region = plan.regions.find((one) => one.name === name)!;
  const fleets = new Map(
    region.stacks.flatMap(({ id, kind, cluster, fleet }) =>
      kind === 'members' ? [[`${name}/${id}`, { cluster: cluster!, fleet: fleet! }]] : [],
    ),
  );
  const stacks = regionStacks(plan, region.name).filter(({ path }) => fleets.has(path));
  const engines = await enginesFor(estate, new Set([region.provider]));
  const templates = await askEach(stacks, engines, async (engine, stack) =>
    (await engine.read(stack)) === undefined ? undefined : engine.readTemplate(stack),
  );
  return stacks.flatMap(({ path }, at) =>
    MEMBERS[region.provider](templates[at] ?? {}).map((member) => ({ ...fleets.get(path)!, ...member })),
  );
}
