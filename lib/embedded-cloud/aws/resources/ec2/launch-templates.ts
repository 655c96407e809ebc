import type { JsonObject } from '../../../../engine/json';
import { NAMES } from '../../../../facts/aws/names';
import { obj, objs, str, strs } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id, generatedName } from '../../ids';
import type { LaunchTemplate } from '../../world/compute';
import type { Handler, Made } from '../handler';
import { must, tagsOf } from '../values';
import { checkImage, checkUserData } from './launch';

const madeOf = (t: LaunchTemplate): Made => ({
  physicalId: t.id,
  attributes: { LaunchTemplateId: t.id, LatestVersionNumber: String(t.versions.length), DefaultVersionNumber: '1' },
});

const check = (data: JsonObject): void => {
  checkUserData(str(data, 'UserData'));
  const image = str(data, 'ImageId');
  if (image !== undefined && !image.startsWith('resolve:ssm:')) checkImage(image);
};

/** AWS::EC2::LaunchTemplate: every change is a new version. */
export const launchTemplate: Handler = {
  create(c, p) {
    const name =
      str(p, 'LaunchTemplateName') ??
      generatedName(c.stackName, c.logicalId, NAMES['AWS::EC2::LaunchTemplate LaunchTemplateName'].most);
    if (Object.values(c.region.launchTemplates).some((t) => t.name === name)) {
      throw new AwsError('InvalidLaunchTemplateName.AlreadyExistsException', `Launch template name already in use.`);
    }
    const data = obj(p, 'LaunchTemplateData') ?? {};
    check(data);
    const id = ec2Id('lt');
    const made = { id, name, versions: [data], tags: tagsOf(c, undefined) };
    c.region.launchTemplates[id] = made;
    return madeOf(made);
  },
  update(c, id, p, _before, changed) {
    const found = must(
      c.region.launchTemplates,
      id,
      'InvalidLaunchTemplateId.NotFound',
      `The specified launch template, with template ID ${id}, does not exist.`,
    );
    if (!changed.includes('LaunchTemplateData') && !changed.includes('VersionDescription')) return undefined;
    const data = obj(p, 'LaunchTemplateData') ?? {};
    check(data);
    found.versions.push(data);
    return madeOf(found);
  },
  delete(c, id) {
    delete c.region.launchTemplates[id];
  },
  read: (c, id, p) => c.region.launchTemplates[id] && p,
};

/** A launch template by id or name, with the number of the version that is meant. */
export function findTemplate(region: Region, specification: JsonObject): { template: LaunchTemplate; version: number } {
  const id = str(specification, 'LaunchTemplateId');
  const name = str(specification, 'LaunchTemplateName');
  const template = Object.values(region.launchTemplates).find((t) => t.id === id || t.name === name);
  if (!template) {
    throw new AwsError(
      'InvalidLaunchTemplateId.NotFoundException',
      `The specified launch template, with template ${id ? `ID ${id}` : `name ${name}`}, does not exist.`,
    );
  }
  const asked = str(specification, 'Version') ?? '$Default';
  const version = asked === '$Latest' ? template.versions.length : asked === '$Default' ? 1 : Number(asked);
  if (!template.versions[version - 1]) {
    throw new AwsError(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find the specified version ${asked} for the launch template with ID ${template.id}.`,
    );
  }
  return { template, version };
}

/** A launch template's data in the shape of an instance's properties. */
export function templateData(region: Region, specification: JsonObject): JsonObject {
  const { template, version } = findTemplate(region, specification);
  const data = { ...(template.versions[version - 1] as JsonObject) };
  const profile = obj(data, 'IamInstanceProfile');
  if (profile) data.IamInstanceProfile = str(profile, 'Name') ?? str(profile, 'Arn') ?? '';
  const monitoring = obj(data, 'Monitoring');
  if (monitoring) data.Monitoring = monitoring.Enabled ?? false;
  const interfaces = objs(data, 'NetworkInterfaces');
  if (interfaces.length > 0) data.NetworkInterfaces = interfaces.map((n) => ({ ...n, GroupSet: strs(n, 'Groups') }));
  return data;
}

/** Tags that a launch template puts on instances. */
export function templateTags(data: JsonObject): Record<string, string> {
  const specification = objs(data, 'TagSpecifications').find((t) => t.ResourceType === 'instance');
  return Object.fromEntries(objs(specification ?? {}, 'Tags').map((t) => [String(t.Key), String(t.Value ?? '')]));
}
