import { cloudOf } from '../../../clouds/clouds';
import { memberNumbers } from '../../addresses/member-number';
import type { Advice } from '../../findings/finding';
import { remove, set } from '../../findings/remedy';
import { membersLockPath } from '../../lock-files/members-lock';
import { imageOf } from '../../model/images';
import { memberKey } from '../../model/locks';
import type { Estate } from '../../model/model';
import { type FleetPlace, fleets, type Problem, type Rule } from '../rule';

/** A host's root disk is one that the cloud makes and that its image fits. Source: "CreateVolume" (Size: not less than the snapshot's); ECS, "CreateInstance" (SystemDisk.Size). */
export const rootDisksHoldTheirImage: Rule = {
  code: 'ROOT_DISK',
  title: 'Root disks are as large as their image, and as the cloud makes them.',
  why: 'the cloud refuses the host when it is made',
  check: (estate) => fleets(estate).flatMap((place) => problemsOf(estate, place)),
};

function problemsOf(estate: Estate, place: FleetPlace): Problem[] {
  const { region, fleet, path } = place;
  const { name, rootGib } = cloudOf(region);
  const { rootGb } = fleet;
  const at = { file: region.file, path: [...path, 'rootGb'] };
  const pinned = pinnedImages(estate, place);
  for (const image of pinned.all ? pinned.images : [...pinned.images, imageOf(estate, region) ?? '']) {
    const [least, most] = rootGib(image);
    if (rootGb >= least && rootGb <= most) continue;
    const message = `a root disk of ${rootGb} GiB, but ${name} makes ${least} to ${most} GiB${image === '' ? '' : ` for ${image}`}`;
    return [{ ...at, message, ...advice(estate, place, pinned.images, image, rootGb < least ? least : most) }];
  }
  return [];
}

function advice(
  { locks }: Estate,
  { region, cluster, fleet, path }: FleetPlace,
  pinned: readonly string[],
  image: string,
  size: number,
): Advice {
  const sized = set([...path, 'rootGb'], size);
  if (pinned.length === 0 || fleet.kind === 'elastic') return { write: [sized] };
  // Members that stand keep their disks: only those to come don't fit.
  if (!pinned.includes(image))
    return { write: [set(['aliyun', 'image'], pinned[0])], fix: 'or put new members into a fleet of their own' };
  const keys = memberNumbers(fleet).map((n) => memberKey(cluster.name, fleet.name, n));
  const entries = keys.filter((key) => locks.members.get(region.name)?.members.has(key));
  return {
    write: [[...sized, ...entries.flatMap((key) => remove(['members', key], membersLockPath(region.name)))]],
    fix: `since none of them can have been made, and run \`meissa pin ${region.name}\``,
  };
}

/** Images that members of a fleet stand with, and whether it has no others. */
function pinnedImages({ locks }: Estate, { region, cluster, fleet }: FleetPlace): { images: string[]; all: boolean } {
  const lock = locks.members.get(region.name);
  if (fleet.kind === 'elastic' || lock === undefined) return { images: [], all: false };
  const entries = memberNumbers(fleet).map((n) => lock.members.get(memberKey(cluster.name, fleet.name, n)));
  const images = [...new Set(entries.flatMap((entry) => entry?.image ?? []))];
  return { images, all: images.length > 0 && !entries.includes(undefined) };
}
