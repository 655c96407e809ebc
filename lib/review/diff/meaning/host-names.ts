/** Which host a member's resource belongs to. Ids hold the member's number (`M3InstanceG1`), tags its name. */
import { isObject, listOf } from '../model/json';
import type { Resource, Side } from './context';

const MEMBER = /^M(\d+)(?=[A-Z])/;

export function memberNumber(id: string): number | undefined {
  const found = MEMBER.exec(id);
  return found === null ? undefined : Number(found[1]);
}

/** `M3VolumeData` -> `data`: a member's data volume; `M3G2VolumeData` where it was made anew. */
export function memberVolume(id: string): string | undefined {
  return /^M\d+(?:G\d+)?Volume(.+)$/.exec(id)?.[1]?.toLowerCase();
}

export const INSTANCES: ReadonlySet<string> = new Set(['AWS::EC2::Instance', 'ALIYUN::ECS::Instance']);

/** By logical id: from the resource's own tag `Name`, or that of another resource of the same member. */
export function hostNames(all: Readonly<Record<Side, ReadonlyMap<string, Resource>>>): (id: string) => string | undefined {
  const byNumber = new Map<number, string>();
  const byId = new Map<string, string>();
  for (const resources of [all.before, all.after]) {
    for (const [id, resource] of resources) {
      const name = nameOf(resource);
      const number = memberNumber(id);
      if (name === undefined || !namesTheHost(resource)) continue;
      byId.set(id, name);
      if (number !== undefined) byNumber.set(number, name);
    }
  }
  return (id) => byId.get(id) ?? byNumber.get(memberNumber(id) ?? -1);
}

/** A volume's name has its own part behind the host's. */
function namesTheHost({ Type }: Resource): boolean {
  return INSTANCES.has(Type) || Type === 'AWS::EC2::NetworkInterface';
}

/** Tag `Name`, or the property that stands for it on Aliyun. */
export function nameOf({ Properties }: Resource): string | undefined {
  for (const tag of listOf(Properties.Tags)) {
    if (isObject(tag) && tag.Key === 'Name' && typeof tag.Value === 'string') return tag.Value;
  }
  return typeof Properties.InstanceName === 'string' ? Properties.InstanceName : undefined;
}

/** `us-east-1-core-storage-3` -> `us-east-1-core-storage`. */
export function fleetOf(host: string): string {
  return host.replace(/-\d+$/, '');
}
