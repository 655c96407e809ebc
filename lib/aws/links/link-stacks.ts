/** The stacks of the links between two places, below `links/<a>--<b>`. */
import { DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeNag } from '../fleet/acknowledged';
import { Block } from '../fleet/block';
import { refuseAutomaticExports } from '../references';
import type { TemplateFragment } from '../template';
import { association } from './direct-connect-gateway';
import { leasedLine } from './leased-line';
import { linkRoutes } from './link-routes';
import { type LinkSource, type LinkStackSource, linkPlace, linkStackSource, regionOutput } from './link-source';
import { peeringRequest, peeringRoutes } from './peering';
import { transitAccept, transitRequest, transitRoutes } from './transit-links';
import { vpn } from './vpn';

/**
 * Stacks of the links of one pair of places: `links/<a>--<b>/request`, `routes-a` and so on. Each stands in the region of one
 * end and reads what it needs by hand-named outputs.
 */
export class LinkStacks extends Construct {
  /** By id, in the order of the plan. */
  readonly stacks: ReadonlyMap<string, Stack>;

  /** @param sources links of the pair: one peering or transit link, or leased lines, associations and VPNs */
  constructor(scope: Construct, path: string, sources: readonly LinkSource[]) {
    super(scope, path);
    this.stacks = new Map(
      sources.flatMap((source) =>
        source.link.stacks.map((plan): [string, Stack] => [plan.id, linkStack(this, linkStackSource(source, plan))]),
      ),
    );
  }
}

function linkStack(scope: Construct, source: LinkStackSource): Stack {
  const { stack: plan, own, estate, link } = source;
  const { account, region } = linkPlace(own);
  const stack = new Stack(scope, plan.id, {
    stackName: plan.name,
    description: `${estate} ${link.path} ${plan.id}`,
    env: { account, region },
    synthesizer: new DefaultStackSynthesizer({ qualifier: own.aws?.bootstrapQualifier }),
    analyticsReporting: false,
    tags: { ...source.tags },
  });
  refuseAutomaticExports(stack);
  if (source.expand === true) acknowledgeNag(stack, 'link');
  new Block(stack, 'Link', {
    fragment: () => linkFragment(source),
    // Planned values only: nothing of a link comes from CDK code.
    inputs: undefined,
    tagged: LINK_TYPES,
    expand: source.expand,
  });
  return stack;
}

/** What takes tags. */
const LINK_TYPES = [
  'AWS::CloudWatch::Alarm',
  'AWS::DirectConnect::DirectConnectGateway',
  'AWS::DirectConnect::TransitVirtualInterface',
  'AWS::EC2::CustomerGateway',
  'AWS::EC2::TransitGatewayPeeringAttachment',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::VPNConnection',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
];

/** A link's stack as plain data. */
export function linkFragment(source: LinkStackSource): TemplateFragment {
  const { link, stack, own } = source;
  switch (link.kind) {
    case 'peering':
      return stack.id === 'request' ? peeringRequest(source, link) : peeringRoutes(source, link);
    case 'transit':
      if (stack.id === 'request') return transitRequest(source, link);
      return stack.id === 'accept' ? transitAccept(source, link) : transitRoutes(source, link);
    case 'leased-line':
    case 'association':
    case 'vpn': {
      const target = { TransitGatewayId: regionOutput.transitGateway(own, own) };
      if (stack.id.startsWith('routes')) return { Resources: linkRoutes(own, link.routes ?? [], target) };
      if (link.kind === 'association') return association(source, link);
      return link.kind === 'vpn' ? vpn(source, link) : leasedLine(source, link);
    }
  }
}
