/** A CloudFormation template as plain data. What the constructs of this folder make before CDK sees it. */
import type { CloudRegion } from '../estate/model/model';
import { RULE_DESCRIPTION } from '../facts/aws/limits';

/** A value in a template: text (a CDK string token too), or an intrinsic function as plain data. */
export type Value = string | Intrinsic;

/** `{ Ref: 'M1Interface' }`, `{ 'Fn::ImportValue': 'sa-east-1-network:VpcIdG1' }`. */
export interface Intrinsic {
  readonly [name: `Fn::${string}`]: unknown;
  readonly Ref?: string;
}

export interface TemplateTag {
  readonly Key: string;
  readonly Value: Value;
  /** Auto Scaling groups only. */
  readonly PropagateAtLaunch?: boolean;
}

/**
 * A resource. Attributes stand in the order in which CDK's own L1 constructs write them, and properties in alphabetical
 * order: the block and its expanded form are the same bytes.
 */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly CreationPolicy?: unknown;
  readonly UpdatePolicy?: unknown;
  readonly UpdateReplacePolicy?: 'Retain' | 'Delete';
  readonly DeletionPolicy?: 'Retain' | 'Delete' | 'RetainExceptOnCreate';
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface TemplateOutput {
  readonly Description?: string;
  readonly Value: Value;
  readonly Export?: { readonly Name: string };
}

export interface TemplateFragment {
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

/**
 * Kept when its stack goes, but not when the deploy that makes it is rolled back: a bucket of that name would be in the way of
 * the next try. Source: CloudFormation Template Reference, "DeletionPolicy attribute".
 */
export const KEPT = { UpdateReplacePolicy: 'Retain', DeletionPolicy: 'RetainExceptOnCreate' } as const;

export function ref(logicalId: string): Intrinsic {
  return { Ref: logicalId };
}

export function getAtt(logicalId: string, attribute: string): Intrinsic {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

/** Reads a hand-named output of another stack of the same region. */
export function importValue(stackName: string, output: string): Intrinsic {
  return { 'Fn::ImportValue': exportName(stackName, output) };
}

/**
 * Reads an output of a stack of another region or account, when the reader is created or updated; who is read is not told of
 * it, and the reader not of a change. Source: CloudFormation Template Reference, "Fn::GetStackOutput". In CDK's order.
 *
 * @param role in the other account, that may describe the stack
 */
export function getStackOutput(stackName: string, output: string, region: CloudRegion, role?: string): Intrinsic {
  const by = role === undefined ? {} : { RoleArn: role };
  return { 'Fn::GetStackOutput': { StackName: stackName, Region: region, ...by, OutputName: output } };
}

/** Export names are unique in an account and region, so the stack's name stands before the output's. */
export function exportName(stackName: string, output: string): string {
  return `${stackName}:${output}`;
}

/** An output that other stacks may read. It is always there, whoever reads it, so that a reader never changes the producer. */
export function exported(stackName: string, output: string, value: Value, description: string): TemplateOutput {
  return { Description: description, Value: value, Export: { Name: exportName(stackName, output) } };
}

/** Tags in order of key, as CDK's TagManager writes them. */
export function tagList(tags: Readonly<Record<string, Value>>): TemplateTag[] {
  return Object.keys(tags)
    .sort((a, b) => a.localeCompare(b))
    .map((Key) => ({ Key, Value: tags[Key]! }));
}

/** ISO 8601, as CreationPolicy and UpdatePolicy want it. */
export function isoSeconds(seconds: number): string {
  return `PT${seconds}S`;
}

/** Text that EC2 takes as the description of a group, rule or interface. */
export function ruleDescription(text: string): string {
  return text.replace(/[^A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, ' ').slice(0, RULE_DESCRIPTION);
}
