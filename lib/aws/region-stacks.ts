/** The stacks of one region. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis, DefaultStackSynthesizer, type ISynthesisSession, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ElasticFleetPlan, FleetPlan, MembersFleetPlan, StackPlan } from '../plan/model';
import { RegionBase } from './base';
import { DEPLOY_METADATA } from './deploy-metadata';
import { acknowledgeNag } from './fleet/acknowledged';
import { ElasticFleet } from './fleet/elastic';
import { Entry } from './fleet/load-balancer';
import { MembersFleet } from './fleet/members';
import { RegionTransit } from './links/transit';
import { RegionNetwork } from './network/network';
import { refuseAutomaticExports } from './references';
import {
  baseProps,
  elasticProps,
  entryOf,
  entryProps,
  membersProps,
  networkProps,
  type RegionSource,
  rolePatterns,
  stackTags,
  transitProps,
} from './region-props';
import { baseStackPolicy, membersStackPolicy } from './stack-policy';

/** All stacks of a region, below a plain construct of its name: `<region>/base`, `<region>/network`, `<region>/transit`, `<region>/core-voters`. */
export class RegionStacks extends Construct {
  /** By id, in the order that they deploy. */
  readonly stacks: ReadonlyMap<string, Stack>;

  constructor(
    scope: Construct,
    private readonly source: RegionSource,
  ) {
    super(scope, source.region.name);
    const stacks = new Map<string, Stack>();
    this.stacks = stacks;
    for (const plan of source.region.stacks) {
      const stack = this.stack(plan);
      stacks.set(plan.id, stack);
      // Who deploys by the CDK CLI has one order, which holds for changes: it makes a new region in it too.
      for (const before of [...plan.dependsOn, ...plan.changesAfter]) stack.addStackDependency(stacks.get(before)!);
      this.fill(plan, stack);
    }
  }

  private stack(plan: StackPlan): Stack {
    const { region, expand } = this.source;
    const stack = new Stack(this, plan.id, {
      stackName: plan.name,
      description: this.description(plan),
      env: { account: region.aws.account, region: region.cloudRegion },
      synthesizer: new DefaultStackSynthesizer({ qualifier: region.aws.bootstrapQualifier }),
      analyticsReporting: false,
      // A third of a members template would be spaces: CloudFormation counts them (1 MB), and every verb reads and writes them.
      suppressTemplateIndentation: plan.kind === 'members',
      terminationProtection: plan.holdsData,
      tags: stackTags(region, this.fleet(plan)),
    });
    refuseAutomaticExports(stack);
    if (expand === true) acknowledgeNag(stack, plan.kind, plan.kind === 'base' ? rolePatterns(this.source) : {});
    if (plan.disableRollback) stack.node.addMetadata(DEPLOY_METADATA, { rollback: false });
    return stack;
  }

  private fill(plan: StackPlan, stack: Stack): void {
    const { source } = this;
    switch (plan.kind) {
      case 'base':
        new RegionBase(stack, 'Base', baseProps(source));
        writeStackPolicy(stack, baseStackPolicy());
        break;
      case 'network':
        new RegionNetwork(stack, 'Network', networkProps(source));
        break;
      case 'transit':
        new RegionTransit(stack, 'Transit', transitProps(source));
        break;
      case 'entry':
        new Entry(stack, 'Entry', entryProps(source, entryOf(source, plan)));
        break;
      case 'elastic':
        new ElasticFleet(stack, 'Fleet', elasticProps(source, this.fleet(plan) as ElasticFleetPlan));
        break;
      case 'members': {
        const fleet = this.fleet(plan) as MembersFleetPlan;
        const props = membersProps(source, plan, fleet);
        new MembersFleet(stack, 'Fleet', props);
        const retired = fleet.retired?.filter((member) => member.stack === plan.id) ?? [];
        writeStackPolicy(stack, membersStackPolicy({ members: props.members, retired, volumes: fleet.volumes }));
        break;
      }
    }
  }

  private fleet(plan: StackPlan): FleetPlan | undefined {
    return this.source.region.fleets.find((fleet) => fleet.cluster === plan.cluster && fleet.name === plan.fleet);
  }

  private description(plan: StackPlan): string {
    const what = plan.cluster === undefined ? plan.kind : `${plan.kind} ${plan.cluster}/${plan.fleet}`;
    return `${this.source.estate} ${this.source.region.name} ${what}${plan.shard === undefined ? '' : ` ${plan.shard}`}`;
  }
}

/** A template can't hold its stack's policy; it is written beside the templates for who sets it. */
function writeStackPolicy(stack: Stack, policy: object): void {
  attachCustomSynthesis(new Construct(stack, 'StackPolicy'), {
    onSynthesize: (session: ISynthesisSession) => {
      const folder = join(session.outdir, 'stack-policies');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${stack.stackName}.json`), `${JSON.stringify(policy, undefined, 1)}\n`);
    },
  });
}
