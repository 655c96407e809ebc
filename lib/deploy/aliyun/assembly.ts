/** The stacks of a ROS assembly as they are deployed. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RosAssembly, RosStackManifest } from '../../aliyun/assembly';
import type { RegionName } from '../../estate/model/model';
import { cloudRegionId } from '../../facts/region';
import type { DeployStack } from '../engine';

/** @param healthTimeout of a fleet's hosts, seconds: region, `<cluster>/<fleet>` */
export function stacksOfRosAssembly(
  folder: string,
  healthTimeout: (region: RegionName, fleet: string) => number | undefined,
): DeployStack[] {
  const { stacks } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as RosAssembly;
  return stacks.map((ros) => {
    const template = join(folder, ros.template);
    const fleet = ros.members[0]?.fleet ?? ros.elastic?.fleet;
    const region: RegionName = ros.place ?? `${ros.region}`;
    const timeout = fleet === undefined ? undefined : healthTimeout(region, fleet);
    return {
      provider: 'aliyun',
      path: ros.path,
      name: ros.name,
      region,
      cloudRegion: cloudRegionId(ros.region),
      template,
      dependsOn: ros.dependsOn,
      tags: ros.tags,
      holdsData: ros.deletionProtection,
      disableRollback: ros.disableRollback,
      parameters: ros.parameters,
      exclusive: exclusiveOf(ros, JSON.parse(readFileSync(template, 'utf8'))),
      ros,
      ...(timeout === undefined ? {} : { healthTimeout: timeout }),
    };
  });
}

/**
 * A VPC takes one new route at a time (VPC, "CreateRouteEntry": TaskConflict), a transit router one new attachment, association or route
 * (`Operation.Blocking`, `IncorrectStatus`). Inside a stack these are chained; two stacks of one VPC or router never run side by side. A
 * region has one of each; the connection of two routers keeps both busy.
 */
export function exclusiveOf({ region }: Pick<RosStackManifest, 'region'>, template: { readonly Resources?: object }): string[] {
  const resources = Object.values(template.Resources ?? {}) as Resource[];
  const busy = resources.flatMap(({ Type = '', Properties }) => {
    if (Type === 'ALIYUN::ECS::Route') return [`routes of ${region}`];
    if (!Type.startsWith('ALIYUN::CEN::Transit')) return [];
    const peer = Properties?.PeerTransitRouterRegionId;
    return [region, ...(typeof peer === 'string' ? [peer] : [])].map((place) => `transit router of ${place}`);
  });
  return [...new Set(busy)].sort();
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
