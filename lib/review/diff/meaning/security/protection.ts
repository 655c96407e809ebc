/** What kept things from being deleted by mistake, and does no longer. */

import { HOLDS_DATA } from '../../../../facts/data-types';
import { listOf, objectOf, sameJson } from '../../model/json';
import { explained, type Resource } from '../context';
import { plainId } from '../references';
import { isOn, type SecurityRule, standing, weakness } from './weakness';

type Guarded = (properties: Resource['Properties']) => boolean;

const attribute = (properties: Resource['Properties'], key: string) =>
  listOf(properties.LoadBalancerAttributes)
    .map(objectOf)
    .some((one) => one.Key === key && isOn(one.Value));

/** By type: the property that guards, and whether it does. */
const GUARDS: Readonly<Record<string, readonly [property: string, guarded: Guarded]>> = {
  'AWS::EC2::Instance': ['DisableApiTermination', ({ DisableApiTermination }) => isOn(DisableApiTermination)],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerAttributes', (p) => attribute(p, 'deletion_protection.enabled')],
  'ALIYUN::ECS::Instance': ['DeletionProtection', ({ DeletionProtection }) => isOn(DeletionProtection)],
  'ALIYUN::ESS::ScalingGroup': ['GroupDeletionProtection', ({ GroupDeletionProtection }) => isOn(GroupDeletionProtection)],
  'ALIYUN::KMS::Key': [
    'DeletionProtection',
    ({ DeletionProtection }) => isOn(objectOf(DeletionProtection).Enable ?? DeletionProtection),
  ],
  'ALIYUN::NLB::LoadBalancer': [
    'DeletionProtectionConfig',
    ({ DeletionProtectionConfig }) => isOn(objectOf(DeletionProtectionConfig).Enabled),
  ],
  'ALIYUN::SLB::LoadBalancer': ['DeletionProtection', ({ DeletionProtection }) => isOn(DeletionProtection)],
  'ALIYUN::OSS::Bucket': ['DeletionForce', ({ DeletionForce }) => !isOn(DeletionForce)],
};
const TYPES: ReadonlySet<string> = new Set(Object.keys(GUARDS));

const UNGUARDED = 'no longer guarded against being deleted';

export const deletionIsGuarded: SecurityRule = (context) =>
  standing(context, TYPES).flatMap((resource) => {
    const [property, guarded] = GUARDS[resource.type]!;
    if (resource.before === undefined || !guarded(resource.before.Properties) || guarded(resource.after.Properties)) return [];
    const words = { hosts: `are ${UNGUARDED}`, thing: `is ${UNGUARDED}` };
    return [weakness(context, resource, property, 'guard-gone', words)];
  });

/** Termination protection of the stack itself ("Protect CloudFormation stacks from being deleted"). */
export const stacksAreGuarded: SecurityRule = ({ change: { path, protection } }) => {
  if (protection === undefined) return [];
  const base = { stack: path, hosts: [], details: [], explains: [] };
  return protection === 'lost'
    ? [
        {
          ...base,
          kind: 'stack-unguarded',
          severity: 'security',
          what: `stack ${path} is ${UNGUARDED}: its termination protection goes`,
        },
      ]
    : [{ ...base, kind: 'stack-guarded', severity: 'addition', what: `stack ${path} gets termination protection` }];
};

const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

/** A policy that kept what it is on when it goes from its stack, or is made anew. The one of the template that stands counts, so the next change is the first that may delete. */
export const whatWasKeptIsKept: SecurityRule = (context) =>
  context.resources.flatMap(({ id, type, before, after }) => {
    if (before === undefined || after === undefined) return [];
    const lost = POLICIES.filter((policy) => keeps(before, policy) && !keeps(after, policy));
    const explains = POLICIES.filter((policy) => !sameJson(before.whole[policy], after.whole[policy])).map((policy) =>
      explained(id, policy),
    );
    if (lost.length === 0) return [];
    const fates = lost.map((policy) => (policy === 'DeletionPolicy' ? 'goes from the stack' : 'is made anew'));
    const noun = HOLDS_DATA[type] ?? type;
    const what = `${noun} ${titleOf(context.hostOf(id), id, after)} is no longer kept when it ${fates.join(' or ')}`;
    return [{ kind: 'retain-lost', severity: 'security', stack: context.change.path, what, hosts: [], details: lost, explains }];
  });

function keeps({ whole }: Resource, policy: (typeof POLICIES)[number]): boolean {
  const value = whole[policy];
  return typeof value === 'string' && value.startsWith('Retain');
}

function titleOf(host: string | undefined, id: string, { Properties }: Resource): string {
  const own = Properties.BucketName ?? Properties.DiskName ?? Properties.Name ?? Properties.LogGroupName;
  return typeof own === 'string' ? own : host === undefined ? plainId(id) : `${plainId(id)} of ${host}`;
}
