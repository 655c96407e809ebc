/** Stacks of ours that stand in a region and that nothing describes any more: a deploy leaves them. */
import type { RegionPlan } from '../plan/model';
import { FLEET_TAG, linkStackName, stackName } from '../plan/names';
import { baseOutput, networkOutput, transitOutput } from '../plan/output-names';
import { each } from './each';
import type { Engines, StackPlace, StandingStack } from './engine';
import { engineOf } from './engine-of';

/** Stacks of a region that hold no fleet, and an output that each has; names of outputs end in a generation, or are our own. */
const UNTAGGED: Readonly<Record<string, RegExp>> = {
  base: new RegExp(`^${baseOutput.artifactBucket}$`),
  network: new RegExp(`^${networkOutput.vpcId(0).slice(0, -1)}\\d+$`),
  transit: new RegExp(`^${transitOutput.gateway(0).slice(0, -1)}\\d+$`),
};

/** Ids of link stacks. */
const LINK_STACK = /^(.+?)-(request|accept|routes|routes-[ab]|(?:line|vpn)-.+)$/;

export interface UndescribedStack {
  readonly place: StackPlace;
  readonly standing: StandingStack;
  readonly template: Record<string, unknown>;
}

export interface Undescribed {
  readonly stacks: readonly UndescribedStack[];
  /** Regions whose stacks the credentials may not list. */
  readonly unlisted: readonly string[];
}

/**
 * By names and tags; a stack that only looks like ours is left out.
 *
 * @param regions that are asked, each of its provider
 * @param planned names of all stacks that are described, of whichever region
 */
export async function undescribedStacks(
  regions: readonly Pick<RegionPlan, 'name' | 'cloudRegion' | 'provider'>[],
  planned: ReadonlySet<string>,
  engines: Engines,
): Promise<Undescribed> {
  const unlisted: string[] = [];
  const found = await each(regions, 4, async ({ name: region, cloudRegion, provider }) => {
    const asked = { provider, region, cloudRegion, path: region, name: region };
    const engine = engineOf(engines, asked);
    try {
      const names = await engine.list(cloudRegion);
      if (names === undefined) unlisted.push(region);
      const places = (names ?? []).flatMap((name) => (planned.has(name) ? [] : (placeOf(name, asked) ?? [])));
      const stacks: UndescribedStack[] = [];
      for (const place of places) {
        const standing = await engine.read(place);
        if (standing === undefined || !isOurs(place, standing)) continue;
        stacks.push({ place, standing, template: (await engine.readTemplate(place)) ?? {} });
      }
      return stacks;
    } catch (error) {
      throw engine.explain(error, asked);
    }
  });
  return { stacks: found.flat(), unlisted: unlisted.sort() };
}

/** Where a stack of this name would be in the estate; undefined where we name none so. */
function placeOf(name: string, { provider, region, cloudRegion }: StackPlace): StackPlace | undefined {
  const at = { provider, region, cloudRegion, name };
  if (name.startsWith(stackName(region, ''))) return { ...at, path: `${region}/${name.slice(region.length + 1)}` };
  const rest = name.startsWith('links-') ? name.slice('links-'.length) : '';
  const second = rest.indexOf(`--${region}-`);
  // The end that is the region is known to the letter; of the other one only that an id of ours follows it.
  const [link, id] =
    second > 0
      ? [rest.slice(0, second + 2 + region.length), rest.slice(second + 3 + region.length)]
      : rest.startsWith(`${region}--`)
        ? (LINK_STACK.exec(rest)?.slice(1) ?? [])
        : [];
  if (link === undefined || id === undefined || linkStackName(link, id) !== name || !LINK_STACK.test(`x-${id}`)) return undefined;
  return { ...at, path: `links/${link}/${id}` };
}

function isOurs({ path, region }: StackPlace, { tags, outputs }: StandingStack): boolean {
  if (path.startsWith('links/')) return true;
  const fleet = tags[FLEET_TAG];
  const id = path.slice(region.length + 1);
  if (fleet !== undefined) return id.startsWith(fleet.replace('/', '-'));
  const output = UNTAGGED[id];
  return output !== undefined && Object.keys(outputs).some((name) => output.test(name));
}

/**
 * Which stack reads what another one gives, by what stands: exports that it imports, stacks that it names, values that are its parameters.
 * Nobody describes it any more, so no plan knows.
 *
 * @returns paths of what each reads, which goes after it, by path
 */
export function readsOf(stacks: readonly UndescribedStack[]): ReadonlyMap<string, readonly string[]> {
  const gives = stacks.map(({ place, standing, template }) => {
    return { place, values: Object.values(standing.outputs), exports: exportsOf(template) };
  });
  const reads = new Map<string, string[]>(stacks.map(({ place }) => [place.path, []]));
  for (const { place, standing, template } of stacks) {
    const text = JSON.stringify(template);
    const parameters = new Set(Object.values(standing.parameters));
    for (const { place: other, values, exports } of gives) {
      const read =
        text.includes(JSON.stringify(other.name)) ||
        exports.some((name) => text.includes(`{"Fn::ImportValue":${JSON.stringify(name)}}`)) ||
        values.some((value) => value.length >= SHORTEST_ID && parameters.has(value));
      // Two stacks may have an account's number alike; that one reads the other is no circle.
      if (read && !waitsFor(reads, other.path, place.path)) reads.get(place.path)!.push(other.path);
    }
  }
  return reads;
}

/** Ids are longer; `true` and `10` are alike in stacks that know nothing of each other. */
const SHORTEST_ID = 8;

function waitsFor(reads: ReadonlyMap<string, readonly string[]>, path: string, other: string): boolean {
  return path === other || reads.get(path)!.some((next) => waitsFor(reads, next, other));
}

function exportsOf(template: Record<string, unknown>): string[] {
  const outputs = Object.values((template.Outputs ?? {}) as Record<string, { Export?: { Name?: unknown } }>);
  return outputs.flatMap(({ Export: given }) => (typeof given?.Name === 'string' ? [given.Name] : []));
}
