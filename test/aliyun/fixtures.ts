/** Aliyun's estate of test/estates, as it is or changed, and the ROS templates that come of it. */
import { join } from 'node:path';
import { type EmittedAssembly, emitAliyun } from '../../lib/aliyun/app';
import type { RosResourceJson } from '../../lib/aliyun/ros';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { AliyunRegion, Estate, MembersFleet } from '../../lib/estate/model/model';
import { readEstate } from '../../lib/estate/read/read';
import { userDataOf } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';

const ROOT = join(__dirname, '../..');

/** @throws where the estate has errors */
export function inland(): Estate {
  const source = diskSource(join(ROOT, 'test/estates/aliyun'));
  const { estate, findings } = readEstate(source, { packaged: diskSource(ROOT) });
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (estate === undefined || errors.length > 0) throw new Error(JSON.stringify(errors));
  return estate;
}

/** The estate with something of cn-beijing changed. */
export function withBeijing(estate: Estate, change: (region: AliyunRegion) => AliyunRegion): Estate {
  return {
    ...estate,
    regions: estate.regions.map((r) => (r.name === 'cn-beijing' && r.provider === 'aliyun' ? change(r) : r)),
  };
}

/** The estate with a members fleet of cn-beijing's cluster changed. */
export function withFleet(estate: Estate, name: string, change: (fleet: MembersFleet) => MembersFleet): Estate {
  return withBeijing(estate, (region) => ({
    ...region,
    clusters: region.clusters.map((cluster) => ({
      ...cluster,
      fleets: cluster.fleets.map((fleet) => (fleet.name === name && fleet.kind === 'members' ? change(fleet) : fleet)),
    })),
  }));
}

export function emit(estate: Estate, regions?: readonly string[]): EmittedAssembly {
  return emitAliyun(planEstate(estate, regions), {
    userDataOf: userDataOf(estate),
    ...(regions === undefined ? {} : { regions }),
  });
}

/** Resources of a stack by logical id. */
export function resourcesOf(assembly: EmittedAssembly, path: string): Record<string, RosResourceJson> {
  const template = assembly.templates.get(path);
  if (template === undefined) throw new Error(`no stack ${path}: ${[...assembly.templates.keys()].join(', ')}`);
  return template.Resources;
}

/** Resources of one type, by logical id. */
export function ofType(resources: Record<string, RosResourceJson>, type: string): [string, RosResourceJson][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === `ALIYUN::${type}`);
}
