/** What is done once a stack stands: what ROS can't say, and what CloudFormation is answered. */
import { isolateGroups, setBfd, switchOffSourceDestCheck } from '../../cloud';
import { ATTRIBUTES } from '../properties';
import { RosStackFailure } from './failure';
import { configurationDue } from './publishing';
import type { Session } from './session';

/** Bytes of attributes: CloudFormation takes 4,096 of a whole answer ("Custom resource response objects"). */
const MOST_BYTES = 3000;

/** Each part asks first what is done already, so it can be called again. @returns the resource's attributes */
export async function finish(session: Session, stackId: string): Promise<Record<string, string>> {
  const { ros, properties } = session;
  const stack = await ros.getStack(stackId);
  const wanted = properties.DeletionProtection === 'true';
  if (stack.deletionProtection !== wanted) await ros.setDeletionProtection(stackId, wanted);
  await besideRos(session, stackId);
  const outputs = (properties.Outputs ?? []).map((name): [string, string] => {
    const value = stack.outputs[name];
    if (value !== undefined) return [name, value];
    throw new RosStackFailure('OUTPUT_MISSING', `stack ${stack.name} has no output ${name}`, 'correct its name');
  });
  const data = {
    [ATTRIBUTES.stackId]: stackId,
    [ATTRIBUTES.configurationDue]: await configurationDue(session),
    ...Object.fromEntries(outputs),
  };
  if (Buffer.byteLength(JSON.stringify(data)) > MOST_BYTES)
    throw new RosStackFailure(
      'OUTPUTS_TOO_LARGE',
      `the outputs that others read of stack ${stack.name} are more than ${MOST_BYTES} bytes`,
      'read fewer of them as attributes; the template is as it should be',
    );
  return data;
}

/**
 * What no ROS type has a property for: the source/destination check (ECS, "ModifyNetworkInterfaceAttribute"), what hosts of a security group
 * may do among themselves (ECS, "ModifySecurityGroupPolicy") and BFD of border routers (VPC, "ModifyVirtualBorderRouterAttribute").
 */
async function besideRos({ ros, properties }: Session, stackId: string): Promise<void> {
  const { OpenInstances: open = [], IsolatedGroups: groups = [], BorderRouters: routers = [] } = properties;
  if (open.length + groups.length + routers.length === 0) return;
  const standing = new Map((await ros.listStackResources(stackId)).map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  const ids = open.flatMap((logicalId) => standing.get(logicalId) ?? []);
  if (ids.length > 0) await switchOffSourceDestCheck(ros.rpc, ros.region, ids);
  await isolateGroups(
    ros.rpc,
    ros.region,
    groups.flatMap((logicalId) => standing.get(logicalId) ?? []),
  );
  const bfd = routers.flatMap(({ Resource, MinTxInterval, MinRxInterval, DetectMultiplier }) => {
    const vbrId = standing.get(Resource);
    const times = [MinTxInterval, MinRxInterval, DetectMultiplier].map(Number) as [number, number, number];
    return vbrId === undefined ? [] : [{ vbrId, minTxInterval: times[0], minRxInterval: times[1], detectMultiplier: times[2] }];
  });
  await setBfd(ros.rpc, ros.region, bfd);
}
