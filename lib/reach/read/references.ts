/** From intrinsic functions to the resources that they mean, over all stacks of the assembly. */
import type { Origin, WorldFault } from '../world';
import { ALIYUN, type ParameterSource, type Stack, type TemplateResource } from './assembly';

/** Type of the route table that every VPC of Aliyun has from the beginning; no template makes it. */
export const SYSTEM_TABLE_TYPE = 'ALIYUN::ECS::VPC.RouteTableId';

/** A resource with its stack, as a reference finds it. */
export class Found {
  private global: string | undefined;

  constructor(
    readonly stack: Stack,
    readonly logicalId: string,
    readonly resource: TemplateResource,
  ) {}

  /** Global id; most resources are never asked for it. */
  get id(): string {
    this.global ??= this.stack.prefix + this.logicalId;
    return this.global;
  }
}

/** Attributes that give another resource's id instead of the own one. Source: CloudFormation's template reference, return values of each type. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Subnet': ['VpcId', 'NetworkAclAssociationId'],
  'AWS::EC2::SecurityGroup': ['VpcId'],
  'AWS::EC2::NetworkInterface': ['VpcId'],
  'AWS::EC2::Instance': ['VpcId'],
};

/** Attributes that are the id of something else that the resource brings with it, and the type that has here. */
const BROUGHT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ALIYUN::ECS::VPC': { RouteTableId: SYSTEM_TABLE_TYPE },
};

export class References {
  private readonly byName = new Map<string, Stack>();
  /** By provider, region and name: how a parameter's source is said. */
  private readonly byPlace = new Map<string, Stack>();
  /** By account and region, then by name. */
  private readonly exports = new Map<string, Map<string, { readonly stack: Stack; readonly value: unknown }>>();
  /** What imports came to: hosts' shards ask for the same few again and again. */
  private readonly imported = new Map<string, Map<string, Found | string>>();
  private readonly known = new Map<Stack, Map<string, Found>>();

  constructor(
    stacks: readonly Stack[],
    private readonly faults: WorldFault[],
  ) {
    for (const stack of stacks) {
      this.byName.set(stack.prefix, stack);
      this.byPlace.set(`${stack.account === ALIYUN ? 'aliyun' : 'aws'} ${stack.region} ${stack.name}`, stack);
      const place = placeOf(stack);
      const exports = this.exports.get(place) ?? new Map();
      this.exports.set(place, exports);
      for (const output of Object.values(stack.outputs)) {
        const name = output.Export?.Name;
        if (typeof name === 'string') exports.set(name, { stack, value: output.Value });
      }
      const resources = new Map<string, Found>();
      for (const logicalId of Object.keys(stack.resources))
        resources.set(logicalId, new Found(stack, logicalId, stack.resources[logicalId]!));
      this.known.set(stack, resources);
    }
  }

  /** Every resource of every stack. */
  *all(): Iterable<Found> {
    for (const resources of this.known.values()) yield* resources.values();
  }

  /** What a property refers to; undefined and a fault when it is nothing that was emitted. */
  find(value: unknown, stack: Stack, what: string): Found | undefined {
    const found = this.follow(value, stack, 0);
    if (typeof found !== 'string') return found;
    this.faults.push({ where: stack.path, what, message: found });
    return undefined;
  }

  /** The same without a fault: somebody else says it. */
  peek(value: unknown, stack: Stack): Found | undefined {
    const found = this.follow(value, stack, 0);
    return typeof found === 'string' ? undefined : found;
  }

  /** Words of a reference that leads nowhere, for hops. */
  words(value: unknown, stack: Stack): string {
    const found = this.follow(value, stack, 0);
    return typeof found === 'string' ? found : `it is an ${found.resource.Type}`;
  }

  /** A text property: literal, `Fn::Join`, `Fn::Sub` of the stack's own pseudo parameters. Undefined when it can't be known before a deploy. */
  text(value: unknown, stack: Stack): string | undefined {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const [name, argument] = intrinsic(value);
    if (name === 'Ref') return pseudo(argument, stack);
    if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
      const parts = argument[1].map((part) => this.text(part, stack));
      return parts.includes(undefined) ? undefined : parts.join(String(argument[0]));
    }
    if (name === 'Fn::Sub' && typeof argument === 'string') {
      let whole = true;
      const text = argument.replace(/\$\{([^}!]+)\}/g, (_, key: string) => {
        const known = pseudo(key, stack);
        if (known === undefined) whole = false;
        return known ?? '';
      });
      return whole ? text : undefined;
    }
    return undefined;
  }

  origin(found: Found): Origin {
    return { stack: found.stack.path, logicalId: found.logicalId };
  }

  /** A resource, or in words why there is none. */
  private follow(value: unknown, stack: Stack, depth: number): Found | string {
    if (depth > 8) return 'its references go round in a circle';
    const [name, argument] = intrinsic(value);
    switch (name) {
      case 'Ref':
        return this.resource(stack, String(argument), depth);
      case 'Fn::GetAtt':
        return this.attribute(argument, stack, depth);
      case 'Fn::ImportValue':
        return this.import(argument, stack, depth);
      case 'Fn::GetStackOutput':
        return this.stackOutput(argument as Record<string, unknown>, stack, depth);
      case 'Fn::Join':
      case 'Fn::Sub':
        return this.inText(name, argument, stack, depth);
      default:
        return typeof value === 'string'
          ? `${value} is written by hand: no template makes it`
          : `${JSON.stringify(value) ?? 'nothing'} refers to nothing`;
    }
  }

  private import(argument: unknown, stack: Stack, depth: number): Found | string {
    const name = this.text(argument, stack);
    if (name === undefined) return `the name in ${JSON.stringify(argument)} can't be read`;
    const place = placeOf(stack);
    let imported = this.imported.get(place);
    if (imported === undefined) {
      imported = new Map();
      this.imported.set(place, imported);
    }
    let found = imported.get(name);
    if (found === undefined) {
      const exported = this.exports.get(place)?.get(name);
      found =
        exported === undefined
          ? `no stack of ${stack.account} in ${stack.region} exports ${name}`
          : this.follow(exported.value, exported.stack, depth + 1);
      imported.set(name, found);
    }
    return found;
  }

  private resource(stack: Stack, logicalId: string, depth: number): Found | string {
    const parameter = stack.parameters?.[logicalId];
    if (parameter !== undefined) return this.parameter(parameter, depth);
    const found = this.known.get(stack)?.get(logicalId);
    if (found === undefined) return `${stack.path} has no resource ${logicalId}`;
    const { Type, Properties } = found.resource;
    // The accepter's end of a peering attachment has the id of the request.
    if (Type === 'Custom::TransitAttachment' && Properties?.Kind === 'accept-peering')
      return this.follow(Properties.AttachmentId, stack, depth + 1);
    return found;
  }

  private attribute(argument: unknown, stack: Stack, depth: number): Found | string {
    const [logicalId, attribute] = (Array.isArray(argument) ? argument : String(argument).split('.')) as [string, string];
    const found = this.resource(stack, logicalId, depth);
    if (typeof found === 'string') return found;
    const brought = BROUGHT[found.resource.Type]?.[attribute];
    if (brought !== undefined)
      return new Found(found.stack, `${found.logicalId}.${attribute}`, {
        Type: brought,
        Properties: { Of: { Ref: found.logicalId } },
      });
    if (FOREIGN[found.resource.Type]?.includes(attribute) !== true) return found;
    return this.follow(found.resource.Properties?.[attribute], found.stack, depth + 1);
  }

  /** `Fn::GetStackOutput`: another region's stack; another account's where `RoleArn` names it. */
  private stackOutput(argument: Readonly<Record<string, unknown>>, stack: Stack, depth: number): Found | string {
    const region = this.text(argument.Region, stack) ?? stack.region;
    const role = this.text(argument.RoleArn, stack);
    const account = role === undefined ? stack.account : (role.split(':')[4] ?? '');
    const name = this.text(argument.StackName, stack);
    const output = this.text(argument.OutputName, stack) ?? '';
    const other = this.byName.get(`${account}/${region}/${name}/`);
    if (other === undefined) return `there is no stack ${name} in ${region} of ${account}`;
    if (!Object.hasOwn(other.outputs, output)) return `${other.path} has no output ${output}`;
    return this.follow(other.outputs[output]!.Value, other, depth + 1);
  }

  /** Read from another stack by whoever deploys. */
  private parameter({ provider, stack: name, region, output }: ParameterSource, depth: number): Found | string {
    const other = this.byPlace.get(`${provider} ${region} ${name}`);
    if (other === undefined) return `there is no stack ${name} in ${region}`;
    if (!Object.hasOwn(other.outputs, output)) return `${other.path} has no output ${output}`;
    return this.follow(other.outputs[output]!.Value, other, depth + 1);
  }

  /** An ARN or a path around one id: the only reference in it. */
  private inText(name: string, argument: unknown, stack: Stack, depth: number): Found | string {
    const parts = name === 'Fn::Join' ? (argument as [string, unknown[]])[1] : subParts(argument);
    const found = parts
      .filter((part) => typeof part === 'object' && !isPseudo(part))
      .map((part) => this.follow(part, stack, depth + 1));
    return found.length === 1 ? found[0]! : `${JSON.stringify(argument)} is not one id`;
  }
}

/** Account and region: where an export is seen. */
function placeOf({ account, region }: Stack): string {
  return `${account}/${region}`;
}

function intrinsic(value: unknown): [string, unknown] {
  if (typeof value !== 'object' || value === null) return NO_INTRINSIC;
  const keys = Object.keys(value);
  return keys.length === 1 ? [keys[0]!, (value as Record<string, unknown>)[keys[0]!]] : NO_INTRINSIC;
}

const NO_INTRINSIC: [string, unknown] = ['', undefined];

function pseudo(name: unknown, stack: Stack): string | undefined {
  if (name === 'ALIYUN::Region') return stack.region;
  if (name === 'ALIYUN::StackName') return stack.name;
  if (name === 'AWS::Region') return stack.region;
  if (name === 'AWS::AccountId') return stack.account;
  if (name === 'AWS::StackName') return stack.name;
  if (name === 'AWS::Partition')
    return stack.region.startsWith('cn-') ? 'aws-cn' : stack.region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return undefined;
}

function isPseudo(value: unknown): boolean {
  const [name, argument] = intrinsic(value);
  return name === 'Ref' && /^(?:AWS|ALIYUN)::/.test(String(argument));
}

function subParts(argument: unknown): unknown[] {
  const text = Array.isArray(argument) ? String(argument[0]) : String(argument);
  return [...text.matchAll(/\$\{([^}!]+)\}/g)].map(([, key]) =>
    key!.includes('.') ? { 'Fn::GetAtt': key!.split('.') } : { Ref: key },
  );
}
