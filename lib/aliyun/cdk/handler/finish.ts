/** What is done once a stack stands: what ROS can't say, and what CloudFormation is answered. */
import { switchOffSourceDestCheck } from '../../cloud';
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
  await openInterfaces(session, stackId);
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

/** No ROS type has the property (ECS, "ModifyNetworkInterfaceAttribute"). */
async function openInterfaces({ ros, properties }: Session, stackId: string): Promise<void> {
  const open = new Set(properties.OpenInstances ?? []);
  if (open.size === 0) return;
  const resources = await ros.listStackResources(stackId);
  const ids = resources.flatMap(({ logicalId, physicalId }) => (open.has(logicalId) && physicalId ? [physicalId] : []));
  await switchOffSourceDestCheck(ros.rpc, ros.region, ids);
}
