/**
 * A region of the estate in the current folder, without what ministack doesn't know. It says on stderr what it leaves out,
 * because that is what this second opinion doesn't cover.
 */
import { App, CfnResource, type Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { emitEstate } from '../../lib/aws/app';
import { FindingsError } from '../../lib/estate/findings/finding';
import { loadEstate } from '../../lib/estate/read/load';
import { userDataOf } from '../../lib/host-config/fleet-user-data';
import { planEstate } from '../../lib/plan/plan';

const REGION = 'sa-east-1';

/** ministack 1.5.33 answers "Unrecognized resource types" to these. */
const UNKNOWN = [
  'AWS::EC2::EIP',
  'AWS::EC2::FlowLog',
  'AWS::EC2::Instance',
  'AWS::EC2::NatGateway',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Volume',
];

const { estate, findings } = loadEstate(process.cwd(), { today: '2026-11-21', regions: [REGION] });
if (estate === undefined) throw new FindingsError(findings);
const app = new App({ analyticsReporting: false, treeMetadata: false });
// Expanded, so that a resource can be taken out as any CDK user would. The templates are the same bytes as the block's.
const stacks = emitEstate(app, planEstate(estate, [REGION]), { userDataOf: userDataOf(estate), regions: [REGION], expand: true });

const left = new Map<string, number>();
for (const [path, stack] of stacks) {
  const removed = new Set<CfnResource>();
  for (const resource of resourcesOf(stack)) if (isUnknown(resource)) remove(resource, removed);
  // What names a resource that is gone goes too: routes to NAT gateways.
  for (const resource of resourcesOf(stack)) if (namesOneOf(removed, resource)) remove(resource, removed);
  if (resourcesOf(stack).length > 0) continue;
  stack.node.scope!.node.tryRemoveChild(stack.node.id);
  leave(`the stack ${path}, of which nothing remains`);
}
for (const [what, count] of left) console.error(`not on ministack: ${what}${count === 1 ? '' : ` (${count})`}`);
app.synth();

function resourcesOf(stack: Stack): CfnResource[] {
  return stack.node.findAll().filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct));
}

/** Nor does it know alarms on metric math: those of members fleets. */
function isUnknown(resource: CfnResource): boolean {
  return UNKNOWN.includes(resource.cfnResourceType) || (resource instanceof CfnAlarm && resource.metrics !== undefined);
}

/** By its properties: that it comes after one is only taken out of it, so that a gate outlives its instance. */
function namesOneOf(removed: ReadonlySet<CfnResource>, resource: CfnResource): boolean {
  const { stack } = resource;
  const written = stack.resolve((resource as CfnResource & { _toCloudFormation(): object })._toCloudFormation());
  const text = JSON.stringify(written.Resources[stack.resolve(resource.logicalId)].Properties ?? {});
  const isRemoved = (construct: IConstruct) => CfnResource.isCfnResource(construct) && removed.has(construct);
  if (resource.node.dependencies.some(isRemoved)) resource.addDeletionOverride('DependsOn');
  const ids = [...removed].map((gone): string => stack.resolve(gone.logicalId));
  return ids.some((id) => text.includes(`{"Ref":"${id}"}`) || text.includes(`{"Fn::GetAtt":["${id}"`));
}

function remove(resource: CfnResource, removed: Set<CfnResource>): void {
  removed.add(resource);
  resource.node.scope!.node.tryRemoveChild(resource.node.id);
  leave(resource.cfnResourceType);
}

function leave(what: string): void {
  left.set(what, (left.get(what) ?? 0) + 1);
}
