/** The corpus: templates of our own, one mistake each, and those of cfn-lint's own tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { handlerOf } from '../../../lib/embedded-cloud/aws/resources';
import { REAL_PARTS } from '../../real-parts';

export interface Case {
  /** `iam: no effect`, or the path of a fixture. */
  readonly name: string;
  readonly text: string;
}

type Sections = Record<string, unknown>;

/** What a probe may refer to without having it. */
const BESIDE: Record<string, object> = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'hosts', VpcId: { Ref: 'Vpc' } } },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Transit: { Type: 'AWS::EC2::TransitGateway' },
  TransitTable: { Type: 'AWS::EC2::TransitGatewayRouteTable', Properties: { TransitGatewayId: { Ref: 'Transit' } } },
  Customer: { Type: 'AWS::EC2::CustomerGateway', Properties: { Type: 'ipsec.1', BgpAsn: 65010, IpAddress: '203.0.113.9' } },
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0' } } },
  Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
  Port: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Subnet' } } },
  Topic: { Type: 'AWS::SNS::Topic' },
  Runner: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
      },
    },
  },
};

/** The names of BESIDE that something uses, and what those use. */
function used(value: unknown, names = new Set<string>()): Set<string> {
  const json = JSON.stringify(value);
  for (const [name, resource] of Object.entries(BESIDE)) {
    const said = [`"Ref":"${name}"`, `"Fn::GetAtt":["${name}"`, `\${${name}.`].some((use) => json.includes(use));
    if (said && !names.has(name)) used(resource, names.add(name));
  }
  return names;
}

function template(probe: string | Sections): string {
  if (typeof probe === 'string') return probe;
  const sections: Sections = 'Resources' in probe ? probe : { Resources: probe };
  if (Array.isArray(sections.Resources)) return JSON.stringify(sections);
  const beside = Object.fromEntries([...used(sections)].map((name) => [name, BESIDE[name]]));
  return JSON.stringify({ ...sections, Resources: { ...beside, ...(sections.Resources as object) } });
}

const PROBES = join(__dirname, 'probes');

/** Our own, by file. */
export const probes = (): Case[] =>
  readdirSync(PROBES).flatMap((file) =>
    Object.entries(parse(readFileSync(join(PROBES, file), 'utf8')) as Record<string, string | Sections>).map(([name, probe]) => ({
      name: `${file.replace('.yaml', '')}: ${name}`,
      text: template(probe),
    })),
  );

/** Where cfn-lint's fixtures stand; undefined where they aren't fetched. */
const fixtureFolder = (): string | undefined =>
  (existsSync(REAL_PARTS) ? readdirSync(REAL_PARTS) : [])
    .map((part) => join(REAL_PARTS, part, 'fixtures'))
    .find((folder) => /cfn-lint-[\d.]+\/fixtures$/.test(folder) && existsSync(folder));

const PARAMETER = /^AWS::(EC2|Route53|SSM)::\w+::(Id|Name|KeyName|GroupName|Value.*)$/;

/** Whether a template's types all are here; transforms aren't. */
function ours(text: string): boolean {
  if (/\bTransform\b|\bGlobals\b/.test(text)) return false;
  const types = [...text.matchAll(/\bType["']?:\s*["']?([A-Z]\w*::[\w:]+)/g)].map(([, type]) => type as string);
  return types.every((type) => handlerOf(type) !== undefined || PARAMETER.test(type));
}

/** cfn-lint's own bad and good ones, of the types that are here. */
export function fixtures(): Case[] {
  const folder = fixtureFolder();
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(bad|good)\/.*\.(json|ya?ml)$/.test(file) && !/\/(templates|override|core\/config_)/.test(file))
    .sort()
    .map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ text }) => ours(text));
}
