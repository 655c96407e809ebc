/** Load balancers with public addresses. */
import type { Resource } from '../context';
import { newly, type SecurityRule, standing, weakness } from './weakness';

const PROPERTY: Readonly<Record<string, string>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Scheme',
  'ALIYUN::NLB::LoadBalancer': 'AddressType',
  'ALIYUN::SLB::LoadBalancer': 'AddressType',
};
const TYPES: ReadonlySet<string> = new Set(Object.keys(PROPERTY));

/** AWS makes it public where nothing is said ("CreateLoadBalancer", Scheme), and so does Aliyun's classic one ("CreateLoadBalancer", AddressType). */
const isPublic = ({ Type, Properties }: Resource) => {
  const said = String(
    Properties[PROPERTY[Type]!] ?? (Type === 'ALIYUN::NLB::LoadBalancer' ? 'Intranet' : 'internet'),
  ).toLowerCase();
  return said.startsWith('internet');
};

export const balancersArePublic: SecurityRule = (context) =>
  standing(context, TYPES)
    .filter((resource) => newly(resource, isPublic))
    .map((resource) =>
      weakness(
        context,
        resource,
        PROPERTY[resource.type]!,
        'balancer-public',
        'is open to the internet: it gets public addresses',
      ),
    );
