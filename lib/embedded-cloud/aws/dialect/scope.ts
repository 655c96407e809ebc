import type { Scope } from '../../../engine/evaluate';
import type { Json, JsonObject } from '../../../engine/json';
import { type ResourceNames, scopeFor, type Target } from '../../../engine/scope';
import { liveStacks, type Stack } from '../../../engine/stack';
import { type Region, regionOf, type World } from '../../store/world';
import { validationError } from '../aws-error';
import { actAs } from '../permissions';
import { urlSuffix } from '../resources/values';
import { parameterOf } from '../world/parameters';
import { findExport } from './exports';
import { cloudFormationLanguage } from './functions';
import { parameterScope } from './parameters';

/**
 * The names that a CloudFormation template's functions may use.
 *
 * @param imports filled with the exports that were read
 */
export function scopeOf(world: World, stack: Stack, target: Target, names: ResourceNames, imports: Set<string>): Scope {
  const region = regionOf(world, stack.account, stack.region);
  return scopeFor(target, names, {
    language: cloudFormationLanguage({
      importValue: (name) => {
        const found = findExport(region, name);
        if (!found) throw validationError(`No export named ${name} found.`);
        imports.add(name);
        return found.value;
      },
      stackOutput: (query) => stackOutput(world, region, query),
      parameterStore: (name) => {
        const found = parameterOf(world, region, name);
        if (!found) throw validationError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
        return found.value;
      },
    }),
    region: region.name,
    parameters: parameterScope(target.template, target.parameters, target.resolved),
    pseudo: {
      'AWS::Region': region.name,
      'AWS::AccountId': region.account,
      'AWS::Partition': world.partition,
      'AWS::URLSuffix': urlSuffix(world.partition),
      'AWS::StackName': stack.name,
      'AWS::StackId': stack.id,
      'AWS::NotificationARNs': stack.notificationArns,
    },
  });
}

/** `Fn::GetStackOutput`: an output of any stack, also in another region or account, but not of another partition. */
function stackOutput(world: World, own: Region, query: JsonObject): Json {
  const name = String(query.StackName ?? '');
  const key = String(query.OutputName ?? '');
  const role = query.RoleArn === undefined ? undefined : /^arn:([^:]+):iam::(\d{12}):role\/.+$/.exec(String(query.RoleArn));
  if (query.RoleArn !== undefined && !role)
    throw validationError(`Template error: Fn::GetStackOutput: ${String(query.RoleArn)} is not a role`);
  if (role && role[1] !== world.partition)
    throw validationError('Template error: Fn::GetStackOutput can not read from another partition');
  const regionName = query.Region === undefined ? own.name : String(query.Region);
  const region = regionOf(world, role?.[2] ?? own.account, regionName);
  const stack = liveStacks(region).find((s) => s.name === name || s.id === name);
  if (!stack) throw validationError(`Template error: Fn::GetStackOutput: Stack ${name} does not exist in region ${regionName}`);
  const output = stack.outputs.find((o) => o.key === key);
  // The role is of the stack's account, and must be allowed to read that stack ("Fn::GetStackOutput").
  if (query.RoleArn !== undefined) actAs(world, own.account, String(query.RoleArn), 'cloudformation:DescribeStacks', stack.id);
  if (!output) throw validationError(`Template error: Fn::GetStackOutput: Output ${key} does not exist in stack ${name}`);
  return output.value;
}
