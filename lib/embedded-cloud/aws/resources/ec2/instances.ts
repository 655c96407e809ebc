import type { Json, JsonObject } from '../../../../engine/json';
import { awsEffect } from '../../../../facts/aws/updates';
import { bool, obj, objs, str, strs } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import type { Instance } from '../../world/compute';
import type { Context, Handler } from '../handler';
import { tagsNow, tagsOf } from '../values';
import { mustGroup } from './interfaces';
import { checkProfile, checkTagKeys, checkUserData, launch, start, stop, terminate } from './launch';
import { templateData } from './launch-templates';
import { instanceOf, interfaceOf } from './lookup';
import { attachVolume, checkVolume, detachVolume } from './volumes';

const attributesOf = (c: Context, i: Instance): Record<string, Json> => {
  const primary = c.region.interfaces[i.interfaces[0] ?? ''];
  const address = primary?.address ?? '';
  const dns = c.region.name === 'us-east-1' ? 'ec2.internal' : `${c.region.name}.compute.internal`;
  return {
    InstanceId: i.id,
    AvailabilityZone: i.zone,
    PrivateIp: address,
    PrivateDnsName: `ip-${address.replaceAll('.', '-')}.${dns}`,
    PublicIp: primary?.publicAddress ?? '',
    PublicDnsName: '',
    VpcId: i.vpc,
  };
};

/** Brings attached volumes to what the template says; those that go first. */
function changeVolumes(region: Region, i: Instance, p: JsonObject): void {
  const wanted = new Map(objs(p, 'Volumes').map((v) => [str(v, 'Device') ?? '', str(v, 'VolumeId') ?? '']));
  for (const [device, id] of wanted)
    if (i.volumes[device] !== id && !Object.values(i.volumes).includes(id)) checkVolume(region, i, id);
  for (const [device, id] of Object.entries(i.volumes)) if (wanted.get(device) !== id) detachVolume(region, i, device);
  for (const [device, id] of wanted) if (i.volumes[device] !== id) attachVolume(region, i, id, device);
}

function changeGroups(region: Region, i: Instance, p: JsonObject): void {
  const groups = strs(p, 'SecurityGroupIds');
  const primary = interfaceOf(region, i.interfaces[0]);
  for (const g of groups) mustGroup(region, g, primary.vpc);
  if (groups.length > 0) primary.groups = groups;
}

/** AWS::EC2::Instance */
export const instance: Handler = {
  create(c, p) {
    const template = obj(p, 'LaunchTemplate');
    const whole = template ? { ...templateData(c.region, template), ...p } : p;
    const made = launch(c, whole, tagsOf(c, p.Tags));
    return { physicalId: made.id, attributes: attributesOf(c, made) };
  },
  async update(c, id, p, before, changed) {
    const found = instanceOf(c.region, id);
    if (found.state === 'terminated') throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
    const tags = tagsOf(c, p.Tags);
    const metadataOptions = obj(p, 'MetadataOptions') ?? {};
    checkUserData(str(p, 'UserData'));
    checkTagKeys(tags, metadataOptions);
    const profile = checkProfile(c.account, str(p, 'IamInstanceProfile'));
    const interrupts = changed.some((name) => awsEffect('AWS::EC2::Instance', name, before[name], p[name]) === 'interrupt');
    if (interrupts) stop(c.hosts, found);
    if (changed.includes('Volumes')) changeVolumes(c.region, found, p);
    if (changed.includes('SecurityGroupIds')) changeGroups(c.region, found, p);
    if (changed.includes('SourceDestCheck'))
      interfaceOf(c.region, found.interfaces[0]).sourceDestCheck = bool(p, 'SourceDestCheck') ?? true;
    Object.assign(found, {
      type: str(p, 'InstanceType') ?? found.type,
      userData: str(p, 'UserData'),
      profile,
      metadataOptions,
      ebsOptimized: bool(p, 'EbsOptimized') ?? false,
      monitoring: bool(p, 'Monitoring') ?? false,
      terminationProtection: bool(p, 'DisableApiTermination') ?? false,
      tags,
    });
    if (interrupts) {
      await c.takes('interrupt');
      start(c.region, c.hosts, found);
    } else c.hosts.tagged(c.region, found);
    return { attributes: attributesOf(c, found) };
  },
  delete(c, id) {
    const found = c.region.instances[id];
    if (!found || found.state === 'terminated') return;
    if (found.terminationProtection) {
      throw new AwsError(
        'OperationNotPermitted',
        `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
    terminate(c.region, c.hosts, found);
  },
  read(c, id, p) {
    const found = c.region.instances[id];
    if (!found || found.state === 'terminated') return undefined;
    const live: JsonObject = { InstanceType: found.type };
    if (found.userData !== undefined) live.UserData = found.userData;
    const attached = objs(p, 'Volumes').filter((v) => found.volumes[str(v, 'Device') ?? ''] === str(v, 'VolumeId'));
    Object.assign(live, { Volumes: attached }, tagsNow(p.Tags, found.tags));
    return { ...p, ...Object.fromEntries(Object.entries(live).filter(([k]) => k in p)) };
  },
};
