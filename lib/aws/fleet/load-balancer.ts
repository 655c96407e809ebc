/** A network load balancer inside of a region, before the hosts that take lines. */
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { entryOutput } from '../../plan/output-names';
import { entryId } from '../names';
import {
  exported,
  getAtt,
  ref,
  type TemplateFragment,
  type TemplateOutput,
  type TemplateResource,
  type Value,
} from '../template';
import { entryAlarms } from './alarms';
import { Block } from './block';
import { type EntryOptions, listener, loadBalancer, nameRecord, nameZone, targetGroup } from './load-balancer-parts';

export interface EntryProps extends EntryOptions {
  /**
   * Stands in logical ids and output names: raised with the network, which can't be changed under a load balancer.
   *
   * @default 1
   */
  readonly generation?: number;
  /**
   * SNS topic that alarms tell.
   *
   * @default - alarms tell nobody
   */
  readonly topicArn?: string;
  /**
   * Emit L1 constructs instead of one block; the same template.
   *
   * @default false
   */
  readonly expand?: boolean;
}

/**
 * A network load balancer with internal addresses: one in every zone, each sends to hosts of all zones. A port is passed on as it is;
 * hosts see the sender's address. A host that answers its health question with anything but 200 gets no new connections, and connections
 * to a host that leaves are cut after a while, so that senders that keep theirs for long move on.
 *
 * It has no security group: what a sender may reach is decided by the groups of the hosts, which see its address. A host behind it can't
 * reach itself through it (Elastic Load Balancing, "Troubleshoot your Network Load Balancer": requests from a target to its own load
 * balancer time out while client addresses are preserved).
 */
export class Entry extends Construct {
  private readonly block: Block;
  private readonly generation: number;

  constructor(scope: Construct, id: string, props: EntryProps) {
    super(scope, id);
    this.generation = props.generation ?? 1;
    const stackName = Stack.of(this).stackName;
    this.block = new Block(this, 'Block', {
      fragment: () => entryFragment(props, stackName),
      inputs: props,
      tagged: ENTRY_TYPES,
      expand: props.expand,
    });
  }

  /** ARN of the load balancer. */
  get loadBalancerArn(): string {
    return this.block.refOf(entryId.loadBalancer(this.generation));
  }

  /** ARN of what hosts register with. @param listener its id, for example `Http` */
  targetGroupArn(listener: string): string {
    return this.block.refOf(entryId.targetGroup(listener, this.generation));
  }
}

/** What takes CDK's tags. */
const ENTRY_TYPES = [
  'AWS::CloudWatch::Alarm',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
];

export function entryFragment(props: EntryProps, stackName: string): TemplateFragment {
  const generation = props.generation ?? 1;
  const balancer = entryId.loadBalancer(generation);
  const resources: Record<string, TemplateResource> = { [balancer]: loadBalancer(props) };
  const outputs: Record<string, TemplateOutput> = {};
  const output = (name: string, value: Value, description: string) => {
    outputs[name] = exported(stackName, name, value, description);
  };
  output(entryOutput.endpoint(generation), getAtt(balancer, 'DNSName'), 'where lines are sent');
  for (const one of props.listeners) {
    const group = entryId.targetGroup(one.id, generation);
    resources[group] = targetGroup(one, props);
    resources[entryId.listener(one.id, generation)] = listener(one, balancer, group);
    output(entryOutput.targets(one.id, generation), ref(group), `hosts that take ${one.why}`);
  }
  if (props.dns !== undefined) {
    resources[entryId.zone(generation)] = nameZone(props.dns.zone, props);
    resources[entryId.record(generation)] = nameRecord(props.dns.name, entryId.zone(generation), balancer);
  }
  const [first] = props.listeners;
  if (first !== undefined) Object.assign(resources, entryAlarms(props, balancer, entryId.targetGroup(first.id, generation)));
  return { Resources: resources, Outputs: outputs };
}
