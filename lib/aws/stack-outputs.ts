/** `Fn::GetStackOutput` in a block that is expanded: CDK writes the function but does not read it. */
import { Fn } from 'aws-cdk-lib/core';
import type { TemplateFragment } from './template';

/** The arguments of one `Fn::GetStackOutput`. */
interface StackOutput {
  readonly StackName: string;
  readonly Region: string;
  readonly RoleArn?: string;
  readonly OutputName: string;
}

/**
 * `CfnInclude` refuses `Fn::GetStackOutput` (CDK 2.276, "Unsupported CloudFormation function"), but replaces parameters by
 * tokens: each call becomes a parameter, whose value is the function as CDK itself writes it.
 */
export function withoutStackOutputs(fragment: TemplateFragment): {
  readonly template: object;
  readonly parameters: Readonly<Record<string, string>>;
} {
  const ids = new Map<string, string>();
  const parameters: Record<string, string> = {};
  const replace = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(replace);
    const call = (value as Record<string, unknown>)['Fn::GetStackOutput'] as StackOutput | undefined;
    if (call === undefined) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner)]));
    const key = JSON.stringify(call);
    let id = ids.get(key);
    if (id === undefined) {
      id = `StackOutput${ids.size + 1}`;
      ids.set(key, id);
      parameters[id] = Fn.getStackOutput(call.StackName, call.OutputName, call.Region, call.RoleArn);
    }
    return { Ref: id };
  };
  const template = replace(fragment) as object;
  if (ids.size === 0) return { template, parameters };
  const declared = Object.fromEntries([...ids.values()].map((id) => [id, { Type: 'String' }]));
  return { template: { Parameters: declared, ...template }, parameters };
}
