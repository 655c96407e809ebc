/** What a region has before its first host: bucket, RAM roles, and in one region the estate's Cloud Enterprise Network. */
import type { AliyunRegionPlan } from '../plan/model';
import { baseOutput } from '../plan/output-names';
import { artifactBucket } from './artifact-bucket';
import { hostRole, roleId } from './fleet/roles';
import { roleName } from './names';
import { output, type StackParts } from './parts';
import { ref, resource } from './ros';
import { tagList } from './tags';

const BUCKET = 'ArtifactBucket';

/** @param estate name of the estate */
export function addBase(parts: StackParts, estate: string, region: AliyunRegionPlan): void {
  const { resources, outputs } = parts;
  resources[BUCKET] = artifactBucket(region.artifactBucket, region.tags);
  outputs[baseOutput.artifactBucket] = output(ref(BUCKET), 'bucket of artifacts and configurations');
  const place = { account: region.aliyun.account, region: region.cloudRegion, bucket: region.artifactBucket };
  for (const fleet of region.fleets) {
    const name = roleName(estate, region.name, fleet.cluster, fleet.name);
    resources[roleId(fleet.id)] = hostRole(name, fleet, place);
    outputs[baseOutput.roleArn(fleet.id)] = output({ 'Fn::GetAtt': [roleId(fleet.id), 'Arn'] }, `role of ${name}`);
  }
  if (region.cen?.name === region.name) addCen(parts, estate, region);
}

/** Transit routers of every region belong to it. Kept when the stack goes: without it no region reaches another. */
function addCen({ resources, outputs, generation }: StackParts, estate: string, region: AliyunRegionPlan): void {
  const id = `CenG${generation}`;
  resources[id] = resource(
    'ALIYUN::CEN::CenInstance',
    { Description: `network of the estate ${estate}`, Name: `meissa-${estate}`, Tags: tagList(region.tags) },
    { deletionPolicy: 'Retain' },
  );
  outputs[baseOutput.cen(generation)] = output(ref(id), 'the Cloud Enterprise Network of the estate');
}
