/** Names, ids and tags of everything that is emitted of estates with the longest names, against what the clouds' pages say. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { emitAliyun } from '../../lib/aliyun/app';
import { lintTemplate } from '../../lib/aliyun/ros';
import { diskSource } from '../../lib/estate/files/disk-source';
import type { Estate } from '../../lib/estate/model/model';
import { readEstate } from '../../lib/estate/read/read';
import { namesAreDistinct } from '../../lib/estate/rules/regions/names-are-distinct';
import { namesFit } from '../../lib/estate/rules/regions/names-fit';
import type { RuleContext } from '../../lib/estate/rules/rule';
import { tagsFitOnAResource } from '../../lib/estate/rules/tags/tags-fit-on-a-resource';
import { nameForm } from '../../lib/facts/aws/names';
import { planEstate } from '../../lib/plan/plan';
import { sharedSchema } from '../aliyun/ros/shared-schema';
import { synth, textOf } from '../aws/fixtures';
import { ROOT } from '../root';
import { longest } from './longest-names';

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
  readonly Outputs?: Readonly<Record<string, { readonly Export?: { readonly Name: unknown } }>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
}

/**
 * Characters of what we name in Aliyun, from its pages; of AWS they stand in lib/facts, and its own validator is asked. A property whose
 * name ends with Name and that is in neither fails the test: look it up.
 */
const LIMITS: Readonly<Record<string, number>> = {
  // The name of a service of AWS.
  'AWS::EC2::VPCEndpoint ServiceName': 255,
  'ALIYUN::CEN::CenInstance Name': 128,
  'ALIYUN::CEN::TransitRouter TransitRouterName': 128,
  'ALIYUN::CEN::TransitRouterPeerAttachment TransitRouterAttachmentName': 128,
  'ALIYUN::CEN::TransitRouterRouteTable TransitRouterRouteTableName': 128,
  'ALIYUN::CEN::TransitRouterVbrAttachment TransitRouterAttachmentName': 128,
  'ALIYUN::CEN::TransitRouterVpcAttachment TransitRouterAttachmentName': 128,
  'ALIYUN::CEN::TransitRouterVpnAttachment TransitRouterAttachmentName': 128,
  // "PutCustomMetric": 64 of a metric. "PutResourceMetricRule" says nothing of a rule's name: a host's, and a word.
  'ALIYUN::CMS::ResourceMetricRule MetricName': 64,
  'ALIYUN::CMS::ResourceMetricRule RuleName': 72,
  'ALIYUN::ECS::Disk DiskName': 128,
  'ALIYUN::ECS::Instance InstanceName': 128,
  'ALIYUN::ECS::Instance RamRoleName': 64,
  'ALIYUN::ECS::SecurityGroup SecurityGroupName': 128,
  'ALIYUN::ECS::VPC VpcName': 128,
  'ALIYUN::ECS::VSwitch VSwitchName': 128,
  'ALIYUN::ESS::ScalingConfiguration InstanceName': 128,
  'ALIYUN::ESS::ScalingConfiguration RamRoleName': 64,
  'ALIYUN::ESS::ScalingConfiguration ScalingConfigurationName': 64,
  'ALIYUN::ESS::ScalingGroup ScalingGroupName': 64,
  'ALIYUN::NLB::LoadBalancer LoadBalancerName': 128,
  'ALIYUN::NLB::ServerGroup ServerGroupName': 128,
  'ALIYUN::OSS::Bucket BucketName': 63,
  'ALIYUN::PVTZ::Zone ZoneName': 253,
  'ALIYUN::RAM::Role RoleName': 64,
  'ALIYUN::VPC::BgpGroup Name': 128,
  'ALIYUN::VPC::CustomerGateway Name': 100,
  'ALIYUN::VPC::EIP Name': 128,
  'ALIYUN::VPC::NatGateway NatGatewayName': 128,
  'ALIYUN::VPC::SnatEntry SnatEntryName': 128,
  'ALIYUN::VPC::VirtualBorderRouter Name': 128,
  'ALIYUN::VPC::VpnAttachment Name': 100,
};

/** Of descriptions: AWS's rules, groups and interfaces; KMS; CloudWatch; IAM. Aliyun's all 256, RAM 1,024. */
const DESCRIPTIONS: Readonly<Record<string, number>> = {
  'AWS::KMS::Key': 8192,
  'AWS::CloudWatch::Alarm': 1024,
  'ALIYUN::RAM::Role': 1024,
};

const CLOUDS = {
  AWS: { tags: 50, value: 256, stack: 128, id: 255 },
  ALIYUN: { tags: 20, value: 128, stack: 255, id: 255 },
} as const;

const CONTEXT: RuleContext = { profileNames: [] };

/** An estate as it is written. Two accounts have a role for their links; of the example only what the others haven't. */
function estateOf(folder: string): Estate {
  const { estate } = readEstate(diskSource(join(ROOT, folder)), { packaged: diskSource(ROOT) });
  const { regions, links, locks, ...rest } = estate!;
  if (folder === '.') {
    const own = 'cn-beijing';
    const members = new Map([...locks.members].filter(([name]) => name === own));
    const of = regions.filter(({ name }) => name === own);
    return longest({ ...rest, locks: { ...locks, members, tokens: { tokens: [] } }, regions: of, idcs: [], links: [] });
  }
  const account = '222222222222';
  const moved = regions.map((region) =>
    region.name === 'eu-west-1' && region.provider === 'aws' ? { ...region, aws: { ...region.aws, account } } : region,
  );
  return longest({ ...rest, locks, regions: moved, links });
}

/** As many tags as the rule takes, on every region. */
function fullOfTags(estate: Estate): Estate {
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}`.padStart(3, 't').padEnd(64, 'k'), 'v'.repeat(128)]));
  return {
    ...estate,
    tags: {},
    regions: estate.regions.map((region) => {
      const only = (count: number) => ({ ...estate, tags: {}, regions: [{ ...region, tags: tags(count) }] });
      let most = 0;
      while (tagsFitOnAResource.check(only(most + 1), CONTEXT).length === 0) most++;
      return { ...region, tags: tags(most) };
    }),
  };
}

const stubUserData = textOf('#cloud-config\n');

/** Every template by the name of its stack, and the tags of the stack. */
function emitted(estate: Estate): Map<string, { template: Template; tags: Readonly<Record<string, string>> }> {
  const plan = planEstate(estate);
  const { app, text } = synth(plan, { userDataOf: stubUserData });
  const stacks = app
    .synth()
    .stacks.map((stack) => [stack.stackName, { template: JSON.parse(text.get(stack.stackName)!), tags: stack.tags }] as const);
  if (!estate.regions.some(({ provider }) => provider === 'aliyun')) return new Map(stacks);
  const { templates, manifest } = emitAliyun(plan, { userDataOf: stubUserData });
  const ros = manifest.stacks.map(
    ({ name, path, tags }) => [name, { template: templates.get(path)! as unknown as Template, tags }] as const,
  );
  return new Map([...stacks, ...ros]);
}

/** What of a property holds tags. */
type Launched = { readonly TagSpecifications?: readonly { readonly Tags: unknown }[] } | undefined;

const tagKeys = (own: unknown): string[] =>
  Array.isArray(own) ? own.map((tag) => String(tag.Key)) : Object.keys((own as Record<string, unknown> | undefined) ?? {});

/** CloudFormation Validate, as the CDK carries it: the registry's schemas. */
const validator = createRequire(require.resolve('aws-cdk-lib'))('@aws/cloudformation-validate');
const engine = new validator.CompositeEngine();

/** What it refuses of names: patterns (F3031), lengths (F3033) and formats (E11xx). */
function misnamed(template: object): string[] {
  const { diagnostics } = engine.validateTemplate(new validator.TemplateContent(JSON.stringify(template)), {
    severityLevel: 'ERROR',
  });
  return (diagnostics as { ruleId: string; message: string; propertyPath?: string }[])
    .filter(({ ruleId, propertyPath = '' }) => /Name$/.test(propertyPath) && /^(F303[13]|E11\d\d)$/.test(ruleId))
    .map(({ ruleId, message }) => `${ruleId} ${message}`);
}

test("AWS's own validator sees a name that is too long, and one of another form", () => {
  const role = (RoleName: string) => ({
    Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: {} } } },
  });
  const gateway = (DirectConnectGatewayName: string) => ({
    Resources: { D: { Type: 'AWS::DirectConnect::DirectConnectGateway', Properties: { DirectConnectGatewayName } } },
  });
  expect([misnamed(role('a'.repeat(65))).length, misnamed(role('a'.repeat(64))).length]).toEqual([1, 0]);
  expect([misnamed(gateway('a;b')).length, misnamed(gateway('a-b')).length]).toEqual([1, 0]);
});

describe.each(['test/estates/hybrid', 'test/estates/aliyun', 'test/estates/collection', '.'])(
  'of %s with the longest names',
  (folder) => {
    const estate = fullOfTags(estateOf(folder));
    const all = emitted(estate);
    const resources = [...all].flatMap(([stack, { template, tags }]) =>
      Object.entries(template.Resources).map(([id, { Type, Properties = {} }]) => ({
        stack,
        id,
        type: Type,
        properties: Properties,
        tags,
      })),
    );
    const cloudOf = (type: string) => CLOUDS[type.startsWith('ALIYUN::') ? 'ALIYUN' : 'AWS'];

    test('the rules take these names, and none that is longer', () => {
      expect([...namesFit.check(estate, CONTEXT), ...namesAreDistinct.check(estate, CONTEXT)]).toEqual([]);
      const longer = estate.regions.map((region) => ({
        ...region,
        clusters: region.clusters.map((cluster) => ({ ...cluster, name: `${cluster.name}x` })),
      }));
      const fleets = estate.regions.flatMap((region) => region.clusters.flatMap((cluster) => cluster.fleets)).length;
      const racks = estate.idcs.flatMap(({ racks: those }) => those).length;
      const told = namesFit.check(
        { ...estate, regions: longer, idcs: estate.idcs.map((one) => ({ ...one, name: `${one.name}x` })) },
        CONTEXT,
      );
      expect(told.filter(({ message }) => /^hosts such as .* 64 characters, over 63$/.test(message))).toHaveLength(
        fleets + racks,
      );
    });

    test('every name is as long as its page says, and is known here', () => {
      const names = resources.flatMap(({ type, properties }) =>
        Object.entries(properties).flatMap(([key, value]) =>
          /Name$/.test(key) && typeof value === 'string' ? [[`${type} ${key}`, value] as const] : [],
        ),
      );
      const most = (what: string) => LIMITS[what] ?? nameForm(...(what.split(' ') as [string, string]))?.most;
      expect(names.map(([what]) => what).filter((what) => most(what) === undefined)).toEqual([]);
      expect(names.filter(([what, name]) => name.length > most(what)!)).toEqual([]);
      const formed = names.filter(
        ([what, name]) => nameForm(...(what.split(' ') as [string, string]))?.form.test(name) === false,
      );
      expect(formed).toEqual([]);
      const hosts = names.filter(([what]) => /InstanceName$/.test(what)).map(([, name]) => name.length);
      if (names.some(([what]) => /ECS::Instance InstanceName/.test(what))) expect(Math.max(...hosts)).toBe(63);
    });

    test('names that are global in an account are those of one thing', () => {
      const owned = [
        'AWS::IAM::Role RoleName',
        'AWS::IAM::InstanceProfile InstanceProfileName',
        'AWS::S3::Bucket BucketName',
        'AWS::KMS::Alias AliasName',
        'ALIYUN::RAM::Role RoleName',
        'ALIYUN::OSS::Bucket BucketName',
      ];
      const names = resources.flatMap(({ type, properties }) =>
        Object.entries(properties).flatMap(([key, value]) => (owned.includes(`${type} ${key}`) ? [String(value)] : [])),
      );
      expect(names.length).toBeGreaterThan(4);
      expect(new Set(names).size).toBe(names.length);
    });

    test('stacks, logical ids, outputs, exports and parameters have names that fit', () => {
      for (const [name, { template }] of all) {
        const ros = Object.values(template.Resources).some(({ Type }) => Type.startsWith('ALIYUN::'));
        const limit = CLOUDS[ros ? 'ALIYUN' : 'AWS'];
        expect(name.length).toBeLessThanOrEqual(limit.stack);
        const ids = [template.Resources, template.Outputs ?? {}, template.Parameters ?? {}].flatMap(Object.keys);
        const exported = Object.values(template.Outputs ?? {}).flatMap(({ Export }) =>
          Export === undefined ? [] : [String(Export.Name)],
        );
        expect([...ids, ...exported].filter((id) => id.length > limit.id)).toEqual([]);
        expect(ids.filter((id) => !/^[A-Za-z0-9]+$/.test(id))).toEqual([]);
      }
    });

    test('descriptions fit', () => {
      const long = resources.flatMap(({ type, properties }) =>
        Object.entries(properties).filter(
          ([key, value]) =>
            /Description$/.test(key) &&
            typeof value === 'string' &&
            value.length > (DESCRIPTIONS[type] ?? (type.startsWith('AWS') ? 255 : 256)),
        ),
      );
      expect(long).toEqual([]);
    });

    test('the most tagged resource of a region has as many tags as its cloud takes, and none has more', () => {
      const counts = resources.map(({ type, properties, tags }) => {
        const { TagList, Tags = TagList, LaunchTemplateData: launch } = properties as Record<string, Launched>;
        const own = [Tags, ...(launch?.TagSpecifications ?? []).map(({ Tags: of }) => of)].map(tagKeys);
        // Stack tags reach what a stack of CloudFormation holds, not what a launch template launches; of ROS nothing.
        const reached = type.startsWith('AWS::') && launch === undefined ? Object.keys(tags) : [];
        return { type, count: Math.max(...own.map((keys) => new Set([...keys, ...reached]).size)) };
      });
      expect(counts.filter(({ type, count }) => count > cloudOf(type).tags)).toEqual([]);
      for (const cloud of new Set(resources.map(({ type }) => (type.startsWith('ALIYUN::') ? 'ALIYUN' : 'AWS')))) {
        const fullest = counts.filter(({ type }) => type.startsWith(cloud)).map(({ count }) => count);
        expect(Math.max(...fullest)).toBe(CLOUDS[cloud].tags);
      }
      for (const { tags } of all.values()) expect(Object.keys(tags).length).toBeLessThanOrEqual(50);
    });

    test('values of tags of our own fit', () => {
      const long = resources.flatMap(({ type, properties }) =>
        [properties.Tags, properties.TagList].flatMap((own) =>
          (Array.isArray(own) ? own : []).filter(
            ({ Key, Value }) => Key.length > 128 || (typeof Value === 'string' && Value.length > cloudOf(type).value),
          ),
        ),
      );
      expect(long).toEqual([]);
    });

    test("AWS's own validator finds no name that is too long or of another form", () => {
      const aws = [...all].filter(([, { template }]) =>
        Object.values(template.Resources).some(({ Type }) => Type.startsWith('AWS::')),
      );
      expect(aws.flatMap(([stack, { template }]) => misnamed(template).map((said) => `${stack}: ${said}`))).toEqual([]);
    });

    test("ROS's own schemas take the templates", () => {
      const ros = [...all].filter(([, { template }]) =>
        Object.values(template.Resources).some(({ Type }) => Type.startsWith('ALIYUN::')),
      );
      expect(
        ros.flatMap(([name, { template }]) =>
          lintTemplate(template, sharedSchema(), name).filter(({ severity }) => severity === 'error'),
        ),
      ).toEqual([]);
    });
  },
);
