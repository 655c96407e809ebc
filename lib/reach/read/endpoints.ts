/** VPC endpoints: private ways to services of the cloud. */
import type { ServiceEndpoint } from '../world';
import type { Drafts } from './drafts';
import { addAppliance, groupsOf, type StandIns } from './interfaces';
import type { Found } from './references';
import { type Emitted, originOf } from './resources';

/** Source: AWS PrivateLink guide, "Gateway endpoints", "Access an AWS service using an interface VPC endpoint"; CloudFormation, `AWS::EC2::VPCEndpoint`. */
export function readEndpoints(emitted: Emitted, drafts: Drafts, room: StandIns): ServiceEndpoint[] {
  return emitted.all('AWS::EC2::VPCEndpoint').flatMap((found): ServiceEndpoint[] => {
    const name = emitted.text(found, 'ServiceName');
    const service = name === undefined ? undefined : serviceIn(name, found.stack.region);
    if (service === undefined) emitted.fault(found, 'its ServiceName names no service of its region');
    if (service === undefined) return [];
    const base = { id: found.id, region: found.stack.region, service, from: originOf(found) };
    if ((emitted.text(found, 'VpcEndpointType') ?? 'Gateway') === 'Gateway') {
      const values = (emitted.property(found, 'RouteTableIds') as unknown[] | undefined) ?? [];
      const tables = values.flatMap((value) => emitted.among(drafts.tables, found, value, 'AWS::EC2::RouteTable')?.id ?? []);
      return [{ ...base, by: { kind: 'gateway', tables } }];
    }
    // Without groups it has the VPC's default one, whose members alone it lets in.
    const groups = groupsOf(emitted, found, emitted.property(found, 'SecurityGroupIds'));
    const nodes = subnetsOf(emitted, drafts, found, 'SubnetIds', 'AWS::EC2::Subnet').map((subnet) =>
      addAppliance(room, found, subnet, { host: `${service} of ${found.stack.region} in ${subnet.zone}`, groups }),
    );
    return [{ ...base, by: { kind: 'interface', nodes } }];
  });
}

/** `com.amazonaws.us-east-1.ecr.api` is `ecr.api`; of China it begins with `cn.com.amazonaws.`. */
function serviceIn(name: string, region: string): string | undefined {
  const at = name.indexOf(`.${region}.`);
  return at < 0 ? undefined : name.slice(at + region.length + 2);
}

function subnetsOf(emitted: Emitted, drafts: Drafts, found: Found, property: string, type: string) {
  const values = (emitted.property(found, property) as unknown[] | undefined) ?? [];
  return values.flatMap((value) => emitted.among(drafts.subnets, found, value, type) ?? []);
}

interface Zone {
  readonly VSwitchId?: unknown;
}

/** Aliyun's interface endpoints (PrivateLink). Source: ROS, `ALIYUN::PrivateLink::VpcEndpoint` (Zone, SecurityGroupId). */
export function readAliyunEndpoints(emitted: Emitted, drafts: Drafts, room: StandIns): ServiceEndpoint[] {
  return emitted.all('ALIYUN::PrivateLink::VpcEndpoint').map((found) => {
    const service = emitted.text(found, 'EndpointName') ?? emitted.text(found, 'ServiceName') ?? found.logicalId;
    const groups = groupsOf(emitted, found, emitted.property(found, 'SecurityGroupId'), 'ALIYUN::ECS::SecurityGroup');
    const zones = (emitted.property(found, 'Zone') as Zone[] | undefined) ?? [];
    const nodes = zones.flatMap(({ VSwitchId }) => {
      const subnet = emitted.among(drafts.subnets, found, VSwitchId, 'ALIYUN::ECS::VSwitch');
      if (subnet === undefined) return [];
      return [addAppliance(room, found, subnet, { host: `${service} of ${found.stack.region} in ${subnet.zone}`, groups })];
    });
    return { id: found.id, region: found.stack.region, service, by: { kind: 'interface', nodes }, from: originOf(found) };
  });
}
